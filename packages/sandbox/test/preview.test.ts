import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { previewStage } from "../src/preview.ts";
import { previewText } from "../src/preview-text.ts";

class Group extends pulumi.ComponentResource {
  constructor(name: string) {
    super("palisade:index:Group", name);
    new aws.sns.Topic(`${name}-topic`, { kmsMasterKeyId: "alias/aws/sns" }, { parent: this });
    this.registerOutputs({});
  }
}

test("a preview shows the tree and the counts, and leaves unknown what only AWS knows", async () => {
  const unknown: string[] = [];
  const preview = await previewStage({
    stage: "dev",
    config: { "palisade:a": "b", "aws:region": "eu-central-1" },
    program: () => {
      new Group("group");
      const displayName = new pulumi.Config("palisade").require("a");
      const topic = new aws.sns.Topic("alarms", { displayName, kmsMasterKeyId: "alias/aws/sns" });
      topic.arn.apply((arn) => unknown.push(arn));
      new aws.accessanalyzer.Analyzer("analyzer", { analyzerName: "unused" });
      return { region: aws.getRegionOutput().region, preview: pulumi.runtime.isDryRun() };
    },
  });
  // The second evaluation has a stand-in; the first left it unknown.
  expect(unknown).toEqual([expect.stringMatching(/^arn:aws:sns:eu-central-1:\d{12}:topic\/alarms-/)]);
  expect(preview.counts).toEqual({ emulated: 2, declared: 1, components: 1 });
  const text = previewText(preview);
  expect(text).toBe(
    [
      "Stage dev",
      "  aws:accessanalyzer/analyzer:Analyzer  analyzer  (declared: the sandbox does not emulate it)",
      "  aws:sns/topic:Topic  alarms",
      "  palisade:index:Group  group",
      "    aws:sns/topic:Topic  group-topic",
      "",
      "3 resources in 1 components: 2 the sandbox emulates, 1 it declares only.",
      "",
      "Idle it costs $0.00 a month, and with use more (list prices of eu-central-1, 2026-11-24; sources in packages/sandbox/src/preview-prices.json):",
      "  with use   2 aws:sns/topic:Topic: 0.50 per million publications + 2 per 100,000 mails",
      "",
      "Policy (profile dev): 0 mandatory and 0 advisory findings, 0 lowered floors, 0 suppressed; 7 checks without one, 0 not evaluated.",
    ].join("\n"),
  );
  const source = (name: string) => preview.resources.find((each) => each.name === name);
  expect(source("group-topic")).toMatchObject({
    path: "group / group-topic",
    source: { file: "packages/sandbox/test/preview.test.ts", line: 10 },
    componentSource: { file: "packages/sandbox/test/preview.test.ts", line: 21 },
  });
  expect(source("alarms")?.source?.line).toBe(23);
  expect(source("alarms")).not.toHaveProperty("componentSource");
});

test("what the program throws is thrown", async () => {
  const thrown = previewStage({ stage: "dev", config: {}, program: () => Promise.reject(new Error("no such stage")) });
  await expect(thrown).rejects.toThrow("no such stage");
  const unknown = previewStage({ stage: "dev", config: {}, program: () => aws.ec2.getAmi({}) });
  await expect(unknown).rejects.toThrow("which the sandbox has no answer for");
});

/** A function whose role, policy and environment are made from what only AWS knows. */
function unsafe() {
  const role = new aws.iam.Role("role", { assumeRolePolicy: "{}", tags: { "palisade:lowered:a": "a reason" } });
  const bucket = new aws.s3.Bucket("bucket");
  new aws.iam.RolePolicy("policy", {
    role: role.id,
    policy: pulumi.jsonStringify({
      Statement: [
        { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: pulumi.interpolate`${bucket.arn}/*` },
        { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" },
      ],
    }),
  });
  const code = new pulumi.asset.AssetArchive({});
  const environment = { variables: { DB_PASSWORD: pulumi.secret("hunter2"), DOMAIN: bucket.bucketDomainName } };
  const given = { code, environment, runtime: "nodejs24.x", handler: "index.handler", tags: { owner: "team" } };
  new aws.lambda.Function("function", { ...given, role: role.arn });
}

test("what only AWS knows is judged by stand-ins; what has none is not evaluated, beside what is found", async () => {
  const { policy } = await previewStage({ stage: "prod", config: {}, program: unsafe });
  const found = policy.findings.map(({ rule, name, level }) => `${rule} ${name} ${level}`);
  expect(found).toContain("iam-no-administrator policy mandatory");
  expect(found).toContain("lambda-environment-secrets function mandatory");
  expect(found).toContain("lowered-floor role advisory");
  expect(found.filter((each) => each.startsWith("lambda-role-of-its-own"))).toEqual([]);
  expect(policy.profile).toBe("prod");
  expect(policy.judgedWithStandIns).toBeGreaterThan(5);
  expect(policy.notEvaluated.map(({ rule, name, reason }) => `${rule} ${name} ${reason}`)).toEqual([
    "lambda-environment-secrets function environment.variables.DOMAIN: is not known before deployment",
  ]);
});

test("the text groups findings by severity and rule, with the resource's path, and lists what is not evaluated", async () => {
  const preview = await previewStage({ stage: "prod", config: {}, program: unsafe });
  const text = previewText(preview);
  expect(text).toContain(
    [
      "CRITICAL",
      "  iam-no-administrator (mandatory): List the actions and resources that are needed",
      "    policy: statement All allows everything; list what is needed",
      "      at packages/sandbox/test/preview.test.ts:70",
    ].join("\n"),
  );
  expect(text).toContain("\n\nLOWERED FLOORS, each with its reason\n  role: the floor a is lowered: a reason\n");
  expect(text).toMatch(
    /\n\d+ checks used made-up ids and ARNs, since only AWS knows the real ones: `up` repeats them\.\n/,
  );
  expect(text).toMatch(
    /\n\nNOT EVALUATED\n {2}lambda-environment-secrets {2}function {2}environment\.variables\.DOMAIN: is not known before deployment$/,
  );
  expect(text.indexOf("\nHIGH")).toBeGreaterThan(text.indexOf("\nCRITICAL"));
});
