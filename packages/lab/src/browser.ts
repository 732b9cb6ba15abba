import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";
import type { Browser, HTTPRequest, Page } from "puppeteer-core";
import { messageOf } from "./errors.ts";
import type { LabResponse } from "./exchange.ts";
import { type Lure, type Lured, lure, type Theft, theft } from "./lure.ts";
import { type WalkRequest, walk } from "./page-walk.ts";

/** What one page did in the browser. */
export interface PageVisit {
  readonly response: LabResponse;
  readonly violations: readonly string[];
  readonly console: readonly string[];
}

/** A real Chromium without a window. */
export interface LabBrowser {
  /**
   * Signs a person in the way the page would, then opens a URL as her. The browser itself keeps the cookie, so HttpOnly,
   * SameSite and the `__Host-` prefix are what a real browser makes of them.
   */
  visit(request: VisitRequest): Promise<PageVisit>;
  /** Walks through the partners' page; rejects with the first thing that is not as it should be. */
  walk(request: WalkRequest): Promise<string>;
  /** Signs a person in as `visit` does, and then has her open a page of another site. */
  lure(request: Lure): Promise<Lured>;
  /** Signs a person in as `visit` does, and runs a script in a page of the stage's own host. */
  runScript(request: Theft): Promise<Lured>;
  close(): Promise<void>;
}

/** A page to open. */
export interface VisitRequest {
  /** The stage's URL, without a trailing slash. */
  readonly edgeUrl: string;
  readonly path: string;
  /** Sent with every request to the stage, and to nobody else (weak's API key). */
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Cookies that are there before the page is opened, by name, beside those of the session. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** Milliseconds to wait after the page has loaded, for scripts that run later. */
  readonly settleMs: number;
}

/** Either a browser or the sentence that says why there is none. */
export type BrowserStart = { browser: LabBrowser } | { reason: string };

/** Names under which Linux distributions and macOS install Chromium. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where the browser's files are. */
export interface BrowserFolders {
  /** Removed by the caller when the browser is closed. */
  readonly profile: string;
  /** Keeps the unpacked browser from one run to the next. */
  readonly cache: string;
}

/** Finds a Chromium to start. */
export type FindChromium = (cache: string) => Promise<{ path: string; args: string[] }>;

/**
 * Starts the Chromium of npm's @sparticuz/chromium (x86-64), else the one on PATH.
 *
 * @param finders where to look, by default these two
 */
export async function startBrowser(folders: BrowserFolders, finders?: readonly FindChromium[]): Promise<BrowserStart> {
  const started = await startChromium(folders, finders);
  return "reason" in started ? started : { browser: labBrowser(started.browser) };
}

/** As `startBrowser`, for who needs the browser itself. */
export async function startChromium(
  folders: BrowserFolders,
  finders: readonly FindChromium[] = [packagedChromium, installedChromium],
): Promise<{ browser: Browser } | { reason: string }> {
  const failures: string[] = [];
  for (const find of finders) {
    try {
      const { path, args } = await find(folders.cache);
      await mkdir(folders.profile, { recursive: true });
      const start = () => launchChromium(path, args, folders.profile);
      // A browser that is there may end while it starts on a busy machine: it is tried once more before it counts as missing.
      return { browser: await start().catch(start) };
    } catch (error) {
      failures.push(messageOf(error).split("\n", 1)[0] ?? "");
    }
  }
  return { reason: `no Chromium can run here (${failures.join("; ")})` };
}

