import { setTimeout as sleep } from "node:timers/promises";
import { ScanCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetFunctionConcurrencyCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { GetIPSetCommand } from "@aws-sdk/client-wafv2";
import { bundle } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { FindingChannel, FindingResponse, ResponseMode, ResponsePlan } from "@palisade/threat-detection";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FedEvent, feedEvent } from "../../src/guardduty/feed.ts";
import { type ProvisionedStage, type Sandbox, startSandbox } from "../../src/index.ts";

const code = new pulumi.asset.AssetArchive({
  "index.mjs": new pulumi.asset.StringAsset("export const handler = async () => 'served';"),
});

/** Two functions that may be stopped, a set of addresses, and a queue in the place of a person's inbox. */
async function program() {
  const inbox = new aws.sqs.Queue("inbox");
  const channel = new FindingChannel("channel", { queueArns: { inbox: inbox.arn } });
  new aws.sqs.QueuePolicy("inbox", {
    queueUrl: inbox.url,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: inbox.arn,
        },
      ],
    }),
  });
  const notifier = new HardenedFunction("notifier", { code });
  const orders = new HardenedFunction("orders", { code });
  const catalog = new HardenedFunction("catalog", { code, reservedConcurrency: 7 });
  const denied = new aws.wafv2.IpSet("denied", { scope: "REGIONAL", ipAddressVersion: "IPV4", addresses: [] });
  const plan = new ResponsePlan("plan", {
    channel,
    notifier,
    mode: ResponseMode.Act,
    quarantine: { functionArns: [orders.functionArn, catalog.functionArn, notifier.functionArn] },
    revokeSessions: { roleArns: [orders.roleArn] },
    denyAddresses: { ipv4SetArn: denied.arn, allowedAddresses: ["45.155.204.0/24"] },
  });
  const responder = new HardenedFunction("responder", {
    code: new pulumi.asset.FileArchive(await bundle("finding-response")),
    environment: plan.responderEnvironment(),
    statements: plan.responderStatements(),
    timeoutSeconds: 60,
  });
  new FindingResponse("response", { plan, responder, alarmTopicArn: channel.topicArn });
  return {
    inbox: inbox.url,
    orders: orders.functionName,
    ordersRole: orders.roleName,
    ordersRoleArn: orders.roleArn,
    catalog: catalog.functionName,
    notifier: notifier.functionName,
    responder: responder.functionName,
    setName: denied.name,
    setId: denied.id,
    table: plan.tableName,
  };
}

type Outputs = Awaited<ReturnType<typeof program>>;
let sandbox: Sandbox;
let stage: ProvisionedStage<Outputs>;
let outputs: Record<keyof Outputs, string>;
beforeAll(async () => {
  sandbox = await startSandbox({ region: "eu-west-1" });
  stage = await sandbox.provision({ stage: "account", program });
  outputs = stage.outputs as unknown as Record<keyof Outputs, string>;
}, 180_000);
afterAll(() => sandbox.close());

const aboutFunction = (id: string, functionName: string, role = "arn:aws:iam::123456789012:role/nobody"): FedEvent => ({
  ...event(id),
  detail: {
    ...finding(id, "Trojan:Lambda/DropPoint", 8),
    resource: {
      resourceType: "Lambda",
      lambdaDetails: {
        functionName,
        functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
        role,
      },
    },
  },
});

const call = (id: string, ipAddressV4: string): FedEvent => ({
  ...event(id),
  detail: {
    ...finding(id, "Recon:IAMUser/MaliciousIPCaller", 5),
    resource: { resourceType: "AccessKey", accessKeyDetails: { userType: "IAMUser", userName: "deployer" } },
    service: { action: { awsApiCallAction: { api: "ListBuckets", remoteIpDetails: { ipAddressV4 } } } },
  },
});

function event(id: string) {
  return { version: "0", id: `event-${id}`, source: "aws.guardduty", "detail-type": "GuardDuty Finding" };
}

function finding(id: string, type: string, severity: number) {
  return { id, type, severity, accountId: "123456789012", region: "eu-west-1", title: `Title of ${id}` };
}

/** What the inbox is told of, in the order of arrival. */
async function subjects(wanted: number, seconds: number): Promise<string[]> {
  const found: string[] = [];
  for (const end = Date.now() + seconds * 1000; Date.now() < end && found.length < wanted; ) {
    const { Messages = [] } = await sandbox.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: outputs.inbox, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    found.push(...Messages.map(({ Body = "" }) => (JSON.parse(Body) as { Subject: string }).Subject));
  }
  return found.sort();
}

async function ask(payload: unknown): Promise<unknown> {
  const { Payload, FunctionError } = await sandbox.clients.lambda.send(
    new InvokeCommand({ FunctionName: outputs.responder, Payload: Buffer.from(JSON.stringify(payload)) }),
  );
  expect(FunctionError).toBeUndefined();
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
}

