import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { previewStage } from "../src/preview.ts";
import { previewSarif } from "../src/preview-sarif.ts";

class Group extends pulumi.ComponentResource {
  constructor(name: string) {
    super("palisade:index:Group", name);
    new aws.sns.Topic(`${name}-topic`, {}, { parent: this });
    this.registerOutputs({});
  }
}

/** Microsoft's package holds OASIS's schema of SARIF 2.1.0. */
function schemaErrors(sarif: object): unknown {
  const file = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const { id: _id, $schema: _schema, ...schema } = JSON.parse(readFileSync(file, "utf8"));
  const validate = ajv.compile(schema);
  return validate(sarif) ? [] : validate.errors;
}

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: [{ physicalLocation: unknown; logicalLocations: [{ fullyQualifiedName: string }] }];
  relatedLocations?: unknown[];
  partialFingerprints: Record<string, string>;
  suppressions?: unknown[];
}

test("the findings are SARIF 2.1.0 with their lines; a suppressed one says why, a lowered floor is a note", async () => {
  const preview = await previewStage({
    stage: "dev",
    config: {},
    suppressions: [
      { rule: "sns-encrypted", resource: "quiet", reason: "holds no message", expires: "2999-12-31" },
      { rule: "sqs-encrypted", resource: "none", reason: "of a queue that is gone", expires: "2999-12-31" },
    ],
    program: () => {
      new Group("group");
      new aws.sns.Topic("quiet", {});
      new aws.iam.Role("role", { assumeRolePolicy: "{}", tags: { "palisade:lowered:a": "a reason" } });
      new aws.iam.RolePolicy("open", { role: "r", policy: new aws.s3.Bucket("b").bucketDomainName });
    },
  });
  const sarif = previewSarif(preview) as {
    runs: [
      {
        results: Result[];
        tool: { driver: { rules: { id: string; properties: { tags: string[] } }[] } };
        invocations: [{ toolExecutionNotifications: { message: { text: string } }[] }];
      },
    ];
  };
  expect(schemaErrors(sarif)).toEqual([]);
  const [{ results, tool, invocations }] = sarif.runs;
  const topics = results.filter(({ ruleId }) => ruleId === "sns-encrypted");
  expect(topics.map(({ level, message, suppressions }) => ({ level, text: message.text, suppressions }))).toEqual([
    {
      level: "error",
      text: "dev: group / group-topic: its messages are not encrypted; set kmsMasterKeyId. Set kmsMasterKeyId.",
      suppressions: undefined,
    },
    {
      level: "error",
      text: "dev: quiet: its messages are not encrypted; set kmsMasterKeyId. Set kmsMasterKeyId.",
      suppressions: [{ kind: "external", status: "accepted", justification: "holds no message (until 2999-12-31)" }],
    },
  ]);
  expect(topics[0]?.locations[0]).toMatchObject({
    physicalLocation: {
      artifactLocation: { uri: "packages/sandbox/test/preview-sarif.test.ts", uriBaseId: "ROOT" },
      region: { startLine: 14 },
    },
    logicalLocations: [{ name: "group-topic", fullyQualifiedName: "group / group-topic", kind: "resource" }],
  });
  expect(topics[0]?.relatedLocations).toHaveLength(1);
  expect(results.find(({ ruleId }) => ruleId === "lowered-floor")?.level).toBe("note");
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(new Set(results.map((each) => each.partialFingerprints["palisade/v1"])).size).toBe(results.length);
  expect(invocations[0].toolExecutionNotifications.map(({ message }) => message.text)).toContain(
    "not evaluated: iam-no-administrator on open: policy: is not known before deployment",
  );
  expect(preview.policy.staleSuppressions).toMatchObject([{ rule: "sqs-encrypted", expired: false }]);
});

test("a wrong file is refused by the same schema", () => {
  expect(schemaErrors({ version: "2.0.0", runs: [] })).not.toEqual([]);
});
