/** `pnpm bundle [name...]`: builds the named functions, or all, and prints their sizes. */
import { relative } from "node:path";
import { bundleDetails, functionNames } from "./bundle.ts";

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`.padStart(11);

const named = process.argv.slice(2);
console.log(`${"function".padEnd(14)}${"code".padStart(11)}${"gzipped".padStart(11)}${"zip".padStart(11)}  file`);
for (const name of named.length > 0 ? named : functionNames()) {
  const built = await bundleDetails(name);
  console.log(
    `${name.padEnd(14)}${kilobytes(built.codeBytes)}${kilobytes(built.gzipBytes)}${kilobytes(built.zipBytes)}  ` +
      relative(process.cwd(), built.path),
  );
}
