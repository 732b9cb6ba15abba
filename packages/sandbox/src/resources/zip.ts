import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { buffer } from "node:stream/consumers";
import * as pulumi from "@pulumi/pulumi";
import { ZipFile } from "yazl";
import { SandboxError } from "../errors.ts";

/** The date of every entry, so that the same files make the same bytes. */
const EPOCH = new Date("1980-01-01T00:00:00Z");

/**
 * The zip that a function's code is: a zip file as it is, a folder or a map of assets zipped.
 *
 * @throws SandboxError for an archive that is fetched from a URL: the sandbox fetches nothing.
 */
export async function zipBytes(archive: unknown): Promise<Uint8Array> {
  if (archive instanceof pulumi.asset.FileArchive) {
    const path = await archive.path;
    if ((await stat(path)).isFile()) return readFile(path);
    const zip = new ZipFile();
    await addFolder(zip, path, "");
    return finish(zip);
  }
  if (archive instanceof pulumi.asset.AssetArchive) {
    const zip = new ZipFile();
    for (const [name, asset] of Object.entries(await archive.assets).sort(([a], [b]) => (a < b ? -1 : 1))) {
      await addAsset(zip, name, asset);
    }
    return finish(zip);
  }
  throw unsupported(archive);
}

async function addAsset(zip: ZipFile, name: string, asset: unknown): Promise<void> {
  if (asset instanceof pulumi.asset.StringAsset) {
    zip.addBuffer(Buffer.from(await asset.text), name, { mtime: EPOCH });
  } else if (asset instanceof pulumi.asset.FileAsset) {
    zip.addBuffer(await readFile(await asset.path), name, { mtime: EPOCH });
  } else if (asset instanceof pulumi.asset.FileArchive && (await stat(await asset.path)).isDirectory()) {
    await addFolder(zip, await asset.path, name);
  } else {
    throw unsupported(asset);
  }
}

async function addFolder(zip: ZipFile, folder: string, prefix: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    zip.addReadStream(createReadStream(file), join(prefix, relative(folder, file)), { mtime: EPOCH });
  }
}

function finish(zip: ZipFile): Promise<Uint8Array> {
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}

function unsupported(asset: unknown): SandboxError {
  return new SandboxError(
    `The sandbox cannot read the asset ${(asset as object | undefined)?.constructor?.name ?? String(asset)} as a function's code.`,
    "Give a FileArchive of a zip or a folder, or an AssetArchive of texts, files and folders.",
  );
}
