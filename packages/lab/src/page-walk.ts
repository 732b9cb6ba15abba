import type { Page } from "puppeteer-core";

/** Whose walk it is, and where. */
export interface WalkRequest {
  /** The page's URL, without a trailing slash. */
  readonly pageUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Milliseconds that each step may take. By default 15 seconds. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

/**
 * The walk itself, on a page of a profile without cookies.
 *
 * @returns what was seen, in one sentence
 * @throws Error with the first thing that is not as it should be
 */
export async function walk(page: Page, { pageUrl, credentials, timeoutMs = TIMEOUT_MS }: WalkRequest): Promise<string> {
  page.setDefaultTimeout(timeoutMs);
  const violations: string[] = [];
  const errors: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(text)) violations.push(text);
  });
  page.on("pageerror", (error) => errors.push(String(error)));

  await page.goto(`${pageUrl}/`, { waitUntil: "load" });
  await page.locator("#sign-in").click();
  // The user pool's page.
  await page.locator('input[name="username"]').fill(credentials.username);
  await page.locator('input[name="password"]').fill(credentials.password);
  await page.locator('button[type="submit"]').click();
  await page.waitForSelector("#shop:not([hidden])");
  check(page.url() === `${pageUrl}/`, `the code is still in the address: ${page.url()}`);
  await checkCookies(page);
  await checkStorage(page);

  // By keyboard: a form is sent by Enter in its field.
  await page.locator("#term").fill("Mug");
  await page.keyboard.press("Enter");
  await page.locator("#product-rows button").click();
  await page.locator("#order-form button").click();
  const link = await page.waitForSelector("#order-rows a");
  const total = await page.$eval("#order-rows td:nth-child(2)", (cell) => cell.textContent ?? "");
  check(/12/.test(total), `the order's total is ${total}`);
  const href = await link?.evaluate((anchor) => (anchor as HTMLAnchorElement).href);
  await Promise.all([page.waitForNavigation(), link?.click()]);
  check(page.url() === href, `the receipt's link leads to ${page.url()}`);
  const receipt = await page.$eval("body", (body) => body.textContent ?? "");
  const id = /orders\/([^/]+)/.exec(href ?? "")?.[1] ?? "no order";
  check(receipt.includes(id), `the receipt says ${receipt.slice(0, 100)}`);

  await page.goto(`${pageUrl}/`, { waitUntil: "load" });
  await page.waitForSelector("#shop:not([hidden])");
  const before = await cookieHeader(page);
  await page.locator("#sign-out").click();
  await page.waitForSelector("#sign-in:not([hidden])");
  const left = (await cookiesOf(page)).map(({ name }) => name);
  check(left.length === 0, `after the sign-out there are ${left.join(", ")}`);
  await checkEnded(pageUrl, before);
  check(violations.length === 0, `the page broke its own policy: ${violations[0]}`);
  check(errors.length === 0, `a script of the page failed: ${errors[0]}`);
  return "alice signed in with a code and PKCE, searched, ordered, opened the receipt and signed out; no violation of the policy, no token in reach of scripts";
}

function check(ok: boolean, otherwise: string): void {
  if (!ok) throw new Error(`the walk through the page: ${otherwise}`);
}

async function cookiesOf(page: Page) {
  const cookies = await page.browserContext().cookies();
  return cookies.filter(({ name }) => name.startsWith("__Host-"));
}

async function cookieHeader(page: Page): Promise<string> {
  return (await cookiesOf(page)).map(({ name, value }) => `${name}=${value}`).join("; ");
}

async function checkCookies(page: Page): Promise<void> {
  const cookies = await cookiesOf(page);
  const names = cookies.map(({ name }) => name).sort();
  check(names.join() === "__Host-refresh,__Host-session", `the cookies are ${names.join(", ")}`);
  for (const { name, httpOnly, secure, sameSite, path } of cookies) {
    const as = `httpOnly ${httpOnly}, secure ${secure}, sameSite ${sameSite}, path ${path}`;
    check(httpOnly === true && secure === true && sameSite === "Strict" && path === "/", `${name} is ${as}`);
  }
}

/** Nothing of a session is in reach of a script. */
async function checkStorage(page: Page): Promise<void> {
  const kept = await page.evaluate(() => [
    document.cookie,
    ...Object.values(localStorage),
    ...Object.values(sessionStorage),
  ]);
  check(kept.join("") === "", `scripts can read ${kept.join(" ").slice(0, 80)}`);
}

/** The tokens of the session are worth nothing any more: the refresh token at once, the access token within the authorizer's minute. */
async function checkEnded(pageUrl: string, cookie: string): Promise<void> {
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  const { status } = await fetch(`${pageUrl}/session/refresh`, { method: "POST", headers });
  check(status === 401, `the refresh token is still good after the sign-out: ${status}`);
}
