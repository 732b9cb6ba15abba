import { beforeEach, expect, test, vi } from "vitest";
import { createPut } from "../../src/ocsf/put.ts";
import { createTransform } from "../../src/ocsf/transform.ts";
import type { AwsCall } from "../../src/shared/aws.ts";
import type { LogRecord } from "../../src/shared/log.ts";
import { accessRecord, call, logBatch } from "./records.ts";

const { sleep } = vi.hoisted(() => ({ sleep: vi.fn(async (_milliseconds: number) => {}) }));
vi.mock("node:timers/promises", () => ({ setTimeout: sleep }));
beforeEach(() => {
  sleep.mockClear();
});

const deliveryStreamArn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/siem";
const encode = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64");
const decode = (data: string) => JSON.parse(Buffer.from(data, "base64").toString()) as Record<string, unknown>;

function setUp(fails?: Error) {
  const put: [string, string[]][] = [];
  const lines: LogRecord[] = [];
  const transform = createTransform({
    put: async (stream, records) => {
      if (fails) throw fails;
      put.push([stream, records]);
    },
    region: "eu-west-1",
    log: (line) => void lines.push(line),
  });
  const run = (...data: string[]) =>
    transform({ deliveryStreamArn, records: data.map((one, index) => ({ recordId: `r${index}`, data: one })) });
  return { put, lines, run };
}

test("a record that is one event becomes an event of OCSF", async () => {
  const { run, put, lines } = setUp();
  const { records } = await run(encode(call("kms", "DisableKey")));
  expect(records).toEqual([{ recordId: "r0", result: "Ok", data: expect.any(String) }]);
  expect(decode(records[0]?.data as string)).toMatchObject({ class_uid: 6003, metadata: { event_code: "DisableKey" } });
  expect([put, lines]).toEqual([[], []]);
  // A line of the gateway's does not say where it was written: where the function runs.
  const [line] = (await run(encode(accessRecord("200")))).records;
  expect(decode(line?.data as string).cloud).toEqual({ provider: "AWS", region: "eu-west-1" });
});

test("a batch of CloudWatch Logs is put back event by event, dropped, and mapped when it comes again", async () => {
  const { run, put } = setUp();
  const data = logBatch([accessRecord("200"), accessRecord("403")]);
  expect((await run(data)).records).toEqual([{ recordId: "r0", result: "Dropped", data }]);
  expect(put.map(([stream, records]) => [stream, records.length])).toEqual([["siem", 2]]);
  const again = await run(...(put[0]?.[1] ?? []).map(encode));
  expect(again.records.map(({ result }) => result)).toEqual(["Ok", "Ok"]);
  // Whose log it was, and where, the event itself does not say.
  expect(decode(again.records[1]?.data as string)).toMatchObject({
    status_code: "403",
    cloud: { region: "eu-west-1", account: { uid: "123456789012" } },
  });
  expect(put).toHaveLength(1);
});

test("a batch that does not say whose it is is nobody's", async () => {
  const { run, put } = setUp();
  await run(logBatch([accessRecord("200")], { owner: undefined }));
  const [again] = (await run(...(put[0]?.[1] ?? []).map(encode))).records;
  expect(decode(again?.data as string).cloud).toEqual({ provider: "AWS", region: "eu-west-1" });
});

test("CloudWatch Logs' try of the way is dropped without a word", async () => {
  const { run, put } = setUp();
  const data = logBatch(["CWL CONTROL MESSAGE"], { messageType: "CONTROL_MESSAGE" });
  expect((await run(data)).records).toEqual([{ recordId: "r0", result: "Dropped", data }]);
  expect(put).toEqual([]);
});

test("a batch that could not be put back stays whole", async () => {
  const { run, lines } = setUp(new Error("busy"));
  const data = logBatch([accessRecord("200")]);
  expect((await run(data)).records).toEqual([{ recordId: "r0", result: "ProcessingFailed", data }]);
  expect(lines).toEqual([
    expect.objectContaining({
      level: "ERROR",
      event: "undelivered",
      requestId: "r0",
      what: "log record",
      error: "Error",
    }),
  ]);
});

