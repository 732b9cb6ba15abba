/**
 * What an attack left behind, where an operator would look: the access log, the functions' logs, the firewall's log, the audit trail's files and the log of
 * findings. Only what was found there counts; where nothing was, the report says "no trace".
 */

import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { type DeliveredTrail, readLogs, type TrailRecord } from "@palisade/sandbox";
import type { LogEntry } from "./records.ts";
import type { RunningStage } from "./stage.ts";

const unzip = promisify(gunzip);

/** Something that an attack left behind. */
export interface Trace {
  readonly source: "access log" | "function log" | "firewall log" | "audit trail" | "finding";
  /** The log group, or the bucket and key, that it is in. */
  readonly where: string;
  /** What it says happened. */
  readonly event: string;
  /** API Gateway's id of the request, CloudTrail's of the event or GuardDuty's of the finding, by which it is found again. */
  readonly id?: string;
  /** ISO 8601. */
  readonly time: string;
  /** How many say the same. */
  readonly count: number;
}

/** The time and the requests of an attack. */
export interface AttackSpan {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** API Gateway's ids of the attack's requests. */
  readonly requestIds: ReadonlySet<string>;
  /** The records that the lab read of the attack. */
  readonly records: readonly LogEntry[];
}

/** A place of traces, and the time that belongs to it where it is known to the millisecond. */
interface Found extends Omit<Trace, "count" | "time"> {
  readonly at: number;
}

/** The most traces of one kind that a report shows of an attack. */
const MOST = 25;

/** Collects what a run leaves behind. */
export interface TraceCollector {
  /** Takes what was delivered so far: the emulator forgets the oldest calls. */
  collect(): Promise<void>;
  /** The traces of each attack. Call it when all of them are over. */
  traces(spans: readonly AttackSpan[]): Promise<Trace[][]>;
}

/** @returns undefined where nobody watches the stage */
export function collectTraces(stage: RunningStage): TraceCollector | undefined {
  const { watch, clients } = stage;
  if (watch === undefined) return undefined;
  const calls: Found[] = [];
  const collect = async (): Promise<void> => {
    for (const delivered of await watch.deliverTrails()) calls.push(...(await readTrail(stage, delivered)));
  };
  return {
    collect,
    traces: async (spans) => {
      await collect();
      const accessLog = await watch.deliverAccessLog();
      const lines = accessLog === undefined ? [] : await readLogs(clients, accessLog);
      const requests = lines.flatMap(({ record, timestamp }): Found[] => {
        const { requestId: id, method, status } = record ?? {};
        if (accessLog === undefined || typeof id !== "string") return [];
        return [{ source: "access log", where: accessLog, event: `${method} ${status}`, id, at: timestamp }];
      });
      const findings = await readFindings(stage);
      return spans.map((span) => [
        ...together(requests.filter(({ id = "" }) => span.requestIds.has(id))),
        ...together(span.records.flatMap((entry) => ofRecord(stage, entry))),
        ...together(calls.filter((found) => within(found, span))),
        ...together(findings.filter((found) => within(found, span))),
      ]);
    },
  };
}

function within({ at }: Found, { from, to }: AttackSpan): boolean {
  return at >= from && at <= to;
}

/** Those that say the same as one, oldest first, and no more than can be read. */
function together(found: readonly Found[]): Trace[] {
  const traces = new Map<string, { first: Found; count: number }>();
  for (const each of [...found].sort((left, right) => left.at - right.at)) {
    const key = `${each.source} ${each.event}`;
    const before = traces.get(key);
    if (before === undefined) traces.set(key, { first: each, count: 1 });
    else before.count++;
  }
  return [...traces.values()].slice(0, MOST).map(({ first: { at, ...first }, count }) => ({
    ...first,
    time: new Date(at).toISOString(),
    count,
  }));
}

/** What of the lab's own records is kept by the stage: the lab's answers, its browser and its database log are not. */
function ofRecord(stage: RunningStage, { source, text, requestId, event, layer, defence, time }: LogEntry): Found[] {
  const id = requestId === undefined ? {} : { id: requestId };
  if (source === "waf") {
    return [{ source: "firewall log", where: member(text, "webaclId") ?? "the web ACL", event, ...id, at: time }];
  }
  if (source !== "function") return [];
  const name = member(text, "function") ?? "";
  const where = stage.outputs.functions[name]?.logGroupName ?? name;
  const what = defence === undefined ? event : `${event} by ${layer}:${defence}`;
  return [{ source: "function log", where, event: `${name}: ${what}`, ...id, at: time }];
}

/** A member of a record, whose text a report has cut. */
function member(text: string, name: string): string | undefined {
  return new RegExp(`"${name}":"([^"\\\\]*)"`).exec(text)?.[1];
}

/** The calls in the log files of a trail, but those of the account's root, which is the lab itself. */
async function readTrail({ clients }: RunningStage, { bucket, keys, times }: DeliveredTrail): Promise<Found[]> {
  const files = await Promise.all(
    keys.map(async (Key) => {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const text = await unzip((await Body?.transformToByteArray()) ?? new Uint8Array());
      const { Records } = JSON.parse(String(text)) as { Records: TrailRecord[] };
      return Records.flatMap((record): Found[] => {
        const { type, arn } = record.userIdentity;
        if (type === "Root" || type === "AWSService") return [];
        const refused = record.errorCode === undefined ? "" : `, ${record.errorCode}`;
        const by = arn?.split("/").slice(-2)[0] ?? "nobody";
        const event = `${record.eventSource.split(".")[0]}:${record.eventName} by ${by}${refused}`;
        const at = times.get(record.eventID) ?? Date.parse(record.eventTime);
        return [{ source: "audit trail", where: `${bucket}/${Key}`, event, id: record.eventID, at }];
      });
    }),
  );
  return files.flat();
}

async function readFindings({ watch, clients }: RunningStage): Promise<Found[]> {
  const group = watch?.account?.findingLogGroupName;
  if (group === undefined) return [];
  return (await readLogs(clients, group)).flatMap(({ record, timestamp }): Found[] => {
    const { type, id } = (record?.detail ?? {}) as { type?: string; id?: string };
    return type === undefined
      ? []
      : [{ source: "finding", where: group, event: type, ...(id && { id }), at: timestamp }];
  });
}
