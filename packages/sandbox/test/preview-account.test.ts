import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { HardenedFunction } from "../../hardened-function/src/index.ts";
import {
  AccountSecurity,
  type AccountSecurityArgs,
  FindingChannel,
  FindingResponse,
  ResponseMode,
  ResponsePlan,
  ThreatDetection,
} from "../../threat-detection/src/index.ts";
import { previewStage } from "../src/preview.ts";
import { readStackConfig } from "../src/stack-config.ts";

/** The account's components and its stage agree with the policy pack, with every switch off and on. */

const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export const handler = 1;") });

async function judged(program: () => unknown, config: Record<string, string> = {}) {
  const { policy } = await previewStage({ stage: "account", config, program });
  return policy;
}

const ALL: AccountSecurityArgs = {
  accessAnalyzer: { unusedAccessDays: 90 },
  securityHub: {},
  configRecorder: {},
  inspector: {},
  macie: { bucketNames: ["exports"] },
  regions: ["eu-west-1"],
  delegatedAdministrator: "444455556666",
};

function respond() {
  const channel = new FindingChannel("findings");
  const failureDestinationArn = channel.deadLetterQueueArn;
  const statements = channel.notifierStatements();
  const notifier = new HardenedFunction("notifier", { code, statements, failureDestinationArn });
  const orders = new HardenedFunction("orders", { code });
  const plan = new ResponsePlan("plan", {
    channel,
    notifier,
    mode: ResponseMode.Act,
    quarantine: { functionArns: [orders.functionArn] },
    revokeSessions: { roleArns: [orders.roleArn] },
    denyAddresses: { ipv4SetArn: "arn:aws:wafv2:eu-central-1:111122223333:regional/ipset/denied/1" },
  });
  const responder = new HardenedFunction("responder", {
    code,
    statements: plan.responderStatements(),
    failureDestinationArn: plan.deadLetterQueueArn,
  });
  new ThreatDetection("detection", { channel, notifier });
  new FindingResponse("response", { plan, responder, alarmTopicArn: channel.topicArn });
}

test.each<[string, () => unknown]>([
  ["AccountSecurity", () => new AccountSecurity("security")],
  ["AccountSecurity with all of it", () => new AccountSecurity("security", ALL)],
  ["ThreatDetection with responses", respond],
])("%s violates nothing", async (_name, program) => {
  const { findings, notEvaluated } = await judged(program);
  expect(findings.map(({ rule, name, message }) => `${rule} ${name}: ${message}`)).toEqual([]);
  expect(notEvaluated).toEqual([]);
});

test.each<[string, Record<string, string>]>([
  ["as it is", {}],
  [
    "with every switch on",
    {
      "palisade:security": JSON.stringify({
        accessAnalyzer: { unusedAccessDays: 90 },
        securityHub: {},
        configRecorder: {},
        inspector: {},
        macie: { bucketNames: [] },
      }),
      "palisade:regions": '["eu-west-1"]',
      "palisade:responses": JSON.stringify({
        mode: "act",
        quarantine: { functionArns: ["arn:aws:lambda:eu-central-1:111122223333:function:orders"] },
      }),
    },
  ],
])("the account's stage violates nothing %s", async (_what, config) => {
  const program = (await import("@palisade/stacks")).default;
  const policy = await judged(program, { ...(await readStackConfig("account")), ...config });
  expect(policy.findings.map(({ rule, name, message }) => `${rule} ${name}: ${message}`)).toEqual([]);
  expect([policy.suppressed, policy.notEvaluated]).toEqual([[], []]);
  expect(policy.passed + policy.judgedWithStandIns).toBeGreaterThan(150);
});
