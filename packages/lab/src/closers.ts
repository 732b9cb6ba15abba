import { LabError, messageOf } from "./errors.ts";

/** Closes one thing that the lab opened. */
export type Closer = () => Promise<unknown>;

/** Work that was stopped by Ctrl-C while it went on. */
export class Stopped extends LabError {
  constructor() {
    super("lab: stopped");
  }
}

/**
 * Keeps what must be closed, whatever happens: in the reverse order of its opening, each once, and one that fails does not keep
 * the others open.
 */
export class Closers {
  readonly #closers: Closer[] = [];
  readonly #complain: (line: string) => void;
  readonly #stopped = deferred();
  #stopping = false;
  /** The closing that goes on, if any: whoever closes again waits for it. */
  #current: Promise<void> = Promise.resolve();

  constructor(complain: (line: string) => void = (line) => console.error(line)) {
    this.#complain = complain;
  }

  /**
   * Adds what was just opened.
   *
   * @throws Stopped when everything is being closed; what was added is closed, too
   */
  add(closer: Closer): void {
    this.#closers.push(closer);
    if (!this.#stopping) return;
    void this.closeAll();
    throw new Stopped();
  }

  /** @throws Stopped when everything is being closed: long work asks before each step */
  check(): void {
    if (this.#stopping) throw new Stopped();
  }

  closeAll(): Promise<void> {
    this.#current = this.#current.then(() => this.#drain());
    return this.#current;
  }

  async #drain(): Promise<void> {
    for (;;) {
      const closer = this.#closers.pop();
      if (!closer) return;
      try {
        await closer();
      } catch (error) {
        this.#complain(`lab: closing failed: ${messageOf(error)}`);
      }
    }
  }

  /** Closes everything, and whatever is opened from now on. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stopped.resolve();
    await this.closeAll();
  }

  /** Resolves when everything is about to be closed. */
  whenStopped(): Promise<void> {
    return this.#stopped.promise;
  }
}

/** What of the process is used. */
export interface Signals {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): void;
}

const CODES: readonly (readonly [NodeJS.Signals, number])[] = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
];

/** Milliseconds that work gets to notice that it was stopped, so that what it is opening is closed as well. */
const UNWIND_MS = 10_000;

/**
 * Runs work whose opened things are closed when it ends, when it fails, and on Ctrl-C. A second Ctrl-C does not wait.
 *
 * @param signals by default this process
 */
export async function closing<T>(work: (closers: Closers) => Promise<T>, signals: Signals = process): Promise<T> {
  const closers = new Closers();
  const settled = deferred();
  let exiting: Promise<void> | undefined;
  const listeners = CODES.map(([signal, code]) => {
    const listener = (): void => {
      if (exiting) signals.exit(code);
      exiting ??= stopped(closers, settled.promise).then(() => signals.exit(code));
    };
    signals.on(signal, listener);
    return () => signals.off(signal, listener);
  });
  try {
    return await work(closers);
  } finally {
    settled.resolve();
    await closers.closeAll();
    // The exit code is the signal's, not the work's.
    await exiting;
    for (const remove of listeners) remove();
  }
}

async function stopped(closers: Closers, settled: Promise<void>): Promise<void> {
  await closers.stop();
  const patience = new Promise<void>((resolve) => setTimeout(resolve, UNWIND_MS).unref());
  await Promise.race([settled, patience]);
  await closers.closeAll();
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
