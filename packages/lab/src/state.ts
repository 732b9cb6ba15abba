import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ControlAddress } from "./control.ts";
import { LabError } from "./errors.ts";

/** How `pnpm lab attack` finds the stage that `pnpm lab up` runs. */
export interface RunningState extends ControlAddress {
  readonly stage: string;
  /** The process that runs the stage. */
  readonly pid: number;
}

function fileOf(directory: string, stage: string): string {
  return join(directory, `${stage}.json`);
}

/** Notes a running stage. Only its owner may read the note: it holds the control's token. */
export async function writeState(directory: string, state: RunningState): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(fileOf(directory, state.stage), JSON.stringify(state), { mode: 0o600 });
}

export async function removeState(directory: string, stage: string): Promise<void> {
  await rm(fileOf(directory, stage), { force: true });
}

/** The note of a stage whose process is alive, or undefined. */
export async function findState(directory: string, stage: string): Promise<RunningState | undefined> {
  let state: RunningState;
  try {
    state = JSON.parse(await readFile(fileOf(directory, stage), "utf8")) as RunningState;
  } catch {
    return undefined;
  }
  return isAlive(state.pid) ? state : undefined;
}

/** @throws LabError when the stage is not running */
export async function readState(directory: string, stage: string): Promise<RunningState> {
  const state = await findState(directory, stage);
  if (!state) throw new LabError(`lab: ${stage} is not running; start it in another terminal: pnpm lab up ${stage}`);
  return state;
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
