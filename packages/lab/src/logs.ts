import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { Exchange } from "./exchange.ts";
import { type LogEntry, parseFunctionLine, requestIdOf } from "./records.ts";
import type { RunningStage } from "./stage.ts";

/** Times that a missing record is asked for again, and the milliseconds in between: logs may follow the answer. */
const ATTEMPTS = 10;
const PAUSE_MS = 50;
/** The attempt from which on the functions are called once more, so that the emulator hands over lines it has kept. */
const FLUSH_FROM = 3;

/**
 * Reads what the stage itself logged about an attack's exchanges.
 *
 * @param target the function that serves the attack's operation
 * @param patient whether to wait for a record of each request: a verdict of `blocked` rests on it; weak has no such records
 */
export async function readRecords(
  stage: RunningStage,
  target: string,
  exchanges: readonly Exchange[],
  patient: boolean,
): Promise<LogEntry[]> {
  const attacks = exchanges.filter(({ purpose }) => purpose === "attack");
  const [first] = attacks;
  if (!first) return [];
  const records = await functionRecords(stage, target, attacks, patient ? ATTEMPTS : 1);
  records.push(...(await databaseRecords(stage, attacks)), ...wafRecords(stage, attacks));
  if (attacks.some(({ via }) => via === "aws")) {
    records.push(...(await trailRecords(stage, first.startedAt)), ...loginRecords(stage, first.startedAt));
  }
  return records.sort((left, right) => left.time - right.time);
}

/** The functions' records of the attack's requests, by API Gateway's request id. */
async function functionRecords(
  stage: RunningStage,
  target: string,
  attacks: readonly Exchange[],
  attempts: number,
): Promise<LogEntry[]> {
  const since = Math.min(...attacks.map(({ startedAt }) => startedAt));
  const ids = new Set(attacks.map(requestIdOf).filter((id) => id !== undefined));
  const stopped = new Set(
    stage.wafLog().map(({ action, httpRequest }) => (action === "ALLOW" ? "" : httpRequest.requestId)),
  );
  const awaited = attacks
    .filter(awaitsRecord)
    .map(requestIdOf)
    .filter((id) => id === undefined || !stopped.has(id));
  for (let attempt = 1; ; attempt += 1) {
    const groups = Object.values(stage.outputs.functions).map(({ logGroupName }) => logGroupName);
    const lines = await Promise.all([...new Set(groups)].map((group) => groupRecords(stage, group, since)));
    const records = lines.flat().filter(({ requestId }) => requestId !== undefined && ids.has(requestId));
    const complete = awaited.every((id) => records.some(({ requestId }) => requestId === id));
    if (complete || attempt === attempts) return records;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (attempt >= FLUSH_FROM) await Promise.all([flush(stage, "authorizer"), flush(stage, target)]);
  }
}

/**
 * Calls a function past the gateway, with a request that no operation answers. The emulator collects a function's lines for at
 * most 50 ms after its answer; a line that came later is handed over with the next call.
 */
async function flush(stage: RunningStage, name: string): Promise<void> {
  const event = { httpMethod: "GET", resource: "/lab", methodArn: "", requestContext: { requestId: "lab-flush" } };
  const FunctionName = stage.outputs.functions[name]?.functionName;
  if (FunctionName === undefined) return;
  const Payload = JSON.stringify(event);
  try {
    await stage.clients.lambda.send(new InvokeCommand({ FunctionName, Qualifier: "live", Payload }));
  } catch {
    // A stage without aliases, such as weak, has no records to wait for.
  }
}

/** What the gateway answered itself needs no function's record. */
function awaitsRecord(exchange: Exchange): boolean {
  return exchange.via !== "aws" && exchange.response.headers["x-amzn-errortype"] === undefined;
}

async function groupRecords(stage: RunningStage, logGroupName: string, startTime: number): Promise<LogEntry[]> {
  try {
    const { events = [] } = await stage.clients.logs.send(
      new FilterLogEventsCommand({ logGroupName, startTime: startTime - 1, limit: 1000 }),
    );
    return events.flatMap(({ message = "", timestamp = 0 }) => parseFunctionLine(message.trim(), timestamp) ?? []);
  } catch (error) {
    // Lambda makes a group with its first line: a function that was never called has none.
    if (error instanceof Error && error.name === "ResourceNotFoundException") return [];
    throw error;
  }
}

/**
 * The statements of the functions that the server's general log holds (MariaDB and MySQL: table mysql.general_log), without the
 * lab's own, which are root's.
 */
async function databaseRecords(stage: RunningStage, attacks: readonly Exchange[]): Promise<LogEntry[]> {
  const from = Math.min(...attacks.map(({ startedAt }) => startedAt));
  const to = Math.max(...attacks.map(({ endedAt }) => endedAt));
  const rows = await stage.database.query(
    "SELECT UNIX_TIMESTAMP(event_time) * 1000 AS time, command_type AS event, CONVERT(argument USING utf8mb4) AS text " +
      "FROM mysql.general_log WHERE command_type IN ('Execute', 'Query') AND user_host NOT LIKE 'root[%' " +
      "AND event_time BETWEEN FROM_UNIXTIME(?) AND FROM_UNIXTIME(?) AND LENGTH(argument) < 20000",
    [(from - 1) / 1000, (to + 1) / 1000],
  );
  return rows.map(({ time, event, text }) => ({
    source: "database" as const,
    time: Number(time),
    event: String(event),
    text: String(text),
  }));
}

/** What the firewall logged of the attack's requests that it ended, by the id that its answer carries. */
function wafRecords(stage: RunningStage, attacks: readonly Exchange[]): LogEntry[] {
  const ids = new Set(attacks.map(requestIdOf));
  return stage.wafLog().flatMap((record) => {
    const { timestamp: time, terminatingRuleId, action, httpRequest } = record;
    if (action === "ALLOW" || !ids.has(httpRequest.requestId)) return [];
    const event = `${action} ${terminatingRuleId}`;
    return [{ source: "waf" as const, time, requestId: httpRequest.requestId, event, text: JSON.stringify(record) }];
  });
}

/** AWS's codes for who may not make a call, and for code that nobody trusted has signed. */
const REFUSED = /^(AccessDenied|CodeVerificationFailed|InvalidCodeSignature)/;

/** AWS's audit trail of calls that were refused. */
async function trailRecords(stage: RunningStage, since: number): Promise<LogEntry[]> {
  const { Events = [] } = await stage.clients.cloudTrail.send(new LookupEventsCommand({ MaxResults: 50 }));
  return Events.flatMap(({ CloudTrailEvent: text = "{}", EventTime }) => {
    const { errorCode, eventName = "" } = JSON.parse(text) as { errorCode?: string; eventName?: string };
    const time = EventTime?.getTime() ?? 0;
    // CloudTrail's times are whole seconds.
    if (!REFUSED.test(errorCode ?? "") || time < since - 1000) return [];
    return [{ source: "cloudtrail" as const, time, event: eventName, text }];
  });
}

/** Logins that the database refused. */
function loginRecords(stage: RunningStage, since: number): LogEntry[] {
  return stage.database.refusedLogins().flatMap((login) => {
    if (login.time < since - 1) return [];
    return [{ source: "database" as const, time: login.time, event: "connect", text: JSON.stringify(login) }];
  });
}
