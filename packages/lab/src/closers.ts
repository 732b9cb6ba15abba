import { messageOf } from "./errors.ts";

/** Closes one thing that the lab opened. */
export type Closer = () => Promise<unknown>;

/**
 * Keeps what must be closed, whatever happens: in the reverse order of its opening, each once, and one that fails does not keep
 * the others open.
 */
export class Closers {
  readonly #closers: Closer[] = [];
  readonly #complain: (line: string) => void;

  constructor(complain: (line: string) => void = (line) => console.error(line)) {
    this.#complain = complain;
  }

  add(closer: Closer): void {
    this.#closers.push(closer);
  }

  async closeAll(): Promise<void> {
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

/**
 * Runs work whose opened things are closed when it ends, when it fails, and on Ctrl-C. A second Ctrl-C does not wait.
 *
 * @param process by default this process
 */
export async function closing<T>(work: (closers: Closers) => Promise<T>, signals: Signals = process): Promise<T> {
  const closers = new Closers();
  let stopping = false;
  const listeners = CODES.map(([signal, code]) => {
    const listener = (): void => {
      if (stopping) signals.exit(code);
      stopping = true;
      void closers.closeAll().then(() => signals.exit(code));
    };
    signals.on(signal, listener);
    return () => signals.off(signal, listener);
  });
  try {
    return await work(closers);
  } finally {
    if (!stopping) await closers.closeAll();
    for (const remove of listeners) remove();
  }
}
