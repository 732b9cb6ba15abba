import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { auditLine, type GeneralLogRow, namedQueries, writeRaw } from "../../src/analytics/index.ts";
import type { AwsClients } from "../../src/clients.ts";
import type { WafLogRecord } from "../../src/edge/index.ts";

const ROW: GeneralLogRow = {
  micros: 1_767_603_600_000_001,
  userHost: "orders[orders] @ localhost [127.0.0.1]",
  thread: 4,
  command: "Query",
  argument: "SELECT 'it''s'\nFROM orders",
};

test.each([
  [{}, "1767603600000001,sandbox,orders,127.0.0.1,4,9,QUERY,,'SELECT \\'it\\'\\'s\\'\\nFROM orders',0"],
  [
    { command: "Connect", userHost: "[catalog] @  [10.0.0.1]" },
    "1767603600000001,sandbox,catalog,10.0.0.1,4,9,CONNECT,,,0",
  ],
  [{ command: "Quit", userHost: "nobody knows" }, "1767603600000001,sandbox,,,4,9,DISCONNECT,,,0"],
])("a row of the general log is a line of Aurora's audit log: %j", (changed, line) => {
  expect(auditLine({ ...ROW, ...changed }, 9)).toEqual([line]);
});

test("what Aurora does not audit is no line", () => {
  expect(auditLine({ ...ROW, command: "Prepare" }, 9)).toEqual([]);
});

test("each source is written as AWS delivers it, and counted; one without records is absent", async () => {
  const folder = await mkdtemp(join(tmpdir(), "palisade-raw-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const event = {
    eventName: "GetItem",
    eventSource: "dynamodb.amazonaws.com",
    eventID: "00000000-0000-4000-8000-000000000001",
    eventTime: "2026-01-05T09:00:00Z",
    userIdentity: {},
  };
  const Events = [{ EventId: "1", EventTime: new Date(), CloudTrailEvent: JSON.stringify(event) }];
  const clients = { cloudTrail: { send: async () => ({ Events }) } } as unknown as AwsClients;
  const written = await writeRaw(
    {
      identity: { accountId: "123456789012", partition: "aws", region: "us-east-1" },
      clients,
      accessLog: ['{"requestId":"one","principalId":"ann"}'],
      wafLog: [{ action: "BLOCK" } as WafLogRecord],
    },
    folder,
  );
  expect(written).toEqual({
    sources: {
      cloudtrail: join(folder, "cloudtrail"),
      "api-access": join(folder, "api-access"),
      waf: join(folder, "waf"),
    },
    written: { cloudtrail: 1, "api-access": 1, waf: 1 },
  });
  const line = JSON.parse(gunzipSync(await readFile(join(folder, "waf/waf.json.gz"))).toString());
  expect(line).toMatchObject({ messageType: "DATA_MESSAGE", logEvents: [{ message: '{"action":"BLOCK"}' }] });
  const access = JSON.parse(gunzipSync(await readFile(join(folder, "api-access/access.json.gz"))).toString());
  expect(access).toMatchObject({ logEvents: [{ message: '{"requestId":"one","principalId":"ann"}' }] });
  const none = {
    identity: { accountId: "1", partition: "aws", region: "r" },
    accessLog: [],
    wafLog: [],
  };
  const quiet = { cloudTrail: { send: async () => ({}) } } as unknown as AwsClients;
  const audited = await writeRaw({ ...none, clients: quiet, generalLog: [ROW] }, folder);
  expect(audited.written).toEqual({ "database-audit": 1 });
});

test("each named query begins with what it answers", () => {
  for (const sql of Object.values(namedQueries())) expect(sql).toMatch(/^-- [A-Z][^\n]+\nSELECT|^-- [A-Z][^\n]+\nWITH/);
});
