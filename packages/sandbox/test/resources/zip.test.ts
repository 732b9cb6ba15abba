import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { zipBytes } from "../../src/resources/zip.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-zip-"));
  await mkdir(join(folder, "code/lib"), { recursive: true });
  await writeFile(join(folder, "code/index.mjs"), "export {};");
  await writeFile(join(folder, "code/lib/a.txt"), "a");
  await writeFile(join(folder, "code.zip"), "the bytes as they are");
});
afterAll(() => rm(folder, { recursive: true }));

/** Names in a zip's central directory, in its order. */
function names(zip: Uint8Array): string[] {
  const text = Buffer.from(zip).toString("latin1");
  return text
    .split("PK\x01\x02")
    .slice(1)
    .map((entry) => entry.slice(42, 42 + entry.charCodeAt(24)));
}

test("a zip file is taken as it is", async () => {
  const zip = await zipBytes(new pulumi.asset.FileArchive(join(folder, "code.zip")));
  expect(Buffer.from(zip).toString()).toBe("the bytes as they are");
});

test("a folder is zipped, and the same files make the same bytes", async () => {
  const archive = new pulumi.asset.FileArchive(join(folder, "code"));
  const zip = await zipBytes(archive);
  expect(names(zip)).toEqual(["index.mjs", "lib/a.txt"]);
  expect(Buffer.from(await zipBytes(archive))).toEqual(Buffer.from(zip));
});

test("a map of assets is zipped in the order of names", async () => {
  const zip = await zipBytes(
    new pulumi.asset.AssetArchive({
      "z.txt": new pulumi.asset.StringAsset("z"),
      "b.txt": new pulumi.asset.FileAsset(join(folder, "code/lib/a.txt")),
      vendor: new pulumi.asset.FileArchive(join(folder, "code")),
    }),
  );
  expect(names(zip)).toEqual(["b.txt", "vendor/index.mjs", "vendor/lib/a.txt", "z.txt"]);
});

test.each([
  ["RemoteArchive", new pulumi.asset.RemoteArchive("https://example.com/code.zip")],
  ["RemoteAsset", new pulumi.asset.AssetArchive({ a: new pulumi.asset.RemoteAsset("https://example.com/a") })],
  ["undefined", undefined],
])("%s is refused: the sandbox fetches nothing", async (name, archive) => {
  await expect(zipBytes(archive)).rejects.toThrow(
    `The sandbox cannot read the asset ${name} as a function's code. Give a FileArchive of a zip or a folder, or an AssetArchive of texts, files and folders.`,
  );
});
