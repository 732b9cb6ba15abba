import { setTimeout as sleep } from "node:timers/promises";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { bundle } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { FindingChannel, ThreatDetection } from "@palisade/threat-detection";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FedEvent, feedEvent } from "../../src/guardduty/feed.ts";
import { type ProvisionedStage, type Sandbox, startSandbox } from "../../src/index.ts";

const MESSAGES_PER_HOUR = 4;

/** A program with all of ThreatDetection, and a queue in the place of a person's inbox. */
async function program() {
  const inbox = new aws.sqs.Queue("inbox");
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
  const channel = new FindingChannel("channel", { queueArns: { inbox: inbox.arn }, maximumReceives: 2 });
  const notifier = new HardenedFunction("notifier", {
    code: new pulumi.asset.FileArchive(await bundle("finding-notifier")),
    environment: { ...channel.notifierEnvironment(), MESSAGES_PER_HOUR: String(MESSAGES_PER_HOUR) },
    statements: channel.notifierStatements(),
    timeoutSeconds: 60,
  });
  const detection = new ThreatDetection("detection", {
    channel,
    notifier,
    mutedTypes: { "PenTest:IAMUser/KaliLinux": "our own testers work from Kali" },
  });
  return {
    inbox: inbox.url,
    deadLetters: channel.deadLetterQueueArn,
    queue: channel.queueArn,
    role: notifier.roleName,
    table: channel.tableName,
    log: detection.logGroupName,
  };
}

type Outputs = Awaited<ReturnType<typeof program>>;

let sandbox: Sandbox;
let stage: ProvisionedStage<Outputs>;
beforeAll(async () => {
  sandbox = await startSandbox({ region: "eu-west-1" });
  stage = await sandbox.provision({ stage: "account", program });
}, 180_000);
afterAll(() => sandbox.close());

const FUNCTION = "prod-orders";

const finding = (id: string, type = "Trojan:Lambda/DropPoint", severity = 8): FedEvent => ({
  version: "0",
  id: `event-${id}`,
  source: "aws.guardduty",
  "detail-type": "GuardDuty Finding",
  detail: {
    id,
    type,
    severity,
    accountId: "123456789012",
    region: "eu-west-1",
    title: `Title of ${id}`,
    resource: { resourceType: "Lambda", lambdaDetails: { functionName: FUNCTION } },
  },
});

const queueUrl = (arn: string) => `${sandbox.emulatorUrl}/123456789012/${arn.split(":")[5]}`;

/** How many messages wait in a queue, hidden ones included. */
async function waiting(arn: string): Promise<number> {
  const { Attributes = {} } = await sandbox.clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl(arn), AttributeNames: ["All"] }),
  );
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
}

/** What `StartMessageMoveTask` does, which the emulator does not have. */
async function moveAll(from: string, to: string): Promise<void> {
  const { sqs } = sandbox.clients;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(from), MaxNumberOfMessages: 10 }),
  );
  for (const { Body, ReceiptHandle } of Messages) {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(to), MessageBody: Body }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl(from), ReceiptHandle }));
  }
}

async function until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) if (await holds()) return;
  throw new Error(`${what} did not come about in ${seconds} seconds`);
}

async function subjects(wanted: number, seconds: number): Promise<string[]> {
  const found: string[] = [];
  for (const end = Date.now() + seconds * 1000; Date.now() < end && found.length < wanted; ) {
    const { Messages = [] } = await sandbox.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: stage.outputs.inbox, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    found.push(...Messages.map(({ Body = "" }) => (JSON.parse(Body) as { Subject: string }).Subject));
  }
  return found.sort();
}

describe("a finding", () => {
  test("reaches a person in ten seconds, as a message that says what to do", async () => {
    const { targets } = await feedEvent(sandbox.clients, finding("first"));
    expect(targets.map((arn) => arn.split(":")[2]).sort()).toEqual(["logs", "sqs"]);
    expect(await subjects(1, 10)).toEqual([`[HIGH] ${FUNCTION}: Trojan:Lambda/DropPoint`]);
  }, 30_000);

  test("is not sent twice, and a muted or minor one is only logged", async () => {
    await feedEvent(sandbox.clients, finding("first"));
    const muted = await feedEvent(sandbox.clients, finding("muted", "PenTest:IAMUser/KaliLinux"));
    const minor = await feedEvent(sandbox.clients, finding("minor", "Trojan:Lambda/DropPoint", 3.9));
    expect([muted, minor].map(({ targets }) => targets.map((arn) => arn.split(":")[2]))).toEqual([["logs"], ["logs"]]);
    await until("an empty queue", 10, async () => (await waiting(stage.outputs.queue)) === 0);
    expect(await subjects(1, 1)).toEqual([]);
    const { events = [] } = await sandbox.clients.logs.send(
      new FilterLogEventsCommand({ logGroupName: stage.outputs.log }),
    );
    const ids = events.map(({ message = "" }) => (JSON.parse(message) as FedEvent).id).sort();
    expect(ids).toEqual(["event-first", "event-first", "event-minor", "event-muted"]);
  }, 30_000);

  test("waits in the dead-letter queue while the notifier fails, and comes out of it after the mend", async () => {
    const { iam, sqs } = sandbox.clients;
    const { role, queue, deadLetters } = stage.outputs;
    const PolicyName = "broken";
    const deny = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "sns:Publish", Resource: "*" }] };
    await iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName, PolicyDocument: JSON.stringify(deny) }));
    // Tries are six minutes apart as deployed.
    const Attributes = { VisibilityTimeout: "1" };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(queue), Attributes }));
    await feedEvent(sandbox.clients, finding("stuck", "Trojan:Lambda/BlackholeTraffic"));
    await until("a dead letter", 20, async () => (await waiting(deadLetters)) === 1);
    expect(await subjects(1, 1)).toEqual([]);

    await iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName }));
    await moveAll(deadLetters, queue);
    expect(await subjects(1, 20)).toEqual([`[HIGH] ${FUNCTION}: Trojan:Lambda/BlackholeTraffic`]);
    expect(await waiting(deadLetters)).toBe(0);
  }, 60_000);

  test("of a burst none is lost: each is sent, or counted for the digest", async () => {
    const burst = 40;
    for (let index = 0; index < burst; index++) await feedEvent(sandbox.clients, finding(`burst-${index}`));
    await until("an empty queue", 40, async () => (await waiting(stage.outputs.queue)) === 0);
    const sent = (await subjects(burst, 2)).length;
    const { Items = [] } = await sandbox.clients.dynamodb.send(new ScanCommand({ TableName: stage.outputs.table }));
    const held = Items.filter(({ id }) => id?.S?.startsWith("held#")).reduce(
      (sum, { findings }) => sum + Number(findings?.N),
      0,
    );
    expect(sent + held).toBe(burst);
    expect(sent).toBeLessThanOrEqual(MESSAGES_PER_HOUR * 2);
    expect(held).toBeGreaterThan(0);
    expect(await waiting(stage.outputs.deadLetters)).toBe(0);
  }, 60_000);
});
