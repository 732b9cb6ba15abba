import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "puppeteer-core";
import { messageOf } from "./errors.ts";
import type { LabResponse } from "./exchange.ts";

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
  /** Milliseconds to wait after the page has loaded, for scripts that run later. */
  readonly settleMs: number;
}

/** Either a browser or the sentence that says why there is none. */
export type BrowserStart = { browser: LabBrowser } | { reason: string };

/** Names under which Linux distributions and macOS install Chromium. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Starts the Chromium of npm's @sparticuz/chromium (x86-64), else the one on PATH.
 *
 * @param directory folder of the lab for the unpacked browser and its profile
 */
export async function startBrowser(directory: string): Promise<BrowserStart> {
  const failures: string[] = [];
  for (const find of [packagedChromium, installedChromium]) {
    try {
      const { path, args } = await find(directory);
      const profile = join(directory, "profile");
      await mkdir(profile, { recursive: true });
      const { launch } = await import("puppeteer-core");
      const browser = await launch({ executablePath: path, args, headless: "shell", userDataDir: profile });
      return { browser: labBrowser(browser) };
    } catch (error) {
      failures.push(messageOf(error).split("\n", 1)[0] ?? "");
    }
  }
  return { reason: `no Chromium can run here (${failures.join("; ")})` };
}

async function packagedChromium(directory: string): Promise<{ path: string; args: string[] }> {
  const cache = join(directory, "chromium");
  await mkdir(cache, { recursive: true });
  const { default: chromium } = await import("@sparticuz/chromium");
  // The package unpacks into os.tmpdir(), which the lab must not write to.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = cache;
  try {
    return { path: await chromium.executablePath(), args: chromium.args };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

async function installedChromium(): Promise<{ path: string; args: string[] }> {
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
  return {
    visit: async (request) => {
      // A context of its own is a profile without cookies: one attack does not inherit another's session.
      const context = await browser.createBrowserContext();
      try {
        return await visit(await context.newPage(), request);
      } finally {
        await context.close();
      }
    },
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
    const own = outgoing.url().startsWith(`${request.edgeUrl}/`);
    void outgoing.continue(own ? { headers: { ...outgoing.headers(), ...request.headers } } : {});
  });
  await page.evaluateOnNewDocument((prefix) => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.log(`${prefix}${event.effectiveDirective} ${event.blockedURI}`),
    );
  }, VIOLATION);
  await signIn(page, request);
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

/** Signs in from a page of the same origin, as the partners' page does. */
async function signIn(page: Page, request: VisitRequest): Promise<void> {
  // Any path gives the page its origin; the gateway's 403 for an unknown route is enough.
  await page.goto(`${request.edgeUrl}/`, { waitUntil: "load", timeout: 20_000 });
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
