import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readStackConfig } from "../src/stack-config.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-config-"));
  await writeFile(
    join(folder, "Pulumi.a.yaml"),
    "config:\n  aws:region: eu-west-1\n  palisade:n: 3\n  palisade:o: { a: [1] }\n",
  );
  await writeFile(join(folder, "Pulumi.empty.yaml"), "# nothing\n");
  await writeFile(join(folder, "Pulumi.s.yaml"), "config:\n  palisade:password:\n    secure: AAAB\n");
});
afterAll(() => rm(folder, { recursive: true }));

test("every value is text, as Pulumi hands it to a program", async () => {
  expect(await readStackConfig("a", folder)).toEqual({
    "aws:region": "eu-west-1",
    "palisade:n": "3",
    "palisade:o": '{"a":[1]}',
  });
});

test("a stage without a file, or without configuration, has none", async () => {
  expect(await readStackConfig("none", folder)).toEqual({});
  expect(await readStackConfig("empty", folder)).toEqual({});
});

test("the stages of this repository name a region", async () => {
  expect(await readStackConfig("prod")).toHaveProperty("aws:region");
});

test("an encrypted value is refused", async () => {
  await expect(readStackConfig("s", folder)).rejects.toThrow(
    "palisade:password of Pulumi.s.yaml is encrypted, and the sandbox has no key to open it. Give the value to the sandbox with the option `config`, or leave it out of the file.",
  );
});

test("a file that cannot be read is an error", async () => {
  await expect(readStackConfig("a\0", folder)).rejects.toThrow();
});