const concurrency = async (FunctionName: string) =>
  (await sandbox.clients.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions;

const denied = async () =>
  (
    await sandbox.clients.wafv2.send(
      new GetIPSetCommand({ Name: outputs.setName, Id: outputs.setId, Scope: "REGIONAL" }),
    )
  ).IPSet?.Addresses;

async function revocation(): Promise<string | undefined> {
  const command = new GetRolePolicyCommand({ RoleName: outputs.ordersRole, PolicyName: "AWSRevokeOlderSessions" });
  return sandbox.clients.iam.send(command).then(
    ({ PolicyDocument = "" }) => decodeURIComponent(PolicyDocument),
    () => undefined,
  );
}

describe("a finding", () => {
  test("stops its function and ends its role's sessions; both are told, and taken back by a word", async () => {
    const { orders, ordersRole, ordersRoleArn } = outputs;
    await feedEvent(sandbox.clients, aboutFunction("first", orders, ordersRoleArn));
    expect(await subjects(2, 20)).toEqual([
      `[RESPONSE] quarantine of ${orders}`,
      `[RESPONSE] revoke-sessions of ${ordersRole}`,
    ]);
    expect(await concurrency(orders)).toBe(0);
    const invoked = sandbox.clients.lambda.send(new InvokeCommand({ FunctionName: orders }));
    await expect(invoked).rejects.toThrow(/Rate Exceeded|TooManyRequests/i);
    expect(await revocation()).toMatch(/"Effect":"Deny".*"aws:TokenIssueTime":"\d{4}-/);
    expect(await ask({ list: true })).toMatchObject({ inForce: [{ findingId: "first" }, { findingId: "first" }] });

    expect(await ask({ release: { measure: "quarantine", target: orders } })).toEqual({ released: true, note: "" });
    expect(await ask({ release: { measure: "revoke-sessions", target: ordersRole } })).toEqual({
      released: true,
      note: "",
    });
    expect(await concurrency(orders)).toBeUndefined();
    expect(await revocation()).toBeUndefined();
    const { Payload } = await sandbox.clients.lambda.send(new InvokeCommand({ FunctionName: orders }));
    expect(Buffer.from(Payload ?? []).toString()).toBe('"served"');
    expect(await subjects(2, 10)).toEqual([
      `[RELEASED] quarantine of ${orders}`,
      `[RELEASED] revoke-sessions of ${ordersRole}`,
    ]);
    expect(await ask({ list: true })).toEqual({ inForce: [] });
  }, 90_000);

  test("that comes again after that does nothing more", async () => {
    await feedEvent(sandbox.clients, aboutFunction("first", outputs.orders, outputs.ordersRoleArn));
    await sleep(2000);
    expect(await concurrency(outputs.orders)).toBeUndefined();
    expect(await subjects(1, 1)).toEqual([]);
  }, 30_000);

  test("gives a function back the concurrency that it had", async () => {
    const { catalog } = outputs;
    await feedEvent(sandbox.clients, aboutFunction("second", catalog));
    expect(await subjects(1, 20)).toEqual([`[RESPONSE] quarantine of ${catalog}`]);
    expect(await concurrency(catalog)).toBe(0);
    await ask({ release: { measure: "quarantine", target: catalog } });
    expect(await concurrency(catalog)).toBe(7);
    expect(await subjects(1, 10)).toHaveLength(1);
  }, 60_000);

  test("never stops the notifier, and denies no private or allowed address", async () => {
    await feedEvent(sandbox.clients, aboutFunction("third", outputs.notifier));
    await feedEvent(sandbox.clients, call("fourth", "10.0.0.7"));
    await feedEvent(sandbox.clients, call("fifth", "45.155.204.7"));
    expect(await subjects(3, 20)).toEqual([
      "[NO RESPONSE] deny-address of 10.0.0.7",
      "[NO RESPONSE] deny-address of 45.155.204.7",
      `[NO RESPONSE] quarantine of ${outputs.notifier}`,
    ]);
    expect(await concurrency(outputs.notifier)).toBeUndefined();
    expect(await denied()).toEqual([]);
  }, 60_000);

  test("denies who called for a day, and a sweep lets in again whose time is over", async () => {
    await feedEvent(sandbox.clients, call("sixth", "45.155.205.10"));
    expect(await subjects(1, 20)).toEqual(["[RESPONSE] deny-address of 45.155.205.10/32"]);
    expect(await denied()).toEqual(["45.155.205.10/32"]);
    expect(await ask({ sweep: true })).toEqual({ swept: 0 });
    expect(await denied()).toEqual(["45.155.205.10/32"]);

    const { Items = [] } = await sandbox.clients.dynamodb.send(new ScanCommand({ TableName: outputs.table }));
    const row = Items.find(({ id }) => id?.S === "measure#deny-address#45.155.205.10/32");
    expect(Number(row?.until?.N) - Date.now() / 1000).toBeGreaterThan(23 * 3600);
    await endNow("measure#deny-address#45.155.205.10/32");
    expect(await ask({ sweep: true })).toEqual({ swept: 1 });
    expect(await denied()).toEqual([]);
    expect(await subjects(1, 10)).toEqual(["[RELEASED] deny-address of 45.155.205.10/32"]);
  }, 60_000);
});

/** Moves the end of a measure into the past. */
async function endNow(id: string): Promise<void> {
  await sandbox.clients.dynamodb.send(
    new UpdateItemCommand({
      TableName: outputs.table,
      Key: { id: { S: id } },
      UpdateExpression: "SET #until = :past",
      ExpressionAttributeNames: { "#until": "until" },
      ExpressionAttributeValues: { ":past": { N: "1" } },
    }),
  );
}
