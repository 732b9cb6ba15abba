import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { HardenedFunction } from "../../../hardened-function/src/index.ts";
import { type SiemArgs, SiemEngine } from "../../../threat-detection/src/siem/args.ts";
import { Siem } from "../../../threat-detection/src/siem/siem.ts";
import { previewStage } from "../../src/preview.ts";

/** The component agrees with the policy pack, whichever engine it has. */

const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export const handler = 1;") });
const network = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2", "subnet-3"], securityGroupIds: ["sg-1"] };

async function judged(args: Partial<SiemArgs>) {
  const program = () => {
    const transform = new HardenedFunction("ocsf", { code, timeoutSeconds: 120 });
    const setup = new HardenedFunction("siem-setup", { code, timeoutSeconds: 300 });
    new Siem("siem", { transform, setup, alarmTopicArn: "arn:aws:sns:eu-central-1:111122223333:findings", ...args });
  };
  return (await previewStage({ stage: "account", config: {}, program })).policy;
}

test.each<[string, Partial<SiemArgs>]>([
  ["a collection", { network, logGroups: { trail: "trail" } }],
  ["a domain", { engine: SiemEngine.Domain, network }],
])("of %s the pack finds nothing", async (_what, args) => {
  const policy = await judged(args);
  expect(policy.findings).toEqual([]);
});

test("of a collection on the internet it tells the lowered floor and nothing else", async () => {
  const policy = await judged({ allowPublicEndpoint: "the account has no VPC of its own" });
  expect(policy.findings.map(({ rule }) => rule)).toEqual(["lowered-floor"]);
});
