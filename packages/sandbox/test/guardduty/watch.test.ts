import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AwsClients } from "../../src/clients.ts";
import { type Stored, store, unstore } from "../../src/guardduty/store.ts";
import { startWatch, type ThreatWatch } from "../../src/guardduty/watch.ts";

const PLACE = { accountId: "123456789012", partition: "aws", region: "eu-west-1" };
const ADDRESS = "198.51.100.66";

const DETECTOR = { kind: "detector", id: "d1", enable: true } as const;
const FEATURE = {
  kind: "feature",
  id: "d1/L",
  detectorId: "d1",
  name: "LAMBDA_NETWORK_LOGS",
  status: "ENABLED",
} as const;
const LIST = {
  kind: "threat-list",
  id: "t1",
  detectorId: "d1",
  name: "ours",
  active: true,
  format: "TXT",
  location: "s3://lists/threats/list.txt",
} as const;

let directory: string;
let watch: ThreatWatch;
let asked: { name: string; input: Record<string, unknown> }[];
/** What a file in S3 holds. */
let file: string | undefined;
/** How Lambda answers. */
let functions: Record<string, unknown>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "palisade-watch-"));
  asked = [];
  file = `203.0.113.1\r\n${ADDRESS}\n`;
  functions = { Configuration: { FunctionName: "caller", FunctionArn: "arn:caller" }, Tags: { team: "orders" } };
  const client = {
    send: async ({
      constructor: { name },
      input,
    }: {
      constructor: { name: string };
      input: Record<string, unknown>;
    }) => {
      asked.push({ name, input });
      if (name === "GetObjectCommand")
        return { Body: file === undefined ? undefined : { transformToString: async () => file } };
      if (name === "GetFunctionCommand") {
        if (functions instanceof Error) throw functions;
        return functions;
      }
      return {};
    },
  };
  watch = await startWatch({ identity: PLACE, clients: new Proxy({}, { get: () => client }) as AwsClients, directory });
});
afterEach(async () => {
  await watch.close();
  await rm(directory, { recursive: true, force: true });
});

const deploy = (...all: Stored[]) => Promise.all(all.map((each) => store(directory, each)));

/** A call as the simulator makes it. */
function call(
  headers: Record<string, string> = { host: ADDRESS, "user-agent": "caller" },
): Promise<number | undefined> {
  const [hostname, port] = watch.sink.split(":");
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function findingOf(): Promise<Record<string, unknown> | undefined> {
  expect(await call()).toBe(204);
  const last = (await watch.calls()).at(-1);
  expect(last).not.toHaveProperty("error");
  return last?.finding?.detail as Record<string, unknown> | undefined;
}

describe("a call that the sink observes", () => {
  test("is a finding where a detector with its feature has an active list that names the address", async () => {
    await deploy(DETECTOR, FEATURE, LIST);
    const detail = await findingOf();
    expect(detail).toMatchObject({
      type: "UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom",
      severity: 5,
      accountId: "123456789012",
      region: "eu-west-1",
      resource: {
        resourceType: "Lambda",
        lambdaDetails: { functionName: "caller", functionArn: "arn:caller", tags: [{ key: "team", value: "orders" }] },
      },
      service: {
        detectorId: "d1",
        count: 1,
        additionalInfo: { threatListName: "ours" },
        action: {
          networkConnectionAction: {
            remoteIpDetails: { ipAddressV4: ADDRESS },
            connectionDirection: "OUTBOUND",
            remotePortDetails: { port: 443 },
          },
        },
      },
    });
    expect(asked.find(({ name }) => name === "GetObjectCommand")?.input).toEqual({
      Bucket: "lists",
      Key: "threats/list.txt",
    });
    const again = await findingOf();
    expect(again).toMatchObject({ id: detail?.id, createdAt: detail?.createdAt, service: { count: 2 } });
  });

  test.each([
    ["no detector", [FEATURE, LIST]],
    ["a detector that is off", [{ ...DETECTOR, enable: false }, FEATURE, LIST]],
    ["no feature", [DETECTOR, LIST]],
    ["the feature off", [DETECTOR, { ...FEATURE, status: "DISABLED" }, LIST]],
    ["another feature", [DETECTOR, { ...FEATURE, name: "S3_DATA_EVENTS" }, LIST]],
    ["no list", [DETECTOR, FEATURE]],
    ["a list that is not active", [DETECTOR, FEATURE, { ...LIST, active: false }]],
    ["a list of another detector", [DETECTOR, FEATURE, { ...LIST, detectorId: "d2" }]],
  ] as [string, Stored[]][])("is none with %s", async (_title, deployed) => {
    await deploy(...deployed);
    expect(await findingOf()).toBeUndefined();
  });

  test.each([
    ["another address", "198.51.100.6\n"],
    ["nothing", ""],
    ["no file", undefined],
  ])("is none where the list has %s", async (_title, content) => {
    await deploy(DETECTOR, FEATURE, LIST);
    file = content;
    expect(await findingOf()).toBeUndefined();
  });

  test.each([
    ["https://s3.amazonaws.com/lists/threats/list.txt"],
    ["https://s3-eu-west-1.amazonaws.com/lists/threats/list.txt"],
    ["https://lists.s3.eu-west-1.amazonaws.com/threats/list.txt"],
  ])("is one by the list at %s", async (location) => {
    await deploy(DETECTOR, FEATURE, { ...LIST, location });
    expect(await findingOf()).toBeDefined();
    expect(asked[0]?.input).toEqual({ Bucket: "lists", Key: "threats/list.txt" });
  });

  test("of a function that Lambda says little of is one all the same", async () => {
    await deploy(DETECTOR, FEATURE, LIST);
    functions = {};
    expect(await findingOf()).toMatchObject({
      resource: { lambdaDetails: { functionName: "caller", functionArn: "", functionVersion: "$LATEST", tags: [] } },
    });
  });

  test("that cannot be judged says why, and the next one is judged", async () => {
    await deploy(DETECTOR, FEATURE, LIST);
    const found = functions;
    functions = Object.assign(new Error("no such function"), { name: "ResourceNotFoundException" }) as never;
    await call();
    await watch.calls();
    functions = found;
    await call();
    const [first, second] = await watch.calls();
    expect(first).toMatchObject({ error: "ResourceNotFoundException: no such function" });
    expect(first).not.toHaveProperty("finding");
    expect(second).toHaveProperty("finding");
  });

  test("is known by what it says of itself, and nothing else", async () => {
    await unstore(directory, DETECTOR);
    await call({ host: "203.0.113.9:8080", "user-agent": "" });
    expect(await watch.calls()).toMatchObject([{ address: "203.0.113.9", port: 8080, functionName: "" }]);
  });
});
