import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

/**
 * Bundles a contender by itself, as a function is, and imports it. Without that, contenders that share a library, such as saxes and
 * what is built on it, share what V8 has learnt of it too, and slow each other down by a fifth.
 *
 * @param source a module whose default export is the work
 */
export async function isolated<T>(source: string): Promise<T> {
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node24",
    banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
  });
  const directory = mkdtempSync(join(tmpdir(), "palisade-bench-"));
  try {
    const file = join(directory, "contender.mjs");
    writeFileSync(file, String(outputFiles[0]?.text));
    return ((await import(pathToFileURL(file).href)) as { default: T }).default;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
