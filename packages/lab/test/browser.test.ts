import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installedChromium, type LabBrowser, startBrowser } from "../src/browser.ts";
import { LAB_DIRECTORY } from "../src/tools.ts";

const BROWSER_MS = 60_000;

let directory: string;
let server: Server;
let edgeUrl: string;
let open: Server;
let openUrl: string;
let browser: LabBrowser | undefined;
const seen: IncomingMessage[] = [];

function serve(request: IncomingMessage, response: ServerResponse): void {
  seen.push(request);
  if (request.url === "/session") {
    const ok = request.headers["x-api-key"] === "key-1";
    const cookies = ["__Host-session=open; Path=/; Secure", "__Host-hidden=1; Path=/; Secure; HttpOnly"];
    response.writeHead(ok ? 204 : 403, { "set-cookie": cookies }).end();
    return;
  }
  const policy = request.url === "/strict" ? { "content-security-policy": "default-src 'none'" } : {};
  response.writeHead(200, { "content-type": "text/html", ...policy });
  response.end("<title>page</title><script>console.log('cookie ' + document.cookie)</script>");
}

/** A stage whose sign-in wants no key: one cookie that every site's requests carry, one that none does. */
function serveOpen(request: IncomingMessage, response: ServerResponse): void {
  seen.push(request);
  if (request.url === "/session") {
    const cookies = [
      "__Host-session=open; Path=/; Secure; SameSite=None",
      "__Host-hidden=1; Path=/; Secure; HttpOnly; SameSite=Strict",
    ];
    response.writeHead(204, { "set-cookie": cookies }).end();
    return;
  }
  response.writeHead(200, { "content-type": "text/html" }).end("<p>framed text</p>");
}

beforeAll(async () => {
  open = createServer(serveOpen);
  await new Promise<void>((resolve) => open.listen(0, "127.0.0.1", resolve));
  openUrl = `http://127.0.0.1:${(open.address() as AddressInfo).port}`;
  directory = await mkdtemp(join(tmpdir(), "lab-browser-"));
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  edgeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const started = await startBrowser({ profile: join(directory, "profile"), cache: join(LAB_DIRECTORY, "chromium") });
  browser = "browser" in started ? started.browser : undefined;
}, BROWSER_MS);
afterAll(async () => {
  await browser?.close();
  open.closeAllConnections();
  open.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true, force: true });
}, BROWSER_MS);

const request = (path: string, headers: Record<string, string> = { "x-api-key": "key-1" }) => ({
  edgeUrl,
  path,
  headers,
  credentials: { username: "alice", password: "secret" },
  settleMs: 50,
});

