import { readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";

/** A type by a file's extension: what is not here is not served, so that no browser has to guess. */
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** The extensions that are served. */
export const EXTENSIONS: readonly string[] = Object.keys(TYPES);

/** The type of a file, or undefined where its extension is none of the list. */
export function contentType(path: string): string | undefined {
  return TYPES[extname(path).toLowerCase()];
}

/** The files of a folder and of the folders in it, as paths with `/` from there, sorted. Those whose name begins with a dot are left out. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => {
      const isFolder = statSync(join(folder, name)).isDirectory();
      return isFolder ? filesIn(join(folder, name)).map((file) => `${name}/${file}`) : [name];
    })
    .sort();
}
