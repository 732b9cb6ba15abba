import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { startBrowser } from "./browser.ts";
import type { Closers } from "./closers.ts";
import type { LabTools } from "./context.ts";
import { messageOf } from "./errors.ts";
import { startSink } from "./sink.ts";
import { isAlive } from "./state.ts";

/** The repository's root: the folders of the lab are in it. */
export const ROOT = resolve(import.meta.dirname, "../../..");

/** Everything that the lab writes and may delete; git ignores it. */
export const LAB_DIRECTORY = join(ROOT, ".lab");

/** Where the report of `pnpm lab` goes; git ignores it. */
export const REPORT_DIRECTORY = join(ROOT, "report");

/** Starts what the attacker has: a server of her own, a browser, and a file that she would like to read. */
export async function startTools(closers: Closers): Promise<LabTools> {
  await mkdir(LAB_DIRECTORY, { recursive: true });
  await sweep(LAB_DIRECTORY);
  const directory = await mkdtemp(join(LAB_DIRECTORY, `attacker-${process.pid}-`));
  closers.add(() => rm(directory, { recursive: true, force: true }));
  const sink = await startSink();
  closers.add(() => sink.close());
  const canary = { path: join(directory, "canary.txt"), content: `canary-${randomBytes(6).toString("hex")}` };
  await writeFile(canary.path, canary.content);
  const chromium = await startBrowser({ profile: join(directory, "profile"), cache: join(LAB_DIRECTORY, "chromium") });
  closers.add(async () => {
    if ("browser" in chromium) await chromium.browser.close();
  });
  const noAddresses = await addressesMissing();
  return { sink, canary, chromium, ...(noAddresses === undefined ? {} : { noAddresses }) };
}

/** Why this machine cannot send from another address of its loopback network: macOS has only 127.0.0.1 unless told otherwise. */
export async function addressesMissing(address = "127.0.1.1"): Promise<string | undefined> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, address, resolve);
    });
    return undefined;
  } catch (error) {
    return `no request can be sent from ${address} here (${messageOf(error)})`;
  } finally {
    server.close();
  }
}

/** Removes the folders of labs that were killed before they could close. */
export async function sweep(labDirectory: string): Promise<void> {
  for (const name of await readdir(labDirectory)) {
    const pid = /^attacker-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(labDirectory, name), { recursive: true, force: true });
  }
}
