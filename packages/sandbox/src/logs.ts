import { type Event, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsClients } from "./clients.ts";

/** One line of a function's log. */
export interface LogLine {
  /** Milliseconds since 1970. */
  timestamp: number;
  message: string;
  /** The line's JSON object; undefined when it is none (Lambda's own START, END and REPORT lines). */
  record: Record<string, unknown> | undefined;
}

/** A call that IAM refused, as CloudTrail recorded it. */
export interface DeniedCall {
  /** Milliseconds since 1970, of a whole second: CloudTrail's times have no fraction. */
  timestamp: number;
  /** The action, as `secretsmanager:GetSecretValue`. */
  action: string;
  /** The caller's ARN, an assumed role's for a function. */
  principalArn: string;
  message: string;
}

/**
 * Reads a log group's lines since a time, oldest first.
 *
 * @param since Milliseconds since 1970.
 * @returns No line when the log group does not exist: Lambda makes it with the first one.
 */
export async function readLogs(clients: AwsClients, logGroupName: string, since = 0): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  let nextToken: string | undefined;
  do {
    const page = await clients.logs
      .send(new FilterLogEventsCommand({ logGroupName, startTime: since, nextToken }))
      .catch((error: Error) => {
        if (error.name === "ResourceNotFoundException") return { events: [], nextToken: undefined };
        throw error;
      });
    for (const { timestamp = 0, message = "" } of page.events ?? []) {
      lines.push({ timestamp, message, record: jsonObject(message) });
    }
    nextToken = page.nextToken;
  } while (nextToken);
  return lines;
}

/** The JSON records of a log group since a time: what our functions write, without the platform's lines. */
export async function readRecords(
  clients: AwsClients,
  logGroupName: string,
  since = 0,
): Promise<Record<string, unknown>[]> {
  const lines = await readLogs(clients, logGroupName, since);
  return lines.flatMap(({ record }) => (record ? [record] : []));
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads from CloudTrail the calls that IAM refused since a time, oldest first.
 *
 * @param since Milliseconds since 1970; the second it lies in counts whole.
 */
export async function readDenied(clients: AwsClients, since = 0): Promise<DeniedCall[]> {
  const from = Math.floor(since / 1000) * 1000;
  const denied: DeniedCall[] = [];
  let NextToken: string | undefined;
  do {
    const page = await clients.cloudTrail.send(new LookupEventsCommand({ StartTime: new Date(from), NextToken }));
    for (const event of page.Events ?? []) {
      const call = deniedCall(event);
      if (call && call.timestamp >= from) denied.push(call);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return denied.sort((a, b) => a.timestamp - b.timestamp);
}

function deniedCall({ CloudTrailEvent, EventTime, EventName }: Event): DeniedCall | undefined {
  const event = JSON.parse(CloudTrailEvent ?? "{}");
  if (!/AccessDenied|UnauthorizedOperation/.test(event.errorCode ?? "")) return undefined;
  const service = String(event.eventSource ?? "").replace(/\.amazonaws\.com$/, "");
  return {
    timestamp: EventTime?.getTime() ?? 0,
    action: `${service}:${EventName ?? ""}`,
    principalArn: event.userIdentity?.arn ?? "",
    message: event.errorMessage ?? "",
  };
}
