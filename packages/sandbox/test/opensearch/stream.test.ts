/**
 * The stream's transformation as Firehose runs it, on the emulator: its bundle is a process of its own, and what is put into the stream comes out as events. The
 * emulator delivers to S3 alone, so that is where they are looked for; and it takes no record while a function runs, so that a batch of CloudWatch Logs, whose
 * events the function puts back, is for opensearch.test.ts.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { PutRecordCommand } from "@aws-sdk/client-firehose";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { bundle } from "@palisade/functions/bundle";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findingEvent } from "../../../../functions/test/finding-notifier/events.ts";
import { type Emulated, startEmulated } from "../helpers/emulated.ts";
import { call } from "../sigma/events.ts";

let emulated: Emulated;

beforeAll(async () => {
  emulated = await startEmulated();
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  const role = await emulated.create("aws:iam/role:Role", { name: "ocsf", assumeRolePolicy });
  const made = await emulated.create("aws:lambda/function:Function", {
    name: "ocsf",
    runtime: "nodejs24.x",
    handler: "index.handler",
    role: role.outputs.arn,
    timeout: 60,
    memorySize: 512,
    code: new pulumi.asset.FileArchive(await bundle("ocsf")),
  });
  await emulated.create("aws:s3/bucket:Bucket", { bucket: "events" });
  await emulated.create("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
    destination: "extended_s3",
    name: "siem",
    extendedS3Configuration: {
      bucketArn: "arn:aws:s3:::events",
      roleArn: "arn:aws:iam::123456789012:role/writes",
      bufferingSize: 5,
      bufferingInterval: 60,
      processingConfiguration: {
        enabled: true,
        processors: [
          { type: "Lambda", parameters: [{ parameterName: "LambdaArn", parameterValue: made.outputs.arn }] },
        ],
      },
    },
  });
}, 180_000);
afterAll(() => emulated?.sandbox.close());

interface Delivered {
  class_uid: number;
  metadata: { event_code: string };
}

async function delivered(least: number): Promise<Delivered[]> {
  const { s3 } = emulated.sandbox.clients;
  for (let waited = 0; ; waited++) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "events" }));
    if (Contents.length >= least || waited > 200) {
      const bodies = Contents.map(async ({ Key }) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: "events", Key }));
        return JSON.parse((await Body?.transformToString()) ?? "") as Delivered;
      });
      return Promise.all(bodies);
    }
    await sleep(100);
  }
}

test("a finding and a call come out as events, and a record of nobody's does not", async () => {
  const { firehose } = emulated.sandbox.clients;
  const put = (value: unknown) =>
    firehose.send(
      new PutRecordCommand({ DeliveryStreamName: "siem", Record: { Data: Buffer.from(JSON.stringify(value)) } }),
    );
  await put(findingEvent("Trojan:Lambda/DropPoint"));
  await put({ nobody: "knows" });
  await put(call("cloudtrail", "StopLogging"));
  const told = (await delivered(2)).map(({ class_uid, metadata }) => [class_uid, metadata.event_code]);
  expect(told.sort()).toEqual([
    [2004, "Trojan:Lambda/DropPoint"],
    [6003, "StopLogging"],
  ]);
}, 60_000);

test("a stream into OpenSearch is refused: the emulator would deliver nothing", async () => {
  const made = emulated.create("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
    destination: "opensearch",
  });
  await expect(made).rejects.toThrow(
    "The sandbox has no way of Firehose's into opensearch: the emulator would take its records and deliver none. " +
      "Leave the stream out: of the account's stage, remove palisade:siem.",
  );
});
