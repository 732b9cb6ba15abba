import type { RefusingLayer } from "./refusal.ts";

/**
 * One line of a function's log (docs/architecture.md, "Log records"). There is no free text in it and no place for a value that
 * a caller sent, so that no token, body or name can end up in a log by mistake.
 */
export type LogRecord =
  | { level: "INFO"; event: "served"; requestId: string; status: number; rows?: number }
  | { level: "WARN"; event: "denied"; requestId: string; status: number; layer: RefusingLayer; defence: string }
  | { level: "INFO"; event: "unanswerable"; requestId: string; status: number }
  | {
      level: "ERROR";
      event: "failed";
      requestId: string;
      status: number;
      layer: "function";
      defence: string;
      /** What did not answer, where that is why. */
      dependency?: string;
      error: string;
      at: string[];
    }
  // A token that could not be checked. It is refused, and no defence refused it.
  | {
      level: "ERROR";
      event: "failed";
      requestId: string;
      status: number;
      layer: "authorizer";
      defence: "fail-closed";
      dependency: string;
      error: string;
      at: string[];
    }
  // A message of a queue: it stays there.
  | {
      level: "ERROR";
      event: "undelivered";
      requestId: string;
      what: "finding" | "log record";
      error: string;
      at: string[];
    }
  // What was done about a finding, and what was taken back.
  | {
      level: "WARN";
      event: "responded";
      requestId: string;
      measure: "quarantine" | "revoke-sessions" | "deny-address";
      target: string;
      outcome: "dry-run" | "taken" | "declined" | "released" | "left";
    }
  // The request was answered as it should be; what is to be looked at is a write beside it.
  | { level: "ERROR"; event: "unwritten"; requestId: string; what: "idempotency"; error: string; at: string[] }
  | ({ level: "INFO"; event: "migrated"; requestId: string; version: number; applied: number } & Record<
      "users" | "withdrawn" | "dropped" | "locked",
      number
    >);

/** Writes a record of one function. */
export type Logger = (record: LogRecord) => void;

// What the texts of a record are made of: ids, names of errors, places of our code. Nothing that is written so is a mail address, a JWT (two
// dots between long parts), a header, SQL or JSON.
const PLAIN = /^[\w .:/#-]{0,128}$/;
const SECRET = /(^|[^\w-])eyJ[\w-]{8,}|[\w-]{16,}\.[\w-]{16,}|\b(AKIA|ASIA)[A-Z0-9]{16}\b/;
const MASK = "[masked]";

// The second line behind the records' type: should a value of a caller's ever reach a record, it is not written.
function mask(_name: string, value: unknown): unknown {
  return typeof value === "string" && (!PLAIN.test(value) || SECRET.test(value)) ? MASK : value;
}

/**
 * A logger of the function's name. A text that is no plain word, and one that looks like a token or a key, is written as `[masked]`.
 * Why not AWS Powertools' logger: docs/decisions/0005-logger.md.
 *
 * @param functionName the name in the records, e.g. `orders`
 * @param write takes one line without its end. By default standard output, which Lambda sends to the function's log group
 */
export function createLogger(
  functionName: string,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Logger {
  return ({ level, event, requestId, ...rest }) =>
    write(JSON.stringify({ level, event, requestId, function: functionName, ...rest }, mask));
}

/**
 * What a log may hold of an unexpected error: its name and code, and the places of our code that it passed. Its message is left
 * out, because libraries quote their input in it.
 */
export function describeError(error: unknown): { error: string; at: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const code = (error as { code?: unknown }).code;
  // A name of another kind was put there by whoever made the error, perhaps of its input.
  const kind = /^([A-Z][A-Za-z0-9]{0,60})?(Error|Exception|Fault)$/.test(error.name) ? error.name : "Error";
  const name = typeof code === "string" && /^[A-Z0-9_]{1,64}$/.test(code) ? `${kind} ${code}` : kind;
  // The stack begins with the message, whose lines could look like places.
  const places = (error.stack ?? "").replace(error.message, "");
  const at = [
    ...places.matchAll(
      /^\s+at (?:async )?(?:[^\n(]*\()?[^\n)]*?(node:[\w/]+:\d+:\d+|[\w.-]+\.[cm]?[jt]s:\d+:\d+)\)?$/gm,
    ),
  ];
  return { error: name, at: at.slice(0, 5).map((match) => match[1] as string) };
}
