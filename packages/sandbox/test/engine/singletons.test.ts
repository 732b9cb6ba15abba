import { rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { GetBucketPolicyCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import program from "@palisade/stacks";
import { Stack } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { stackConfig } from "../../src/engine/command.ts";
import { withoutProtection } from "../../src/engine/protection.ts";
import { findPulumi } from "../../src/engine/pulumi-cli.ts";
import { type EngineSession, withEngine } from "../../src/engine/run.ts";
import { labDirectory } from "../../src/paths.ts";
import { handlers } from "../../src/resources/index.ts";
import { sandboxName } from "../../src/stale.ts";

/**
 * Issue 8, "accepted when" 5: what there is once in an account stays when a stage is destroyed, and when the account's own stage is. Pulumi's
 * CLI is looked for, not built; `.ci/run` has one by then and asks for it.
 */
const required = process.env.PALISADE_ENGINE_TESTS === "required";
const pulumi = await findPulumi({
  cache: labDirectory,
  run: () => Promise.reject(new Error("not to be built here")),
}).catch((error: Error) => error);
const missing = pulumi instanceof Error && !required;

const stacks = join(import.meta.dirname, "../../../../stacks");
const SECURITY = { securityHub: {}, configRecorder: {}, inspector: {}, macie: { bucketNames: [] } };

/** What there is once in an account and region, and how many of it the account's stage has with every switch on. */
const SINGLETONS: Record<string, number> = {
  "aws:guardduty/detector:Detector": 1,
  "aws:guardduty/detectorFeature:DetectorFeature": 6,
  "aws:securityhub/account:Account": 1,
  "aws:securityhub/standardsSubscription:StandardsSubscription": 2,
  "aws:cfg/recorder:Recorder": 1,
  "aws:cfg/deliveryChannel:DeliveryChannel": 1,
  "aws:cfg/recorderStatus:RecorderStatus": 1,
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": 1,
  "aws:accessanalyzer/analyzer:Analyzer": 1,
  "aws:inspector2/enabler:Enabler": 1,
  "aws:macie2/account:Account": 1,
  "aws:apigateway/account:Account": 1,
  // The trail's and Config's, each with its access logs.
  "aws:s3/bucket:Bucket": 4,
  "aws:s3/bucketPolicy:BucketPolicy": 4,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": 1,
};

/** How often the provider was asked to do something with each of the singletons, since some operation. */
function done({ provider }: EngineSession, kind: "create" | "delete", since = 0): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const operation of provider.operations.slice(since)) {
    if (operation.kind !== kind || SINGLETONS[operation.type] === undefined) continue;
    counts[operation.type] = (counts[operation.type] ?? 0) + 1;
  }
  return counts;
}

const buckets = async ({ clients }: EngineSession) =>
  ((await clients.s3.send(new ListBucketsCommand({}))).Buckets ?? []).map(({ Name = "" }) => Name).sort();

/** The account's stage is made and destroyed with Pulumi's own engine, with what a test does in between. */
async function round(between: (session: EngineSession, kept: string[]) => Promise<void>): Promise<void> {
  if (pulumi instanceof Error) throw pulumi;
  const path = process.env.PATH;
  process.env.PATH = [dirname(pulumi), path].join(delimiter);
  const directory = join(labDirectory, sandboxName());
  const config = { ...(await stackConfig(stacks, "account")), "palisade:security": JSON.stringify(SECURITY) };
  try {
    await withEngine({ stage: "account", program: deployed, config, handlers, directory }, async (session) => {
      const { stack: account, provider, clients } = session;
      await account.up();
      expect(done(session, "create")).toEqual(SINGLETONS);
      const kept = await buckets(session);
      expect(kept).toHaveLength(4);
      await between(session, kept);

      // The account's own stage is refused while it is protected, and takes nothing of it away.
      const beforeDestroy = provider.operations.length;
      account.workspace.program = deployed;
      await expect(account.destroy()).rejects.toThrow(/protect/);
      expect(done(session, "delete", beforeDestroy)).toEqual({});

      // Its owner lifts the protection on purpose: the stack goes, and what there is once stays.
      account.workspace.program = withoutProtection(deployed);
      await account.up();
      const destroyed = await account.destroy();
      expect(destroyed.summary.resourceChanges?.delete).toBeGreaterThan(50);
      expect(done(session, "delete", beforeDestroy)).toEqual({});
      expect(await buckets(session)).toEqual(kept);
      for (const Bucket of kept) {
        const { Policy = "" } = await clients.s3.send(new GetBucketPolicyCommand({ Bucket }));
        expect(Policy).toContain("aws:SecureTransport");
      }
    });
  } finally {
    process.env.PATH = path;
    await rm(directory, { recursive: true, force: true });
  }
}

const deployed = async () => ({ ...(await program()) });

test.skipIf(missing)(
  "with the real engine neither a stage that is destroyed nor the account's own takes a singleton or the trail's bucket with it",
  () =>
    round(async (session, kept) => {
      const { stack: account, provider } = session;
      const before = provider.operations.length;
      const dev = await Stack.createOrSelect("dev", account.workspace);
      const machine = Object.entries(await account.getAllConfig()).filter(([key]) => key !== "palisade:security");
      await dev.setAllConfig({ ...Object.fromEntries(machine), ...values(await stackConfig(stacks, "dev")) });
      account.workspace.program = withoutProtection(deployed);
      await dev.up();
      expect(provider.operations.length - before).toBeGreaterThan(100);
      await dev.destroy();
      const deleted = Object.keys(done(session, "delete", before));
      expect(deleted.filter((type) => !type.startsWith("aws:s3/"))).toEqual([]);
      expect(await buckets(session)).toEqual(kept);
    }),
  600_000,
);

function values(config: Record<string, string>): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]));
}
