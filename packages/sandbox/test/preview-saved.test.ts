import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { previewStage } from "../src/preview.ts";
import { changesSince, readSaved, type SavedPreview } from "../src/preview-saved.ts";

const preview = (resources: SavedPreview["resources"], findings: string[] = []): SavedPreview => ({
  version: 1,
  stage: "dev",
  resources,
  findings,
});

test("what differs is said by its path, in JSON text too", () => {
  const before = preview(
    {
      a: {
        name: "x",
        tags: { one: 1 },
        list: [1, { deep: true }],
        policy: '{"Statement":[{"Effect":"Allow"}]}',
        broken: "{",
      },
      gone: {},
    },
    ["old", "both"],
  );
  const after = preview(
    {
      a: {
        name: "y",
        tags: { two: 2 },
        list: [1, { deep: false }, 3],
        policy: '{"Statement":[{"Effect":"Deny"}]}',
        broken: "{",
      },
      new: {},
    },
    ["both", "fresh"],
  );
  expect(changesSince(before, after)).toEqual({
    added: ["new"],
    removed: ["gone"],
    changed: [
      { urn: "a", paths: ["list[1].deep", "list[2]", "name", "policy.Statement[0].Effect", "tags.one", "tags.two"] },
    ],
    newFindings: ["fresh"],
    resolvedFindings: ["old"],
  });
  expect(changesSince(before, before)).toEqual({
    added: [],
    removed: [],
    changed: [],
    newFindings: [],
    resolvedFindings: [],
  });
});

test("a file that is no saved preview is refused", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "saved-")), "saved.json");
  expect(await readSaved(file, "dev")).toBeUndefined();
  await writeFile(file, "{");
  await expect(readSaved(file, "dev")).rejects.toThrow(
    `${file} is no saved preview of dev. Name another file with --saved, or write it anew: pnpm preview dev --save`,
  );
  await expect(readSaved(tmpdir(), "dev")).rejects.toThrow("EISDIR");
});

test("no secret and no file lies in what is kept, and code that changed is seen", async () => {
  const folder = await mkdtemp(join(tmpdir(), "code-"));
  const zip = join(folder, "code.zip");
  await writeFile(zip, "one");
  const keep = async () => {
    const { saved } = await previewStage({
      stage: "dev",
      config: {},
      program: () => {
        const bucket = new aws.s3.Bucket("b");
        new aws.lambda.Function("f", {
          role: bucket.arn,
          code: new pulumi.asset.FileArchive(zip),
          environment: { variables: { KEY: pulumi.secret("hunter2"), PLAIN: pulumi.output("seen") } },
        });
        new aws.s3.BucketObjectv2("o", { bucket: "b", source: new pulumi.asset.FileArchive(folder) });
      },
    });
    return saved;
  };
  const before = await keep();
  expect(JSON.stringify(before)).not.toContain("hunter2");
  expect(JSON.stringify(before)).not.toContain(folder);
  const inputs = Object.entries(before.resources).find(([urn]) => urn.endsWith("::f"))?.[1];
  expect(inputs).toMatchObject({
    role: "(known after deployment)",
    code: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
  await writeFile(zip, "two");
  expect(changesSince(before, await keep()).changed.map(({ paths }) => paths)).toEqual([["code"]]);
});