test.each([
  ["no JSON", encode("no json")],
  ["a record of no source", encode({ a: 1 })],
  ["an event in an envelope that is no JSON", encode({ palisadeLogEvent: { message: "no json" } })],
  ["an event in an envelope of no source", encode({ palisadeLogEvent: { message: '{"a":1}' } })],
  ["a batch of another kind", logBatch([1], { messageType: "OTHER" })],
  ["a batch without events", logBatch([])],
  ["a batch whose event has no message", logBatch([], { logEvents: [{}] })],
  [
    "a batch that is cut off",
    Buffer.from(logBatch([accessRecord("200")]), "base64")
      .subarray(0, 40)
      .toString("base64"),
  ],
  ["a batch that unpacks into more than 32 MiB", logBatch(["x".repeat(33 * 1024 * 1024)])],
  ["nothing", ""],
])("%s is kept by Firehose as it came, and the others are delivered", async (_what, data) => {
  const { run } = setUp();
  const { records } = await run(data, encode(call("kms", "DisableKey")));
  expect(records.map(({ result }) => result)).toEqual(["ProcessingFailed", "Ok"]);
  expect(records[0]?.data).toBe(data);
});

test("a record that is not mapped is logged by its id alone", async () => {
  const { run, lines } = setUp();
  await run(encode({ secret: "value" }));
  expect(lines).toEqual([
    { level: "ERROR", event: "undelivered", requestId: "r0", what: "log record", error: "unmapped", at: [] },
  ]);
});

function firehose(answers: Record<string, unknown>[]) {
  const calls: AwsCall[] = [];
  const put = createPut(async (asked) => {
    calls.push(asked);
    return answers[calls.length - 1] ?? { FailedPutCount: 0 };
  });
  const sent = () =>
    calls.map(({ input }) =>
      (input.Records as { Data: string }[]).map(({ Data }) => Buffer.from(Data, "base64").toString()),
    );
  return { put, calls, sent };
}

test("records are put in one call, by the name of the stream", async () => {
  const { put, calls } = firehose([]);
  await put("siem", ["a", "b"]);
  expect(calls).toEqual([
    {
      service: "firehose",
      target: "Firehose_20150804.PutRecordBatch",
      version: "1.1",
      input: { DeliveryStreamName: "siem", Records: [{ Data: "YQ==" }, { Data: "Yg==" }] },
    },
  ]);
});

test("what Firehose did not take, and nothing else, is put again", async () => {
  const { put, sent } = firehose([
    { FailedPutCount: 1, RequestResponses: [{ RecordId: "1" }, { ErrorCode: "ServiceUnavailableException" }] },
    { FailedPutCount: 1 },
  ]);
  await put("siem", ["a", "b"]);
  expect(sent()).toEqual([["a", "b"], ["b"], ["b"]]);
  expect(sleep.mock.calls).toEqual([[100], [200]]);
});

test("after the fourth try it is said that some are left", async () => {
  const refused = { FailedPutCount: 1, RequestResponses: [{ ErrorCode: "ServiceUnavailableException" }] };
  const { put, calls } = firehose([refused, refused, refused, refused]);
  await expect(put("siem", ["a"])).rejects.toThrow(new Error("1 records were not taken"));
  expect(calls).toHaveLength(4);
  expect(sleep.mock.calls).toEqual([[100], [200], [400]]);
  const counted = firehose([{ FailedPutCount: 1, RequestResponses: [{ RecordId: "1" }] }]);
  await counted.put("siem", ["a"]);
  expect(counted.calls).toHaveLength(1);
});

test("a call has no more than 500 records and 4 MiB", async () => {
  const { put, sent } = firehose([]);
  await put(
    "siem",
    Array.from({ length: 1001 }, () => "x"),
  );
  expect(sent().map(({ length }) => length)).toEqual([500, 500, 1]);
  const large = firehose([]);
  await large.put(
    "siem",
    Array.from({ length: 9 }, () => "x".repeat(1000 * 1024)),
  );
  expect(large.sent().map(({ length }) => length)).toEqual([4, 4, 1]);
  // 64 KiB are left for what a request has beside its records.
  const most = 4 * 1024 * 1024 - 64 * 1024;
  const full = firehose([]);
  await full.put("siem", ["x".repeat(most - 10), "y".repeat(10)]);
  expect(full.sent().map(({ length }) => length)).toEqual([2]);
  const over = firehose([]);
  await over.put("siem", ["x".repeat(most - 10), "y".repeat(11)]);
  expect(over.sent().map(({ length }) => length)).toEqual([1, 1]);
  const none = firehose([]);
  await none.put("siem", []);
  expect(none.calls).toEqual([]);
});
