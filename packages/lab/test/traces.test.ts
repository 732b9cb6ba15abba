import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { LogEntry } from "../src/records.ts";
import { type AttackSpan, collectTraces } from "../src/traces.ts";
import type { StageWatch } from "../src/watch.ts";
import { type FakeCommand, fakeStage } from "./fake-stage.ts";

const ACCESS = "api-access-log";
const FINDINGS = "/aws/events/findings";
const BUCKET = "audit-logs";
const KEY = "AWSLogs/1/CloudTrail/file.json.gz";

const span = (from: number, to: number, requestIds: string[] = [], records: LogEntry[] = []): AttackSpan => ({
  from,
  to,
  requestIds: new Set(requestIds),
  records,
});

/** A call of a role's session, recorded at a time. */
const call = (eventID: string, eventName: string, more: object = {}) => ({
  eventID,
  eventName,
  eventSource: "lambda.amazonaws.com",
  eventTime: "1970-01-01T00:00:01Z",
  userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::1:assumed-role/orders-role/session" },
  ...more,
});

interface Kept {
  access?: string[];
  findings?: object[];
  /** Deliveries one after the other: records, with the times at which they were recorded. */
  trail?: { records: ReturnType<typeof call>[]; times: Record<string, number> }[];
}

/** A stage whose places hold what the test says. */
function watched({ access, findings, trail = [] }: Kept) {
  const deliveries = [...trail];
  const files = new Map<string, Buffer>();
  const watch: StageWatch = {
    ...(findings && { account: { findingLogGroupName: FINDINGS } as NonNullable<StageWatch["account"]> }),
    deliverAccessLog: async () => (access === undefined ? undefined : ACCESS),
    deliverTrails: async () => {
      const next = deliveries.shift();
      if (next === undefined) return [];
      const key = `${KEY}-${files.size}`;
      files.set(key, gzipSync(JSON.stringify({ Records: next.records })));
      const times = new Map(Object.entries(next.times));
      return [{ trailArn: "arn", bucket: BUCKET, keys: [key], records: next.records.length, times }];
    },
    calls: async () => [],
    mail: async () => undefined,
  };
  const command = ({ name, input }: FakeCommand) => {
    if (name === "GetObject") {
      return { Body: { transformToByteArray: async () => files.get(String(input.Key)) } };
    }
    const messages = input.logGroupName === ACCESS ? access : findings?.map((each) => JSON.stringify(each));
    return { events: (messages ?? []).map((message, index) => ({ message, timestamp: 1000 + index })) };
  };
  const stage = { ...fakeStage({ command }), watch };
  const collector = collectTraces(stage);
  if (collector === undefined) throw new Error("the stage is watched");
  return collector;
}

test("of a stage that nobody watches nothing is collected", () => {
  expect(collectTraces(fakeStage())).toBeUndefined();
});

test("an attack that is told of nowhere has no trace", async () => {
  expect(await watched({}).traces([span(0, 9999, ["r1"]), span(0, 9999)])).toEqual([[], []]);
});

test("a line of the access log belongs to the attack whose request it names", async () => {
  const line = (requestId: string, status = 403) => JSON.stringify({ requestId, method: "GET", status });
  const collector = watched({ access: [line("r1"), line("r2"), line("r1"), line("r3", 200), "no JSON", "{}"] });
  expect(await collector.traces([span(0, 0, ["r1"]), span(0, 0, ["r3", "r4"])])).toEqual([
    [{ source: "access log", where: ACCESS, event: "GET 403", id: "r1", time: "1970-01-01T00:00:01.000Z", count: 2 }],
    [{ source: "access log", where: ACCESS, event: "GET 200", id: "r3", time: "1970-01-01T00:00:01.003Z", count: 1 }],
  ]);
});

