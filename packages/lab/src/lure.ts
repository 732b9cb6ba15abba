import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { CDPSession, HTTPResponse, Page } from "puppeteer-core";
import type { LabResponse } from "./exchange.ts";

/** A page of another site that a signed-in person opens. */
export interface Lure {
  /** The stage's URL, without a trailing slash. */
  readonly edgeUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** The other site's page. */
  readonly html: string;
  /** The path of the request to the stage that the page is to cause. */
  readonly path: string;
  /** Whether the page is on another host of the same site. By default it is of another site. */
  readonly sameSite?: boolean | undefined;
}

/** A script that somebody has got into a page of the stage's own host. */
export interface Theft {
  readonly edgeUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** An expression; its value is what the script found. */
  readonly script: string;
}

/** What came of it. */
export interface Lured {
  /** The stage's answer to the request that the page caused, or what the script found. Status 0: no such request was made. */
  readonly response: LabResponse;
  /** What the other site's page shows in its frames of the stage, as text. */
  readonly framed: string;
  /** What policies of the stage's answers the browser held the page to. */
  readonly violations: readonly string[];
  /** Cookies that the browser kept from the request or from the script, each with its reason: `__Host-session: SameSiteStrict`. */
  readonly withheld: readonly string[];
}

type SignIn = (page: Page, request: Pick<Lure, "edgeUrl" | "credentials">) => Promise<void>;

/** Milliseconds that the other site's page gets to do what it is for. */
const SETTLE_MS = 1200;

/** Milliseconds that the body of the stage's answer gets. */
const BODY_MS = 500;

/**
 * Signs in, and opens the other page: from `localhost`, which for a browser is another site than `127.0.0.1`, or from another port of
 * `127.0.0.1`, which is another origin of the same site, as another host below one domain is.
 */
export async function lure(page: Page, request: Lure, signIn: SignIn): Promise<Lured> {
  const { edgeUrl, path, html } = request;
  await signIn(page, request);
  const target = `${edgeUrl}${path}`;
  const violations: string[] = [];
  const answers: HTTPResponse[] = [];
  page.on("console", (message) => {
    if (/frame-ancestors|X-Frame-Options/i.test(message.text())) violations.push(message.text());
  });
  page.on("response", (answer) => {
    if (answer.url() === target) answers.push(answer);
  });
  const withheld = await watchCookies(await page.createCDPSession(), target);
  const site = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(html);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  try {
    await page.goto(`http://${request.sameSite ? "127.0.0.1" : "localhost"}:${(site.address() as AddressInfo).port}/`, {
      waitUntil: "load",
      timeout: 20_000,
    });
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const frames = page.frames().filter((frame) => frame !== page.mainFrame());
    const shown = await Promise.all(
      frames.map((frame) => frame.evaluate(() => document.body.textContent ?? "").catch(() => "")),
    );
    return {
      response: await responseOf(answers.at(-1)),
      framed: shown.join("\n"),
      violations,
      withheld: [...withheld],
    };
  } finally {
    site.closeAllConnections();
    site.close();
  }
}

/** Signs in, and runs the script in a page of the same origin. */
export async function theft(page: Page, request: Theft, signIn: SignIn): Promise<Lured> {
  await signIn(page, request);
  const found = await page.evaluate(request.script);
  const inReach = await page.evaluate(() => document.cookie);
  const cookies = await page.browserContext().cookies();
  const withheld = cookies
    .filter(({ name, httpOnly }) => httpOnly && name.startsWith("__Host-") && !inReach.includes(`${name}=`))
    .map(({ name }) => `${name}: HttpOnly`);
  return { response: { status: 200, headers: {}, body: String(found) }, framed: "", violations: [], withheld };
}

/** The cookies that the browser leaves out of a request, as it says itself (Chrome DevTools Protocol, `Network.AssociatedCookie`). */
async function watchCookies(session: CDPSession, target: string): Promise<Set<string>> {
  const withheld = new Set<string>();
  const wanted = new Set<string>();
  const blocked = new Map<string, string[]>();
  const note = (requestId: string) => {
    if (wanted.has(requestId)) for (const one of blocked.get(requestId) ?? []) withheld.add(one);
  };
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url === target) wanted.add(requestId);
    note(requestId);
  });
  session.on("Network.requestWillBeSentExtraInfo", ({ requestId, associatedCookies }) => {
    const left = associatedCookies.filter(({ blockedReasons }) => blockedReasons.length > 0);
    blocked.set(
      requestId,
      left.map(({ cookie, blockedReasons }) => `${cookie.name}: ${blockedReasons.join(", ")}`),
    );
    note(requestId);
  });
  await session.send("Network.enable");
  return withheld;
}

async function responseOf(answer: HTTPResponse | undefined): Promise<LabResponse> {
  if (answer === undefined) return { status: 0, headers: {}, body: "" };
  // The body of an answer that the browser kept from the page may never come.
  const never = new Promise<string>((resolve) => setTimeout(resolve, BODY_MS, ""));
  const body = await Promise.race([answer.text().catch(() => ""), never]);
  return { status: answer.status(), headers: answer.headers(), body };
}
