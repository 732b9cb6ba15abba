/**
 * Stands in for API Gateway's access log, which the emulator does not write: the exchanges that the front has seen are written to the log group of the
 * stage's deployed settings, in the stage's own format. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */

import { GetStageCommand } from "@aws-sdk/client-api-gateway";
import { CreateLogStreamCommand, type InputLogEvent, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsClients } from "../clients.ts";
import type { Exchange } from "../front.ts";
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
}

/** @param exchanges what the front has recorded, oldest first */
export function openAccessLog(clients: AwsClients, at: StageName, exchanges: () => readonly Exchange[]): AccessLog {
  const written = new WeakSet<Exchange>();
  const streams = new Set<string>();
  let working: Promise<unknown> = Promise.resolve();

  const write = async (): Promise<string | undefined> => {
    const { accessLogSettings } = await clients.apiGateway.send(new GetStageCommand(at));
    const { destinationArn, format } = accessLogSettings ?? {};
    const logGroupName = destinationArn?.split(":")[6];
    if (!logGroupName || !format) return undefined;
    const fresh = exchanges().filter((exchange) => exchange.requestId !== undefined && !written.has(exchange));
    const logStreamName = "access-log";
    if (fresh.length > 0 && !streams.has(logGroupName)) {
      await clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      streams.add(logGroupName);
    }
    for (let from = 0; from < fresh.length; from += BATCH) {
      const batch = fresh.slice(from, from + BATCH);
      const logEvents: InputLogEvent[] = batch.map((exchange) => ({
        timestamp: exchange.startedAt + exchange.durationMs,
        message: accessLogLine(format, exchange),
      }));
      await clients.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      for (const exchange of batch) written.add(exchange);
    }
    return logGroupName;
  };
  return {
    write: () => {
      const next = working.then(write, write);
      working = next.catch(() => {});
      return next;
    },
  };
}

/** A line of the log. As API Gateway does, `-` stands for what is not known: here, all that the emulator's gateway keeps to itself. */
export function accessLogLine(format: string, exchange: Exchange): string {
  const { requestId = "-", method, path, status, startedAt, durationMs, gatewayErrorType, layer } = exchange;
  const known: Record<string, string> = {
    requestId,
    extendedRequestId: requestId,
    requestTimeEpoch: String(startedAt),
    requestTime: new Date(startedAt).toUTCString(),
    httpMethod: method,
    path: path.split("?")[0] as string,
    status: String(status),
    responseLatency: String(durationMs),
    "error.responseType": gatewayErrorType ?? "-",
    "waf.status": layer === "edge" ? String(status) : "-",
    wafResponseCode: layer === "edge" ? "WAF_BLOCK" : "-",
  };
  return format.replace(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_all, name: string) => {
    const value = known[name] ?? "-";
    // The value stands between quotes that the format gives.
    return JSON.stringify(value).slice(1, -1);
  });
}
