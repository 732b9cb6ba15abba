import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import {
  accessRecord,
  auditLine,
  type GeneralLogRow,
  namedQueries,
  routesOf,
  writeRaw,
} from "../../src/analytics/index.ts";
import type { AwsClients } from "../../src/clients.ts";
import type { WafLogRecord } from "../../src/edge/index.ts";
import type { Exchange } from "../../src/front.ts";

const OPERATIONS = routesOf({
  paths: {
    "/orders": { post: { operationId: "placeOrder" } },
    "/orders/{orderId}": { get: { operationId: "getOrder" }, parameters: {} },
  },
});
const EXCHANGE: Exchange = {
  requestId: "one",
  method: "GET",
  path: "/orders/7?token=secret",
  status: 403,
  startedAt: 1_767_603_600_000,
  durationMs: 12.6,
  gatewayErrorType: "AccessDeniedException",
};
const ROW: GeneralLogRow = {
  micros: 1_767_603_600_000_001,
  userHost: "orders[orders] @ localhost [127.0.0.1]",
  thread: 4,
  command: "Query",
  argument: "SELECT 'it''s'\nFROM orders",
};

test("an exchange is a line of the access log: the route with its variables, and no query string", () => {
  expect(OPERATIONS).toEqual([
    { operationId: "placeOrder", method: "POST", path: "/orders" },
    { operationId: "getOrder", method: "GET", path: "/orders/{orderId}" },
  ]);
  const record = accessRecord(EXCHANGE, OPERATIONS);
  expect(record).toEqual({
    requestId: "one",
    time: "1767603600000",
    sourceIp: "-",
    method: "GET",
    resourcePath: "/orders/{orderId}",
    operation: "getOrder",
    protocol: "HTTP/1.1",
    status: "403",
    errorType: "AccessDeniedException",
    responseMilliseconds: "13",
    principalId: "-",
  });
  expect(JSON.stringify(record)).not.toContain("secret");
  const unknown = accessRecord({ ...EXCHANGE, path: "/orders/7/8", gatewayErrorType: undefined }, OPERATIONS);
  expect(unknown).toMatchObject({ resourcePath: "-", operation: "-", errorType: "-" });
});

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
      // What the edge ended, and what got no answer, is in no access log.
      exchanges: [EXCHANGE, { ...EXCHANGE, layer: "edge" }, { ...EXCHANGE, requestId: undefined }],
      wafLog: [{ action: "BLOCK" } as WafLogRecord],
      operations: OPERATIONS,
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
  const none = {
    identity: { accountId: "1", partition: "aws", region: "r" },
    exchanges: [],
    wafLog: [],
    operations: [],
  };
  const quiet = { cloudTrail: { send: async () => ({}) } } as unknown as AwsClients;
  const audited = await writeRaw({ ...none, clients: quiet, generalLog: [ROW] }, folder);
  expect(audited.written).toEqual({ "database-audit": 1 });
});

test("each named query begins with what it answers", () => {
  for (const sql of Object.values(namedQueries())) expect(sql).toMatch(/^-- [A-Z][^\n]+\nSELECT|^-- [A-Z][^\n]+\nWITH/);
});
