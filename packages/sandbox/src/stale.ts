import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const NAME = /^sandbox-(\d+)-[0-9a-f]{8}$/;

/** A name for a sandbox's folder that says which process it is of. */
export function sandboxName(): string {
  return `sandbox-${process.pid}-${randomBytes(4).toString("hex")}`;
}

/** Removes the folders of sandboxes whose process was killed before it could remove them itself. */
export async function removeStale(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  const stale = names.filter((name) => {
    const owner = NAME.exec(name)?.[1];
    return owner !== undefined && !isRunning(Number(owner));
  });
  await Promise.all(stale.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}

/** Whether there is a process with this id. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
