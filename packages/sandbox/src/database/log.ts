import type { ServerError } from "./packets.ts";

/** What the database server or its proxy did that a defender would want to know. */
export interface DatabaseLogRecord {
  /** Milliseconds since 1970. */
  time: number;
  /** The database user; empty when the connection ended before one was named. */
  user: string;
  /** `connected`: a login succeeded. `refused`: a login did not. `error`: the server answered a statement with an error. */
  event: "connected" | "refused" | "error";
  /** MySQL's error number, such as 1045 (access denied), 1142 (no privilege), 1406 (data too long). */
  errno?: number;
  sqlState?: string;
  /** The message as the client saw it, without values: what was quoted may be what a caller sent. */
  message?: string;
  /** Why the proxy refused; never told to the client. */
  reason?: string;
}

/** Errors whose quoted words are names of the schema and of accounts, never what a caller sent. */
const NAMES_ONLY = new Set([1044, 1045, 1142, 1143, 1227, 1264, 1370, 1406, 3159]);

/** A message without the values in it: from the first quote to the last. */
export function withoutValues(error: ServerError): string {
  if (NAMES_ONLY.has(error.errno)) return error.message;
  return error.message.replace(/['"`].*['"`]/s, "'…'");
}

/** Holds the latest records; the oldest are dropped beyond the limit, so that a flood cannot fill the memory. */
export class DatabaseLog {
  readonly #records: DatabaseLogRecord[] = [];
  readonly #limit: number;

  constructor(limit = 20_000) {
    this.#limit = limit;
  }

  add(record: Omit<DatabaseLogRecord, "time">): void {
    this.#records.push({ time: Date.now(), ...record });
    if (this.#records.length > this.#limit) this.#records.shift();
  }

  records(): DatabaseLogRecord[] {
    return [...this.#records];
  }
}
