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
      dependency: string;
      error: string;
      at: string[];
    }
  // A message of a queue: it stays there.
  | { level: "ERROR"; event: "undelivered"; requestId: string; what: "finding"; error: string; at: string[] }
  // The request was answered as it should be; what is to be looked at is a write beside it.
  | { level: "ERROR"; event: "unwritten"; requestId: string; what: "idempotency"; error: string; at: string[] }
  | ({ level: "INFO"; event: "migrated"; requestId: string; version: number; applied: number } & Record<
      "users" | "withdrawn" | "dropped" | "locked",
      number
    >);

/** Writes a record of one function. */
export type Logger = (record: LogRecord) => void;

/**
 * A logger of the function's name.
 *
 * @param functionName the name in the records, e.g. `orders`
 * @param write takes one line without its end. By default standard output, which Lambda sends to the function's log group
 */
export function createLogger(
  functionName: string,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Logger {
  return ({ level, event, requestId, ...rest }) =>
    write(JSON.stringify({ level, event, requestId, function: functionName, ...rest }));
}

/**
 * What a log may hold of an unexpected error: its name and code, and the places of our code that it passed. Its message is left
 * out, because libraries quote their input in it.
 */
export function describeError(error: unknown): { error: string; at: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const code = (error as { code?: unknown }).code;
  const name = typeof code === "string" && /^[A-Z0-9_]+$/.test(code) ? `${error.name} ${code}` : error.name;
  // The stack begins with the message, whose lines could look like places.
  const places = (error.stack ?? "").replace(error.message, "");
  const at = [...places.matchAll(/^\s+at (?:async )?(?:[^\n(]*\()?[^\n)]*?([\w.-]+:\d+:\d+)\)?$/gm)];
  return { error: name, at: at.slice(0, 5).map((match) => match[1] as string) };
}