// @sparticuz/chromium is built for x86-64 Linux; elsewhere the lab's verdict is «not run».
describe.runIf(process.arch === "x64" && process.platform === "linux")("a real browser", () => {
  it(
    "signs in as the page does and keeps the cookies as browsers do",
    async () => {
      const visit = await browser?.visit(request("/open"));
      expect(visit?.response).toMatchObject({ status: 200, headers: { "content-type": "text/html" } });
      expect(visit?.response.body).toContain("<title>page</title>");
      expect(visit?.console).toEqual(["cookie __Host-session=open"]);
      expect(visit?.violations).toEqual([]);
      const sent = seen.find(({ url }) => url === "/open");
      expect(sent?.headers.cookie).toBe("__Host-session=open; __Host-hidden=1");
    },
    BROWSER_MS,
  );

  it(
    "has the cookies that were planted, beside those of the session, when the page is opened",
    async () => {
      await browser?.visit({ ...request("/planted"), cookies: { reference: "%3Cb%3E" } });
      const sent = seen.find(({ url }) => url === "/planted");
      expect(sent?.headers.cookie?.split("; ").sort()).toEqual([
        "__Host-hidden=1",
        "__Host-session=open",
        "reference=%3Cb%3E",
      ]);
    },
    BROWSER_MS,
  );

  it(
    "reports what a policy kept from running",
    async () => {
      const visit = await browser?.visit(request("/strict"));
      expect(visit?.violations).toEqual(["script-src-elem inline"]);
      expect(visit?.console.join()).not.toContain("cookie ");
    },
    BROWSER_MS,
  );

  const lure = (html: string, sameSite?: boolean) =>
    browser?.lure({
      edgeUrl: openUrl,
      credentials: { username: "alice", password: "secret" },
      html,
      path: "/target",
      sameSite,
    });

  it(
    "says which cookies a page of another site does not get, and sends those that it does",
    async () => {
      const html = (url: string) =>
        `<form method="post" action="${url}/target"></form><script>document.forms[0].submit()</script>`;
      const other = await lure(html(openUrl));
      expect(other?.response.status).toBe(200);
      expect(other?.withheld).toEqual(["__Host-hidden: SchemefulSameSiteStrict"]);
      const sibling = await lure(html(openUrl), true);
      expect(sibling?.withheld).toEqual([]);
      expect(seen.findLast(({ url }) => url === "/target")?.headers).toMatchObject({
        cookie: "__Host-session=open; __Host-hidden=1",
        "sec-fetch-site": "same-site",
      });
    },
    BROWSER_MS,
  );

  it(
    "sees what a page shows in its frames, and no request where there is none",
    async () => {
      const framed = await lure(`<iframe src="${openUrl}/target"></iframe>`);
      expect(framed?.framed).toContain("framed text");
      expect((await lure("<p>nothing"))?.response).toEqual({ status: 0, headers: {}, body: "" });
    },
    BROWSER_MS,
  );

  it(
    "runs a script where it may read what scripts may read",
    async () => {
      const credentials = { username: "alice", password: "secret" };
      const found = await browser?.runScript({ edgeUrl: openUrl, credentials, script: "document.cookie" });
      expect(found?.response.body).toBe("__Host-session=open");
      expect(found?.withheld).toEqual(["__Host-hidden: HttpOnly"]);
    },
    BROWSER_MS,
  );

  it(
    "does not walk through what is no page",
    async () => {
      const credentials = { username: "alice", password: "secret" };
      await expect(browser?.walk({ pageUrl: openUrl, credentials, timeoutMs: 300 })).rejects.toThrow(
        /300 ?ms|Timed out/,
      );
    },
    BROWSER_MS,
  );

  it(
    "does not open a page for somebody who could not sign in",
    async () => {
      await expect(browser?.visit(request("/open", {}))).rejects.toThrow(
        "POST /session answered 403 to alice's browser",
      );
    },
    BROWSER_MS,
  );
});

describe("no browser", () => {
  it("has its reasons, one line each", async () => {
    const folders = { profile: join(directory, "none"), cache: directory };
    const started = await startBrowser(folders, [
      () => Promise.reject(new Error("wrong architecture\nlong text")),
      async () => ({ path: join(directory, "missing"), args: [] }),
    ]);
    expect(started).toEqual({
      reason: expect.stringMatching(/^no Chromium can run here \(wrong architecture; .*missing.*\)$/),
    });
  });

  it("is on PATH under a name that distributions use, or is not", async () => {
    const bin = join(directory, "bin");
    await mkdir(bin);
    const path = process.env.PATH;
    try {
      process.env.PATH = `${bin}:/usr/bin:/bin`;
      const program = join(bin, "google-chrome-stable");
      await writeFile(program, "#!/bin/sh\n");
      await chmod(program, 0o755);
      expect(await installedChromium()).toEqual({ path: expect.stringMatching(/chrom/), args: ["--no-sandbox"] });
      process.env.PATH = join(directory, "empty");
      await expect(installedChromium()).rejects.toThrow(
        "none of chromium, chromium-browser, google-chrome, google-chrome-stable is on PATH",
      );
    } finally {
      process.env.PATH = path;
    }
  });
});
