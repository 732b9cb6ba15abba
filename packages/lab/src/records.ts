import type { Exchange } from "./exchange.ts";

/** One record of the run's own logs, whoever wrote it. */
export interface LogEntry {
  /**
   * `function`: a function's log group (the authorizer's too). `gateway`: the error type of API Gateway's own answer.
   * `database`: the server's statement log. `browser`: a report of the browser. `cloudtrail`: AWS's audit trail.
   * `waf`: the firewall's log. `answer`: no log, but what stands in the answer itself.
   */
  readonly source: "function" | "gateway" | "database" | "browser" | "cloudtrail" | "waf" | "answer";
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** API Gateway's id of the request, where the record has one. */
  readonly requestId?: string;
  /** What happened, in the writer's word, e.g. `denied`, `UnauthorizedException`, `Execute`, `ListSecrets`. */
  readonly event: string;
  /** The layer and the defence that the record names: of a refusal, what held; of a failure, what keeps it to itself. */
  readonly layer?: string;
  readonly defence?: string;
  /** The record as it was written, for the report. */
  readonly text: string;
}

/** API Gateway's id of a request, as its answer carries it. */
export function requestIdOf(exchange: Exchange): string | undefined {
  return exchange.response.headers["x-amzn-requestid"];
}

/** Parses one line of a function's log; undefined for lines that are not records (docs/architecture.md, "Log records"). */
export function parseFunctionLine(line: string, time: number): LogEntry | undefined {
  if (!line.startsWith("{")) return undefined;
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const { event, requestId, layer, defence } = record;
  if (typeof event !== "string" || typeof record.level !== "string") return undefined;
  return {
    source: "function",
    time,
    event,
    text: line,
    ...(typeof requestId === "string" ? { requestId } : {}),
    ...(typeof layer === "string" ? { layer } : {}),
    ...(typeof defence === "string" ? { defence } : {}),
  };
}

/** The record that API Gateway's answer is: the error type that only it sets. */
export function gatewayEntry(exchange: Exchange): LogEntry | undefined {
  const type = exchange.response.headers["x-amzn-errortype"];
  if (exchange.via === "aws" || type === undefined) return undefined;
  const requestId = requestIdOf(exchange);
  return {
    source: "gateway",
    time: exchange.endedAt,
    event: type,
    text: `${exchange.response.status} ${type} ${exchange.request.method} ${exchange.request.path.slice(0, 120)}`,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** The reports of a browser. */
export function browserEntries(exchange: Exchange): LogEntry[] {
  return (exchange.browser?.violations ?? []).map((text) => ({
    source: "browser",
    time: exchange.endedAt,
    event: "securitypolicyviolation",
    text,
  }));
}
