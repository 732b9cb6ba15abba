import { setTimeout as sleep } from "node:timers/promises";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type AttributeValue, ScanCommand } from "@aws-sdk/client-dynamodb";
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { bundle } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { FindingChannel, ThreatDetection, ThreatSimulator } from "@palisade/threat-detection";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FedEvent, feedEvent, feedEvents } from "../../src/guardduty/feed.ts";
import { store } from "../../src/guardduty/store.ts";
import { type ProvisionedStage, type Sandbox, startSandbox } from "../../src/index.ts";

const MESSAGES_PER_HOUR = 4;

/** Findings in a burst: .ci/deep asks for 10,000. */
const BURST = Number(process.env.FINDING_BURST ?? 40);
const BURST_SECONDS = 40 + BURST / 8;

const PERSON = "security@example.com";

/** A program with all of ThreatDetection, a person and a queue that are told, and a function that calls a listed address. */
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
  const channel = new FindingChannel("channel", {
    queueArns: { inbox: inbox.arn },
    emailAddresses: [PERSON],
    maximumReceives: 2,
  });
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
  const simulator = new ThreatSimulator("simulator", {
    detectorId: detection.detectorId,
    allowSimulation: "the tests of the sandbox",
  });
  const caller = new HardenedFunction("caller", {
    code: new pulumi.asset.FileArchive(await bundle("threat-simulator")),
    environment: {
      ...simulator.functionEnvironment(),
      THREAT_SINK: new pulumi.Config("palisade").require("threatSink"),
    },
    teamTags: { team: "orders" },
  });
  return {
    caller: caller.functionName,
    detector: detection.detectorId,
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

/** Every row of the notifier's table. */
async function allRows(): Promise<Record<string, AttributeValue>[]> {
  const rows: Record<string, AttributeValue>[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await sandbox.clients.dynamodb.send(
      new ScanCommand({ TableName: stage.outputs.table, ExclusiveStartKey }),
    );
    rows.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return rows;
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

/** Invokes the function that calls the listed address. */
async function simulate(event: object = {}) {
  const { Payload, FunctionError } = await sandbox.clients.lambda.send(
    new InvokeCommand({ FunctionName: stage.outputs.caller, Payload: JSON.stringify(event) }),
  );
  return { FunctionError, answer: JSON.parse(Buffer.from(Payload ?? []).toString()) };
}

const CALLER_SUBJECT = "UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom";

describe("a call to a listed address", () => {
  test("is no mail before the person has confirmed the subscription", async () => {
    // SNS sends it while the stage is still made, and after.
    await sandbox.mail.waitFor(({ to }) => to.includes(PERSON), 30);
    expect(sandbox.mail.mails().map(({ to, subject }) => ({ to, subject }))).toEqual([
      { to: [PERSON], subject: "AWS Notification - Subscription Confirmation" },
    ]);
    expect(await sandbox.mail.confirmSubscriptions()).toEqual([PERSON]);
    expect(await sandbox.mail.confirmSubscriptions()).toEqual([]);
  }, 60_000);

  test("is observed at the sink, becomes a finding, and is in a person's mailbox in ten seconds", async () => {
    const started = Date.now();
    const { answer } = await simulate();
    expect(answer).toMatchObject({ address: "198.51.100.66", port: 443, reached: true });
    const mail = await sandbox.mail.waitFor(({ subject }) => subject.includes(CALLER_SUBJECT), 10);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect({ to: mail.to, from: mail.from }).toEqual({ to: [PERSON], from: "no-reply@sns.amazonaws.com" });
    expect(mail.subject).toBe(`[MEDIUM] ${stage.outputs.caller}: ${CALLER_SUBJECT}`);
    expect(mail.text).toContain(`function ${stage.outputs.caller}`);
    expect(mail.text).toContain("198.51.100.66 port 443 (outbound)");
    expect(mail.text).toMatch(/Team\s+orders/);
    const [call] = await sandbox.threats.calls();
    expect(call).toMatchObject({ address: "198.51.100.66", functionName: stage.outputs.caller });
    expect(call).not.toHaveProperty("error");
    expect(call?.fed?.targets.map((arn) => arn.split(":")[2]).sort()).toEqual(["logs", "sqs"]);
    expect(await subjects(1, 10)).toEqual([mail.subject]);
  }, 30_000);

  test("that comes again is the same finding, and one mail", async () => {
    await simulate();
    await until("an empty queue", 10, async () => (await waiting(stage.outputs.queue)) === 0);
    const [first, second] = await sandbox.threats.calls();
    const detail = (call: typeof first) => call?.finding?.detail as { id: string; service: { count: number } };
    expect(detail(second).id).toBe(detail(first).id);
    expect([detail(first).service.count, detail(second).service.count]).toEqual([1, 2]);
    expect(sandbox.mail.mails().filter(({ subject }) => subject.includes(CALLER_SUBJECT))).toHaveLength(1);
    expect(await subjects(1, 1)).toEqual([]);
  }, 30_000);

  test("is refused for any other address, and nothing is called", async () => {
    const before = (await sandbox.threats.calls()).length;
    const { FunctionError, answer } = await simulate({ address: "198.51.100.67" });
    expect(FunctionError).toBe("Unhandled");
    expect(answer.errorMessage).toBe("threat-simulator: refuses to call any address but the listed one, 198.51.100.66");
    expect(await sandbox.threats.calls()).toHaveLength(before);
  });

  test("is no finding where the detector does not look at functions", async () => {
    const feature = { kind: "feature", id: `${stage.outputs.detector}/LAMBDA_NETWORK_LOGS` } as const;
    const on = { ...feature, detectorId: stage.outputs.detector, name: "LAMBDA_NETWORK_LOGS", status: "ENABLED" };
    await store(sandbox.directory, { ...on, status: "DISABLED" });
    await simulate();
    const unseen = (await sandbox.threats.calls()).at(-1);
    await store(sandbox.directory, on);
    expect(unseen).not.toHaveProperty("finding");
    expect(unseen).not.toHaveProperty("error");
  });
});

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
    const ids = events
      .map(({ message = "" }) => (JSON.parse(message) as FedEvent).id)
      .filter((id) => id.startsWith("event-"))
      .sort();
    expect(ids).toEqual(["event-first", "event-first", "event-minor", "event-muted"]);
  }, 30_000);

  test("waits in the dead-letter queue while the notifier fails, and comes out of it after the mend", async () => {
    const { iam, sqs } = sandbox.clients;
    const { role, queue, deadLetters } = stage.outputs;
    const PolicyName = "broken";
    const deny = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "sns:Publish", Resource: "*" }] };
    await iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName, PolicyDocument: JSON.stringify(deny) }));
    // Tries are six minutes apart as deployed.
    const { Attributes: { VisibilityTimeout } = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl(queue), AttributeNames: ["VisibilityTimeout"] }),
    );
    const asDeployed = { VisibilityTimeout: String(VisibilityTimeout) };
    const Attributes = { VisibilityTimeout: "1" };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(queue), Attributes }));
    await feedEvent(sandbox.clients, finding("stuck", "Trojan:Lambda/BlackholeTraffic"));
    await until("a dead letter", 20, async () => (await waiting(deadLetters)) === 1);
    expect(await subjects(1, 1)).toEqual([]);

    await iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName }));
    await moveAll(deadLetters, queue);
    const subject = `[HIGH] ${FUNCTION}: Trojan:Lambda/BlackholeTraffic`;
    expect(await subjects(1, 20)).toEqual([subject]);
    await sandbox.mail.waitFor((mail) => mail.subject === subject, 10);
    expect(await waiting(deadLetters)).toBe(0);
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(queue), Attributes: asDeployed }));
  }, 60_000);

  test(
    "of a burst none is lost: each is sent, or counted for the digest",
    async () => {
      const found = Array.from({ length: BURST }, (_, index) => finding(`burst-${index}`));
      const fed = await feedEvents(sandbox.clients, found);
      expect(fed.filter(({ targets }) => targets.length === 2)).toHaveLength(BURST);
      await until("an empty queue", BURST_SECONDS, async () => (await waiting(stage.outputs.queue)) === 0);
      const sent = (await subjects(BURST, 2)).length;
      const rows = await allRows();
      // Each is dealt with: claimed, and marked when it was sent or counted.
      const done = rows.filter(({ id, workUntil }) => /#burst-\d+$/.test(id?.S ?? "") && workUntil?.N === "0");
      expect(done).toHaveLength(BURST);
      const held = rows
        .filter(({ id }) => id?.S?.startsWith("held#"))
        .reduce((sum, { findings }) => sum + Number(findings?.N), 0);
      // A delivery that Lambda ends half way is made again, and may be counted twice; none is counted less than once.
      expect(sent + held).toBeGreaterThanOrEqual(BURST);
      expect(sent + held).toBeLessThanOrEqual(BURST * 1.01);
      expect(sent).toBeLessThanOrEqual(MESSAGES_PER_HOUR * 2);
      expect(held).toBeGreaterThan(0);
      expect(await waiting(stage.outputs.deadLetters)).toBe(0);
    },
    (2 * BURST_SECONDS + 60) * 1000,
  );
});
