import { expect, test } from "vitest";
import { firstOfProgram, sourceText } from "../src/preview-source.ts";

const at = (uri: string) => ({ uri, line: 7, column: 0 });

test.each<[string, string[], string | undefined]>([
  [
    "the program's own, whatever is between",
    ["file:///work/node_modules/a/b.js", "file:///work/src/a.ts", "file:///work/b.ts"],
    "src/a.ts:7",
  ],
  ["a URL that was taken for a path, as for ES modules", ["file:///work/file:/work/src/a%20b.ts"], "src/a b.ts:7"],
  ["another folder's", ["file:///other/a.ts"], undefined],
  ["Node's own", ["node:internal/process"], undefined],
  ["nothing", [], undefined],
])("%s", (_what, uris, expected) => {
  const found = firstOfProgram(uris.map(at), "/work");
  expect(found && sourceText(found)).toBe(expected);
  if (found) expect(found.column).toBe(1);
});
