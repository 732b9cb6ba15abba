import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BUNDLE_DIR } from "../../build/bundle.ts";
import { pageFolder } from "../../build/page.ts";

let outDir: string;
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), "page-"));
});
afterAll(() => rm(outDir, { recursive: true, force: true }));

test("the page is three files, in a folder whose name tells what is in it", async () => {
  const folder = await pageFolder(outDir);
  expect(folder).toMatch(/\/page-[0-9a-f]{12}$/);
  expect((await readdir(folder)).sort()).toEqual(["app.css", "app.js", "index.html"]);
  expect(await pageFolder(outDir)).toBe(folder);
  expect(await pageFolder()).toBe(join(BUNDLE_DIR, folder.slice(outDir.length + 1)));
});

test("what it is made of fits its policy: nothing inline, nothing made of text, nothing kept", async () => {
  const folder = await pageFolder(outDir);
  const html = await readFile(join(folder, "index.html"), "utf8");
  expect(html.match(/<script\b[^>]*>/g)).toEqual(['<script type="module" src="/app.js">']);
  expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
  const script = await readFile(join(folder, "app.js"), "utf8");
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|localStorage|document\.cookie/,
  );
  expect(script.length).toBeLessThan(10_000);
});
