import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { BUNDLE_DIR } from "./bundle.ts";

const SOURCE = resolve(import.meta.dirname, "..", "page");

/** Served as they are. */
const COPIED = ["index.html", "app.css"];

/**
 * Builds the page: `index.html`, `app.css` and `app.js`. The folder's name tells its content: one that was built of the same sources is taken as
 * it is.
 *
 * @returns the absolute path of the folder
 */
export async function pageFolder(outDir = BUNDLE_DIR): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(SOURCE, "app.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    write: false,
    logLevel: "silent",
  });
  const files: Record<string, Uint8Array> = { "app.js": outputFiles[0]?.contents ?? new Uint8Array() };
  for (const name of COPIED) files[name] = await readFile(join(SOURCE, name));
  const hash = createHash("sha256");
  for (const name of Object.keys(files).sort()) hash.update(name).update(files[name] ?? "");
  const folder = join(outDir, `page-${hash.digest("hex").slice(0, 12)}`);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).filter((name) => name in files).length === Object.keys(files).length) return folder;
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    // Another process that builds at the same time never reads half a file; a name with a dot in front is served to nobody.
    const unfinished = join(folder, `.${name}.${process.pid}`);
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  }
  if (!existsSync(join(folder, "index.html"))) throw new Error(`page: ${folder} has no index.html`);
  return folder;
}
