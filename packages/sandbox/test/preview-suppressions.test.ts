import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSuppressions } from "../src/preview-suppressions.ts";

async function file(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "suppressions-")), "suppressions.yaml");
  await writeFile(path, text);
  return path;
}

const ENTRY = { stage: "prod", rule: "r", resource: "a", reason: "a reason", expires: "2027-01-31" };

test("each stage has its own; JSON is YAML; no file is no suppression; this repository has none", async () => {
  const text = JSON.stringify({ suppressions: [ENTRY, { ...ENTRY, stage: "dev", key: "k" }] });
  const { stage: _stage, ...rest } = ENTRY;
  expect(await readSuppressions("prod", await file(text))).toEqual([rest]);
  expect(await readSuppressions("dev", await file(text))).toEqual([{ ...rest, key: "k" }]);
  expect(await readSuppressions("prod", "/nowhere/suppressions.yaml")).toEqual([]);
  for (const stage of ["dev", "prod"]) expect(await readSuppressions(stage)).toEqual([]);
});

test.each([
  [{ suppressions: "all" }, 'suppressions: received "all"; allowed: a list.'],
  [
    { suppressions: [{ ...ENTRY, reason: undefined, expires: 2027 }] },
    "suppressions[0]: received no text for reason, expires; allowed: texts for stage, rule, resource, reason, expires, and key where the finding has one.",
  ],
  [
    { suppressions: [ENTRY, { ...ENTRY, everything: "yes" }] },
    "suppressions[1]: received everything; allowed: texts for stage, rule, resource, reason, expires, and key where the finding has one.",
  ],
])("%j is refused", async (content, message) => {
  const path = await file(JSON.stringify(content));
  await expect(readSuppressions("prod", path)).rejects.toThrow(
    `${path}: ${message} Each accepts one finding of one stage; stacks/README.md has an example.`,
  );
});

test("what cannot be read is an error", async () => {
  await expect(readSuppressions("prod", tmpdir())).rejects.toThrow("EISDIR");
});
