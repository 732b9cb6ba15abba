import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AssociationConfig, CustomResponseBody, LoggingConfiguration } from "@aws-sdk/client-wafv2";

/** What MiniStack 1.5.33 does not keep of a web ACL: these are written beside it, and put back when it is read. */
export interface Beside {
  associationConfig?: AssociationConfig;
  customResponseBodies?: Record<string, CustomResponseBody>;
  loggingConfiguration?: LoggingConfiguration;
}

function file(directory: string, webAclArn: string): string {
  const folder = join(directory, "wafv2");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${createHash("sha256").update(webAclArn).digest("hex")}.json`);
}

/** @param directory The sandbox's folder. */
export async function readBeside(directory: string, webAclArn: string): Promise<Beside> {
  try {
    return JSON.parse(await readFile(file(directory, webAclArn), "utf8")) as Beside;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

/** Changes the fields that are given; an undefined one is removed. */
export async function writeBeside(directory: string, webAclArn: string, change: Beside): Promise<void> {
  const next = { ...(await readBeside(directory, webAclArn)), ...change };
  await writeFile(file(directory, webAclArn), JSON.stringify(next));
}

export async function removeBeside(directory: string, webAclArn: string): Promise<void> {
  await rm(file(directory, webAclArn), { force: true });
}
