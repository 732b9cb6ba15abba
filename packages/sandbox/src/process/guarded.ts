import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";

/**
 * Runs "$@" in this shell's own process group and kills the whole group when the pipe on standard input closes, which the
 * kernel does when the parent dies in whatever way, SIGKILL included. TERM first, KILL after three seconds.
 */
const GUARD = `
exec 3<&0 </dev/null
"$@" 3<&- &
child=$!
( cat <&3 >/dev/null 2>&1; trap '' TERM; kill -TERM -$$; sleep 3; kill -KILL -$$ ) &
exec 3<&-
wait "$child"
`;

/** A child process whose whole group dies with this process. */
export interface GuardedProcess {
  /** The id of the process group: of the guard, which leads it. */
  readonly groupId: number;
  /** Resolves when the command has ended, with its exit code (128 and the signal's number if killed). */
  readonly exited: Promise<number>;
  /** Ends the group: TERM, then KILL after the grace period. Idempotent. */
  stop(): Promise<void>;
}

export interface GuardedOptions {
  cwd: string;
  env: Record<string, string>;
  /** File that standard output and error are appended to. */
  logFile: string;
  /** Milliseconds between TERM and KILL. Default: 2000. */
  graceMs?: number;
}

const running = new Set<number>();

/**
 * Starts a command in a process group of its own that ends with this process: on exit, on SIGINT, SIGTERM and SIGHUP, on an
 * uncaught exception, and, by a guard that waits on a pipe, when this process is killed outright. Needs `/bin/sh`.
 */
export async function startGuarded(
  command: string,
  args: readonly string[],
  options: GuardedOptions,
): Promise<GuardedProcess> {
  installExitHandlers();
  const log = openSync(options.logFile, "a");
  let child: ChildProcess;
  try {
    child = spawn("/bin/sh", ["-c", GUARD, "palisade-guard", command, ...args], {
      cwd: options.cwd,
      env: options.env,
      // Detached: a group of its own, which Ctrl-C in the terminal does not reach; this process ends it in order.
      detached: true,
      stdio: ["pipe", log, log],
    });
    await once(child, "spawn");
  } finally {
    closeSync(log);
  }
  const groupId = child.pid as number;
  running.add(groupId);
  const exited = once(child, "exit").then(([code, signal]: unknown[]) => {
    // Whatever of the group is left when the command has ended has nothing to live for.
    killGroup(groupId, "SIGKILL");
    running.delete(groupId);
    return typeof code === "number" ? code : 128 + (signal === "SIGKILL" ? 9 : 15);
  });
  // Neither the process nor the pipe keeps this process alive.
  child.unref();
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  child.stdin?.on("error", () => {});

  return {
    groupId,
    exited,
    async stop() {
      if (!running.has(groupId)) return;
      child.ref();
      killGroup(groupId, "SIGTERM");
      const timer = setTimeout(() => killGroup(groupId, "SIGKILL"), options.graceMs ?? 2000);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Signals a process group; one that is gone is no error. */
function killGroup(groupId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-groupId, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Kills every guarded process group at once; for the last moment of this process, which can wait for nothing. */
export function killAllGuarded(): void {
  for (const groupId of running) killGroup(groupId, "SIGKILL");
  running.clear();
}

let installed = false;

function installExitHandlers(): void {
  if (installed) return;
  installed = true;
  // `exit` also follows process.exit(), an uncaught exception and an unhandled rejection.
  process.on("exit", killAllGuarded);
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => {
      // Whoever else listens (the lab's own Ctrl-C) ends the process in their own time; alone, the default must be kept.
      if (process.listenerCount(signal) === 1) process.exit(code);
    });
  }
}