test("of the lab's records those count that the stage keeps: its functions' and its firewall's", async () => {
  const entry = (source: LogEntry["source"], event: string, text: object, more: Partial<LogEntry> = {}): LogEntry => ({
    source,
    event,
    time: 5,
    text: JSON.stringify(text),
    ...more,
  });
  const records = [
    entry(
      "function",
      "denied",
      { function: "orders" },
      { requestId: "r1", layer: "function", defence: "company-check" },
    ),
    entry("function", "served", { function: "unknown" }),
    entry("waf", "BLOCK sql-injection", { webaclId: "arn:acl" }, { requestId: "r2", time: 4 }),
    // A report cuts long records.
    { ...entry("waf", "BLOCK geo", {}), text: '{"httpRequest":{"headers":[{"name"' },
    entry("database", "Execute", {}),
    entry("browser", "securitypolicyviolation", {}),
    entry("gateway", "UnauthorizedException", {}),
    entry("answer", "x", {}),
    entry("cloudtrail", "GetSecretValue", {}),
  ];
  const time = "1970-01-01T00:00:00.005Z";
  expect(await watched({}).traces([span(0, 0, [], records)])).toEqual([
    [
      {
        source: "firewall log",
        where: "arn:acl",
        event: "BLOCK sql-injection",
        id: "r2",
        time: "1970-01-01T00:00:00.004Z",
        count: 1,
      },
      {
        source: "function log",
        where: "/aws/lambda/orders-1",
        event: "orders: denied by function:company-check",
        id: "r1",
        time,
        count: 1,
      },
      { source: "function log", where: "unknown", event: "unknown: served", time, count: 1 },
      { source: "firewall log", where: "the web ACL", event: "BLOCK geo", time, count: 1 },
    ],
  ]);
});

describe("the audit trail", () => {
  test("tells of an attack's calls by when they were recorded, which is finer than what the file says", async () => {
    const records = [call("e1", "GetFunction"), call("e2", "UpdateFunctionCode", { errorCode: "AccessDenied" })];
    const collector = watched({ trail: [{ records, times: { e1: 1100, e2: 1200 } }] });
    await collector.collect();
    const [first, second, third] = await collector.traces([span(1000, 1150), span(1151, 1250), span(1251, 1999)]);
    expect(first).toMatchObject([{ source: "audit trail", event: "lambda:GetFunction by orders-role", id: "e1" }]);
    expect(second).toEqual([
      {
        source: "audit trail",
        where: `${BUCKET}/${KEY}-0`,
        event: "lambda:UpdateFunctionCode by orders-role, AccessDenied",
        id: "e2",
        time: "1970-01-01T00:00:01.200Z",
        count: 1,
      },
    ]);
    expect(third).toEqual([]);
  });

  test("every delivery counts, and what is not known to the millisecond has the file's time", async () => {
    const collector = watched({
      trail: [
        { records: [call("e1", "A")], times: { e1: 1000 } },
        { records: [call("e2", "A"), call("e3", "B")], times: { e2: 1001 } },
      ],
    });
    await collector.collect();
    const [found] = await collector.traces([span(1000, 1001)]);
    expect(found).toMatchObject([
      { event: "lambda:A by orders-role", id: "e1", count: 2 },
      { event: "lambda:B by orders-role", id: "e3", time: "1970-01-01T00:00:01.000Z" },
    ]);
  });

  test("says nothing of the lab's own calls, and of the delivery", async () => {
    const own = [
      call("e1", "A", { userIdentity: { type: "Root", arn: "arn:aws:iam::1:root" } }),
      call("e2", "B", { userIdentity: { type: "AWSService" } }),
      call("e3", "InitiateAuth", { userIdentity: { type: "Unknown" } }),
    ];
    const collector = watched({ trail: [{ records: own, times: { e1: 1, e2: 1, e3: 1 } }] });
    expect((await collector.traces([span(0, 2)]))[0]?.map(({ event }) => event)).toEqual([
      "lambda:InitiateAuth by nobody",
    ]);
  });

  test("of a great many kinds of calls the report shows some", async () => {
    const records = Array.from({ length: 40 }, (_, index) => call(`e${index}`, `Call${index}`));
    const times = Object.fromEntries(records.map(({ eventID }, index) => [eventID, index]));
    const [found] = await watched({ trail: [{ records, times }] }).traces([span(0, 99)]);
    expect(found).toHaveLength(25);
  });
});

test("a finding in an attack's time is its trace", async () => {
  const findings = [{ detail: { type: "T", id: "f1" } }, { detail: {} }, {}, { detail: { type: "U" } }];
  const [found] = await watched({ findings }).traces([span(1000, 1003)]);
  expect(found).toEqual([
    { source: "finding", where: FINDINGS, event: "T", id: "f1", time: "1970-01-01T00:00:01.000Z", count: 1 },
    { source: "finding", where: FINDINGS, event: "U", time: "1970-01-01T00:00:01.003Z", count: 1 },
  ]);
});
