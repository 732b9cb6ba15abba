/**
 * Stands in for API Gateway's access log, which the emulator does not write: the exchanges that the front has seen are written to the log group of the
 * stage's deployed settings, in the stage's own format, with what the gateway and its authorizer said of them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */

import { GetStageCommand } from "@aws-sdk/client-api-gateway";
import { CreateLogStreamCommand, type InputLogEvent, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsClients } from "../clients.ts";
import { parseAddress } from "../edge/address.ts";
import type { Exchange } from "../front.ts";
import type { RequestContext, RequestContexts } from "./contexts.ts";
import type { StageName } from "./deployed.ts";

/** Log events that one call of PutLogEvents takes, well below its limit. */
const BATCH = 500;

/** Writes a stage's access log. */
export interface AccessLog {
  /**
   * Writes what was not written yet. Calls come one after the other.
   *
   * @returns the log group; undefined where the stage has no access log
   */
  write(): Promise<string | undefined>;
  /**
   * The lines that a log of another format would have of what was not written yet: for a stage that has no access log. They count as written.
   */
  lines(format: string): Promise<string[]>;
}

/**
 * @param exchanges what the front has recorded, oldest first
 * @param contexts what the gateway knows of them
 */
export function openAccessLog(
  clients: AwsClients,
  at: StageName,
  exchanges: () => readonly Exchange[],
  contexts: RequestContexts,
): AccessLog {
  const written = new WeakSet<Exchange>();
  const streams = new Set<string>();
  let working: Promise<unknown> = Promise.resolve();

  const fresh = async (): Promise<Exchange[]> => {
    const found = exchanges().filter((exchange) => reachedStage(exchange) && !written.has(exchange));
    // Told before the gateway answers, so that each exchange that is over has its own.
    await contexts.read();
    return found;
  };
  const line = (format: string, exchange: Exchange): string =>
    accessLogLine(format, exchange, contexts.of(exchange.requestId ?? ""));
  // Only what was written is forgotten.
  const done = (batch: readonly Exchange[]): void => {
    for (const exchange of batch) {
      written.add(exchange);
      contexts.forget(exchange.requestId ?? "");
    }
  };
  const write = async (): Promise<string | undefined> => {
    const { accessLogSettings } = await clients.apiGateway.send(new GetStageCommand(at));
    const { destinationArn, format } = accessLogSettings ?? {};
    const logGroupName = destinationArn?.split(":")[6];
    if (!logGroupName || !format) return undefined;
    const found = await fresh();
    const logStreamName = "access-log";
    if (found.length > 0 && !streams.has(logGroupName)) {
      await clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      streams.add(logGroupName);
    }
    for (let from = 0; from < found.length; from += BATCH) {
      const batch = found.slice(from, from + BATCH);
      const logEvents = batch.map(
        (exchange): InputLogEvent => ({
          timestamp: exchange.startedAt + exchange.durationMs,
          message: line(format, exchange),
        }),
      );
      await clients.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      done(batch);
    }
    return logGroupName;
  };
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const next = working.then(act, act);
    working = next.catch(() => {});
    return next;
  };
  return {
    write: () => inTurn(write),
    lines: (format) =>
      inTurn(async () => {
        const found = await fresh();
        const lines = found.map((exchange) => line(format, exchange));
        done(found);
        return lines;
      }),
  };
}

/**
 * Whether a request came to the stage, which alone has a log. What a web ACL ends did: it is the stage's. What is sent to an address that is not the
 * API's, or without its certificate, did not (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-monitor.html).
 */
function reachedStage({ requestId, layer, rule }: Exchange): boolean {
  return requestId !== undefined && (layer !== "gateway" || rule === "cache-invalidation");
}

/**
 * A line of the log. As API Gateway does, `-` stands for what is not known or does not apply.
 *
 * @param context what the gateway knows of the request; a request that a web ACL ended has none
 */
export function accessLogLine(format: string, exchange: Exchange, context: RequestContext = {}): string {
  const values = { ...context, ...seenByFront(exchange) };
  return format.replace(/\$context\.([A-Za-z]+(?:\.[A-Za-z0-9_]+)*)/g, (_all, name: string) => {
    const value = (Object.hasOwn(values, name) && values[name]) || "-";
    // The value stands between quotes that the format gives.
    return JSON.stringify(value).slice(1, -1);
  });
}

function seenByFront(exchange: Exchange): Record<string, string | undefined> {
  const { requestId, method, path, status, startedAt, durationMs, host, tls } = exchange;
  return {
    requestId,
    extendedRequestId: requestId,
    requestTimeEpoch: String(startedAt),
    requestTime: commonLogTime(new Date(startedAt)),
    httpMethod: method,
    path: path.split("?")[0],
    protocol: `HTTP/${exchange.httpVersion}`,
    domainName: host?.replace(/:\d+$/, ""),
    domainPrefix: host?.split(".")[0],
    tlsVersion: tls?.version,
    cipherSuite: tls?.cipher,
    status: String(status),
    ...(exchange.responseBytes !== undefined && { responseLength: String(exchange.responseBytes) }),
    responseLatency: String(Math.round(durationMs)),
    "identity.sourceIp": parseAddress(exchange.sourceIp ?? ""),
    "identity.userAgent": exchange.userAgent,
    ...firewallValues(exchange),
    ...cacheValues(exchange),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html, `WAF_FILTERED` */
function firewallValues({ layer, edgeMs, status }: Exchange): Record<string, string> {
  if (edgeMs === undefined) return {};
  const latency = { "waf.latency": String(Math.round(edgeMs)) };
  if (layer !== "edge") return { ...latency, wafResponseCode: "WAF_ALLOW", "waf.status": "200" };
  return {
    ...latency,
    wafResponseCode: "WAF_BLOCK",
    "waf.status": String(status),
    "error.responseType": "WAF_FILTERED",
    "error.message": "Forbidden",
  };
}

/** The sandbox's gateway asks the function each time, and gives an earlier answer in the place of its own; API Gateway does not ask. */
function cacheValues({ cache }: Exchange): Record<string, undefined> {
  if (cache !== "hit") return {};
  return Object.fromEntries(INTEGRATION.map((name) => [name, undefined]));
}

const INTEGRATION = [
  "awsEndpointRequestId",
  "integration.error",
  "integration.integrationStatus",
  "integration.latency",
  "integration.requestId",
  "integration.status",
  "integrationErrorMessage",
  "integrationLatency",
  "integrationStatus",
];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `10/Oct/2000:13:55:36 +0000`, the time of the common log format. */
function commonLogTime(time: Date): string {
  const [day, clock] = time.toISOString().slice(0, 19).split("T") as [string, string];
  const [year, month, date] = day.split("-") as [string, string, string];
  return `${date}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
}
