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
  /** Milliseconds since 1970. */
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
 * @param since Milliseconds since 1970.
 */
export async function readDenied(clients: AwsClients, since = 0): Promise<DeniedCall[]> {
  const events = new Map<string, Event>();
  let until: Date | undefined;
  for (;;) {
    const { Events = [] } = await clients.cloudTrail.send(
      new LookupEventsCommand({ StartTime: new Date(since), EndTime: until }),
    );
    const before = events.size;
    for (const event of Events) events.set(event.EventId as string, event);
    // Newest first, at most 50, and the emulator gives no token: the next page ends where this one begins.
    if (Events.length < 50 || events.size === before) break;
    until = Events.at(-1)?.EventTime;
  }
  return [...events.values()].flatMap(deniedCall).sort((a, b) => a.timestamp - b.timestamp);
}

function deniedCall({ CloudTrailEvent, EventTime, EventName }: Event): DeniedCall[] {
  const event = JSON.parse(CloudTrailEvent ?? "{}");
  if (!/AccessDenied|UnauthorizedOperation/.test(event.errorCode ?? "")) return [];
  const service = String(event.eventSource).replace(/\.amazonaws\.com$/, "");
  return [
    {
      timestamp: EventTime?.getTime() ?? 0,
      action: `${service}:${EventName}`,
      principalArn: event.userIdentity.arn,
      message: event.errorMessage,
    },
  ];
}