async function launchChromium(executablePath: string, args: string[], userDataDir: string): Promise<Browser> {
  const { launch } = await import("puppeteer-core");
  return await launch({
    executablePath,
    args,
    userDataDir,
    headless: "shell",
    // By a pipe, which closes with this process however it ends, so that no browser is left.
    pipe: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

async function packagedChromium(cache: string): ReturnType<FindChromium> {
  await mkdir(cache, { recursive: true });
  const { default: chromium } = await import("@sparticuz/chromium");
  // The package unpacks into os.tmpdir(), which the lab must not write to.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = cache;
  try {
    // In one process, which suits a Lambda function, Chromium does not survive the closing of a profile.
    const args = chromium.args.filter((arg) => arg !== "--single-process" && arg !== "--no-zygote");
    return { path: await chromium.executablePath(), args };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** The Chromium on PATH. */
export async function installedChromium(): ReturnType<FindChromium> {
  for (const name of NAMES) {
    try {
      const { stdout } = await promisify(execFile)("which", [name]);
      return { path: stdout.trim(), args: ["--no-sandbox"] };
    } catch {
      // not this name
    }
  }
  throw new Error(`none of ${NAMES.join(", ")} is on PATH`);
}

function labBrowser(browser: Browser): LabBrowser {
  // A context of its own is a profile without cookies: one attack does not inherit another's session.
  const withPage = async <T>(use: (page: Page) => Promise<T>): Promise<T> => {
    const context = await browser.createBrowserContext();
    try {
      return await use(await context.newPage());
    } finally {
      await context.close();
    }
  };
  return {
    visit: (request) => withPage((page) => visit(page, request)),
    walk: (request) => withPage((page) => walk(page, request)),
    lure: (request) => withPage((page) => lure(page, request, signInPage)),
    runScript: (request) => withPage((page) => theft(page, request, signInPage)),
    close: () => browser.close(),
  };
}

async function visit(page: Page, request: VisitRequest): Promise<PageVisit> {
  const violations: string[] = [];
  const lines: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    if (text.startsWith(VIOLATION)) violations.push(text.slice(VIOLATION.length));
    else lines.push(text);
  });
  await page.setRequestInterception(true);
  page.on("request", (outgoing) => {
    if (outgoing.url() === `${request.edgeUrl}${SIGN_IN_PAGE}`) {
      void outgoing.respond(SIGN_IN);
      return;
    }
    const own = outgoing.url().startsWith(`${request.edgeUrl}/`);
    void outgoing.continue(own ? { headers: { ...outgoing.headers(), ...request.headers } } : {});
  });
  await page.evaluateOnNewDocument((prefix) => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.log(`${prefix}${event.effectiveDirective} ${event.blockedURI}`),
    );
  }, VIOLATION);
  await signIn(page, request);
  const planted = Object.entries(request.cookies ?? {});
  const domain = new URL(request.edgeUrl).hostname;
  await page.browserContext().setCookie(...planted.map(([name, value]) => ({ name, value, domain, path: "/" })));
  const answer = await page.goto(`${request.edgeUrl}${request.path}`, { waitUntil: "load", timeout: 20_000 });
  await new Promise((resolve) => setTimeout(resolve, request.settleMs));
  return {
    response: {
      status: answer?.status() ?? 0,
      headers: answer?.headers() ?? {},
      body: (await answer?.text()) ?? "",
    },
    violations,
    console: lines,
  };
}

const VIOLATION = "lab:csp-violation ";

/** The partners' page, which a web server on the same host would serve; here the lab answers in its place. */
const SIGN_IN_PAGE = "/lab/sign-in";
const SIGN_IN = { contentType: "text/html", body: "<!doctype html><title>Sign in</title>" };

/** Signs in from a page of the same origin where the lab answers in the page's place. */
async function signInPage(page: Page, request: Pick<VisitRequest, "edgeUrl" | "credentials">): Promise<void> {
  const answer = (outgoing: HTTPRequest) => {
    const isPage = outgoing.url() === `${request.edgeUrl}${SIGN_IN_PAGE}`;
    void (isPage ? outgoing.respond(SIGN_IN) : outgoing.continue());
  };
  await page.setRequestInterception(true);
  page.on("request", answer);
  await signIn(page, request);
  page.off("request", answer);
  await page.setRequestInterception(false);
}

/** Signs in from a page of the same origin, as the partners' page does. */
async function signIn(page: Page, request: Pick<VisitRequest, "edgeUrl" | "credentials">): Promise<void> {
  await page.goto(`${request.edgeUrl}${SIGN_IN_PAGE}`, { waitUntil: "load", timeout: 20_000 });
  const status = await page.evaluate(async (credentials) => {
    const answer = await fetch("/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(credentials),
    });
    return answer.status;
  }, request.credentials);
  if (status !== 204) throw new Error(`POST /session answered ${status} to ${request.credentials.username}'s browser`);
}
