import { readFileSync } from "node:fs";
import { HardenedFunction } from "@palisade/hardened-function";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

/** What both accounts' APIs are. */
export const contract = parse(readFileSync(new URL("openapi.yaml", import.meta.url), "utf8"));

/** The function behind each operation, which every account has of its own. */
export function notesFunctions() {
  const file = new URL("notes.mjs", import.meta.url).pathname;
  const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.FileAsset(file) });
  const notes = new HardenedFunction("notes", { code });
  return { listNotes: notes, deleteNotes: notes };
}
