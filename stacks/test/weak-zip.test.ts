/** The zips as Lambda gets them: what they give away, and that what a bundler easily breaks still runs. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir, type } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import type { ApiEvent } from "../weak/functions/http.ts";
import { type FunctionName, zipOf } from "../weak/zip.ts";
import { event, unzip } from "./weak-support.ts";

/** Unpacks a zip and has another Node process answer one event with it, as Lambda does. */
async function invoke(name: FunctionName, request: ApiEvent): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "weak-zip-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, content] of Object.entries(unzip(await readFile(await zipOf(name))))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const module = JSON.stringify(pathToFileURL(join(folder, "index.mjs")).href);
  const code = `const { handler } = await import(${module}); console.log = () => {};
    process.stdout.write((await handler(${JSON.stringify(request)})).body); process.exit(0);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
  return stdout;
}

test("a zip holds the source, the templates and the environment's secrets beside the code", async () => {
  const files = unzip(await readFile(await zipOf("receipt")));
  expect(Object.keys(files)).toEqual([
    ".env",
    "index.mjs",
    "src/admin.ts",
    "src/carts.ts",
    "src/catalog.ts",
    "src/database.ts",
    "src/http.ts",
    "src/identity.ts",
    "src/order-import.ts",
    "src/order-store.ts",
    "src/orders.ts",
    "src/partners.ts",
    "src/receipt.ts",
    "src/schema.ts",
    "src/session.ts",
    "src/setup.ts",
    "src/untyped.d.ts",
    "templates/compact.ejs",
    "templates/standard.ejs",
  ]);
  expect(files[".env"]?.toString()).toContain("DATABASE_PASSWORD=palisade-admin-2024");
});

test("a zip is made once of the same files", async () => {
  const path = await zipOf("session");
  const { mtimeMs } = await stat(path);
  expect(await zipOf("session")).toBe(path);
  expect((await stat(path)).mtimeMs).toBe(mtimeMs);
});

test("no built function holds what the receipts' templates would take for code", async () => {
  // A layout of `../index.mjs` is then shown as it is, where EJS would fail on a tag that is never closed.
  expect(unzip(await readFile(await zipOf("receipt")))["index.mjs"]?.includes("<?")).toBe(false);
});

test("the packed importer calls a URL of the document's, by sync-fetch's own process", async () => {
  const calls: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    calls.push(request.url);
    response.end("answer of an inner service");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inner`;
  const body = `<!DOCTYPE o [<!ENTITY e SYSTEM "${url}">]><orders><order><note>&e;</note></order></orders>`;
  await invoke("order-import", event("POST /orders/import", { body }));
  expect(calls).toEqual(["/inner"]);
});

test("the packed cart runs code that requires Node's modules", async () => {
  const code = "_$$ND_FUNC$$_function(){ throw new Error('ran on ' + require('node:os').type()); }()";
  const cart = JSON.stringify({ version: 1, lines: [], note: code });
  const answer = await invoke("carts", event("POST /carts/restore", { body: JSON.stringify({ cart }) }));
  expect(JSON.parse(answer).message).toBe(`ran on ${type()}`);
});
