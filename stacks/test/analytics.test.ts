import { resolved } from "@palisade/testing";
import { expect, test, vi } from "vitest";
import type { ResolvedStageOutputs } from "../outputs.ts";
import { recordStage } from "./support.ts";

// The bundles themselves are tested in functions/test.
vi.mock("@palisade/functions/bundle", async (original) => ({
  ...(await original<typeof import("@palisade/functions/bundle")>()),
  bundle: async () => `${import.meta.dirname}/support.ts`,
  bundleDetails: async (name: string) => ({ path: `${import.meta.dirname}/support.ts`, sha256: `hash-of-${name}` }),
}));

const VIEWER = "arn:aws:quicksight:eu-central-1:111122223333:group/default/readers";
const TRAIL_KEY = "arn:aws:kms:eu-central-1:111122223333:key/trail";

test("a stage that is told of the account's trail, of viewers and of a forecast has all three, and no price for more", async () => {
  const recording = await recordStage("prod", {
    config: {
      "palisade:trailBucketName": "audit-logs",
      "palisade:trailKeyArn": TRAIL_KEY,
      "palisade:quickSightViewers": JSON.stringify([VIEWER]),
      "palisade:forecast": "true",
    },
    invokes: {
      "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage": () => ({ registryPath: "1.dkr.ecr.eu-central-1/a:b" }),
    },
  });
  const { analytics } = (await resolved(recording.result)) as ResolvedStageOutputs;
  expect(analytics?.sources.cloudtrail).toBe("s3://audit-logs/AWSLogs/");
  expect(Object.keys(analytics?.sources ?? {}).sort()).toEqual(["api-access", "cloudtrail", "database-audit", "waf"]);
  const { policy } = recording.one("aws:iam/rolePolicy:RolePolicy", "analytics-job-policy").inputs;
  expect(JSON.parse(String(policy)).Statement).toContainEqual(
    expect.objectContaining({ Sid: "ReadTrail", Action: ["kms:Decrypt"], Resource: [TRAIL_KEY] }),
  );
  const dashboard = recording.one("aws:cloudcontrol/resource:Resource", "analytics-quicksight-dashboard").inputs;
  expect(JSON.parse(String(dashboard.desiredState)).Permissions[0].Principal).toBe(VIEWER);
  expect(recording.count("aws:sfn/stateMachine:StateMachine")).toBe(1);
  expect(recording.count("aws:redshiftserverless/workgroup:Workgroup")).toBe(0);

  // What is read: the stage's own logs.
  const filters = recording.all("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter");
  expect(Object.fromEntries(filters.map(({ name, inputs }) => [name, inputs.logGroup]))).toEqual({
    "analytics-api-access-subscription": analytics && (await resolved(recording.result)).accessLogGroupName,
    "analytics-waf-subscription": expect.stringMatching(/^aws-waf-logs-/),
    "analytics-database-audit-subscription": "/aws/rds/cluster/palisade-prod-database/audit",
  });
}, 120_000);
