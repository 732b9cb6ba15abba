import { type Recording, resolved } from "@palisade/testing";
import { describe, expect, test, vi } from "vitest";
import { FUNCTIONS } from "../functions.ts";
import type { ResolvedStageOutputs, StageOutputs } from "../outputs.ts";
import { recordStage } from "./support.ts";

vi.mock("@palisade/functions/bundle", () => ({
  bundle: async () => `${import.meta.dirname}/support.ts`,
  bundleDetails: async () => ({ path: `${import.meta.dirname}/support.ts`, sha256: "hash" }),
}));

/** Type and name of every resource. */
const inventory = (recording: Recording<StageOutputs>) =>
  recording.resources.map(({ type, name }) => `${type} ${name}`).sort();

test("dev and prod are one program: prod has an instance, a key, alarms and threat protection more, and values", async () => {
  const dev = inventory(await recordStage("dev"));
  const prod = inventory(await recordStage("prod"));
  expect(dev.filter((entry) => !prod.includes(entry))).toEqual([]);
  const alarms = ["api-access", "database-audit", "waf"].map((source) => `analytics-${source}-undelivered`);
  const ownKeys = [...Object.keys(FUNCTIONS), "authorizer", "migrations"].map(
    (key) => `aws:iam/rolePolicy:RolePolicy ${key}-own-key`,
  );
  expect(prod.filter((entry) => !dev.includes(entry))).toEqual(
    [
      "aws:cloudwatch/metricAlarm:MetricAlarm edge-blocked-alarm",
      "aws:cognito/riskConfiguration:RiskConfiguration users-risk",
      "aws:kms/key:Key stage-key",
      "aws:rds/clusterInstance:ClusterInstance database-instance-2",
      "aws:rds/eventSubscription:EventSubscription database-cluster-events",
      "aws:rds/eventSubscription:EventSubscription database-instance-events",
      "aws:sns/topic:Topic alarms",
      "aws:sns/topicPolicy:TopicPolicy alarms-policy",
      "aws:glue/trigger:Trigger analytics-schedule",
      ...[...alarms, "analytics-job-failed"].map((alarm) => `aws:cloudwatch/metricAlarm:MetricAlarm ${alarm}`),
      ...ownKeys,
    ].sort(),
  );
});

describe("what differs", () => {
  test("prod is protected from deletion, dev says why it is not", async () => {
    const [dev, prod] = [await recordStage("dev"), await recordStage("prod")];
    const reason = "dev holds no customer s data and is made anew at will";
    for (const type of ["aws:rds/cluster:Cluster", "aws:dynamodb/table:Table", "aws:cognito/userPool:UserPool"]) {
      for (const { inputs } of dev.all(type)) {
        expect(inputs.tags, type).toMatchObject({ "palisade:lowered:deletion-protection": reason });
      }
      for (const { inputs } of prod.all(type)) {
        expect(inputs.tags, type).not.toHaveProperty("palisade:lowered:deletion-protection");
      }
    }
    expect(dev.one("aws:rds/cluster:Cluster").inputs).toMatchObject({
      deletionProtection: false,
      backupRetentionPeriod: 7,
      serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 1 },
      databaseInsightsMode: "standard",
    });
    expect(prod.one("aws:rds/cluster:Cluster").inputs).toMatchObject({
      deletionProtection: true,
      backupRetentionPeriod: 35,
      serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8 },
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.TurningOnAdvanced.html
      databaseInsightsMode: "advanced",
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: 465,
    });
    for (const { inputs } of prod.all("aws:rds/clusterInstance:ClusterInstance")) {
      expect(inputs).toMatchObject({ monitoringInterval: 60, performanceInsightsRetentionPeriod: 465 });
    }
    for (const { inputs } of dev.all("aws:dynamodb/table:Table")) expect(inputs.deletionProtectionEnabled).toBe(false);
    for (const { inputs } of prod.all("aws:dynamodb/table:Table")) expect(inputs.deletionProtectionEnabled).toBe(true);
    expect(dev.one("aws:cognito/userPool:UserPool").inputs).toMatchObject({
      deletionProtection: "INACTIVE",
      mfaConfiguration: "OFF",
    });
    expect(prod.one("aws:cognito/userPool:UserPool").inputs).toMatchObject({
      deletionProtection: "ACTIVE",
      mfaConfiguration: "OPTIONAL",
    });
  });

  test("dev says why its users sign in with a password alone, prod asks for more", async () => {
    const lowered = async (stage: string) => {
      const { tags } = (await recordStage(stage)).one("aws:cognito/userPool:UserPool").inputs;
      const floors = Object.entries(tags as Record<string, string>).filter(([key]) =>
        key.startsWith("palisade:lowered:"),
      );
      return Object.fromEntries(floors.map(([key, reason]) => [key.replace("palisade:lowered:", ""), reason]));
    };
    expect(await lowered("dev")).toEqual({
      "deletion-protection": "dev holds no customer s data and is made anew at will",
      "second-factor": "dev s users are made up and sign in by script",
      "threat-protection": "threat protection is priced by active user and dev s users are made up",
    });
    expect(await lowered("prod")).toEqual({});
  });

  test("prod encrypts what it keeps with one key of its own that rotates, and tells one topic of alarms", async () => {
    const [dev, prod] = [await recordStage("dev"), await recordStage("prod")];
    const key = prod.one("aws:kms/key:Key");
    expect(key.inputs).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
    for (const [type, property] of [
      ["aws:cloudwatch/logGroup:LogGroup", "kmsKeyId"],
      ["aws:lambda/function:Function", "kmsKeyArn"],
      ["aws:rds/cluster:Cluster", "kmsKeyId"],
      ["aws:sns/topic:Topic", "kmsMasterKeyId"],
    ] as const) {
      for (const { name, inputs } of prod.all(type)) expect(inputs[property], name).toBe(key.outputs.arn);
      for (const { name, inputs } of dev.all(type)) expect(inputs, name).not.toHaveProperty(property);
    }
    for (const { name, inputs } of prod.all("aws:dynamodb/table:Table")) {
      expect(inputs.serverSideEncryption, name).toEqual({ enabled: true, kmsKeyArn: key.outputs.arn });
    }
    const topic = prod.one("aws:sns/topic:Topic").outputs.arn;
    for (const { inputs } of prod.all("aws:rds/eventSubscription:EventSubscription")) {
      expect(inputs.snsTopic).toBe(topic);
    }
    for (const { name, inputs } of prod.all("aws:cloudwatch/metricAlarm:MetricAlarm")) {
      expect(inputs.alarmActions, name).toEqual([topic]);
    }
  });

  test("the key is used by services for this account's resources only", async () => {
    const { policy } = (await recordStage("prod")).one("aws:kms/key:Key").inputs;
    const account = "111122223333";
    const statements = JSON.parse(String(policy)).Statement as Record<string, unknown>[];
    expect(statements.map(({ Sid, Principal, Condition }) => [Sid, Principal, Condition])).toEqual([
      ["PoliciesOfTheAccount", { AWS: `arn:aws:iam::${account}:root` }, undefined],
      [
        "LogGroups",
        { Service: "logs.eu-central-1.amazonaws.com" },
        { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:${account}:log-group:*` } },
      ],
      [
        "WhoTellsTheAlarmTopic",
        { Service: ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] },
        { StringEquals: { "aws:SourceAccount": account } },
      ],
      [
        "TablesOfTheAccount",
        { AWS: "*" },
        {
          StringEquals: { "kms:CallerAccount": account, "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com" },
        },
      ],
    ]);
  });

  test("every log group is kept as long as its stage says", async () => {
    for (const [stage, days] of [["dev", 7] as const, ["prod", 365] as const]) {
      const groups = (await recordStage(stage)).all("aws:cloudwatch/logGroup:LogGroup");
      expect(groups.length).toBeGreaterThan(10);
      for (const { name, inputs } of groups) expect(inputs.retentionInDays, `${stage} ${name}`).toBe(days);
    }
  });
});

describe("the configuration", () => {
  test("addresses that are denied become a rule of the firewall, and change nothing else", async () => {
    const config = { "palisade:deniedAddresses": '["192.0.2.0/24"]' };
    const [plain, denying] = [await recordStage("prod"), await recordStage("prod", { config })];
    expect(inventory(denying).filter((entry) => !inventory(plain).includes(entry))).toEqual([
      "aws:wafv2/ipSet:IpSet edge-address-denied-ipv4",
    ]);
    expect(denying.one("aws:wafv2/ipSet:IpSet").inputs.addresses).toEqual(["192.0.2.0/24"]);
    const names = (recording: Recording<StageOutputs>) =>
      (recording.one("aws:wafv2/webAcl:WebAcl").inputs.rules as { name: string }[]).map(({ name }) => name);
    expect(names(denying)).toEqual(["address-denied", ...names(plain)]);
  });

  test("the sandbox's certificate and key set reach the functions, and change nothing else", async () => {
    const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const jwks = "http://127.0.0.1:4566/pool/.well-known/jwks.json";
    const plain = await recordStage("prod");
    const sandboxed = await recordStage("prod", { config: { "palisade:databaseCa": pem, "palisade:jwksUri": jwks } });
    expect(inventory(sandboxed)).toEqual(inventory(plain));
    const changed = sandboxed.resources.filter(({ urn, inputs }) => {
      const before = plain.resources.find((resource) => resource.urn === urn)?.inputs;
      return JSON.stringify(before) !== JSON.stringify(inputs);
    });
    expect(changed.map(({ name }) => name).sort()).toEqual(
      ["admin", "authorizer", "carts", "catalog", "migrations", "order-import", "orders", "receipt"].map(
        (key) => `${key}-function`,
      ),
    );
    const environment = (key: string) =>
      (
        sandboxed.one("aws:lambda/function:Function", `${key}-function`).inputs.environment as {
          variables: Record<string, string>;
        }
      ).variables;
    expect(environment("authorizer").JWKS_URI).toBe(jwks);
    expect(environment("catalog").DATABASE_CA).toBe(pem);
  });

  test.each(["http://keys.example.com/jwks.json", "https://a.example/keys,http://b.example/keys", "keys"])(
    "no key set is taken from %s",
    async (jwksUri) => {
      await expect(recordStage("prod", { config: { "palisade:jwksUri": jwksUri } })).rejects.toThrow(
        `The config key "palisade:jwksUri" is "${jwksUri}"; allowed: URLs of https, or of http on this machine, separated by commas. ` +
          "To fix it, set it to an https URL, or remove it: the authorizer then asks the issuer.",
      );
    },
  );

  test("orders that the policies are not asked about cost no endpoint, and the store says so", async () => {
    const reason = "nobody but us uses this stage";
    const recording = await recordStage("dev", { config: { "palisade:allowUnaskedOrders": reason } });
    const endpoints = recording.all("aws:ec2/vpcEndpoint:VpcEndpoint").map(({ name }) => name);
    expect(endpoints).not.toContain("database-verified-permissions-endpoint");
    expect(recording.one("aws:verifiedpermissions/policyStore:PolicyStore").inputs.tags).toMatchObject({
      "palisade:lowered:resource-permissions": reason,
    });
    const environmentOf = (name: string) =>
      (
        recording.one("aws:lambda/function:Function", `${name}-function`).inputs.environment as {
          variables: Record<string, string>;
        }
      ).variables;
    for (const name of ["orders", "receipt", "admin"]) expect(environmentOf(name).POLICY_STORE_ID).toBe("none");
    expect(environmentOf("authorizer").POLICY_STORE_ID).not.toBe("none");
    await expect(recordStage("dev", { config: { "palisade:allowUnaskedOrders": "no" } })).rejects.toThrow(
      'allowUnaskedResources is "no"; allowed: a written reason of at least 10 characters',
    );
  });

  test("without migrations, nothing can read the master user's secret, and their endpoint is not paid for", async () => {
    const recording = await recordStage("dev", { config: { "palisade:migrations": "false" } });
    expect(recording.count("aws:lambda/invocation:Invocation")).toBe(0);
    expect(
      recording
        .all("aws:ec2/vpcEndpoint:VpcEndpoint")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["database-dynamodb-endpoint", "database-verified-permissions-endpoint"]);
    const policies = recording.all("aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => String(inputs.policy));
    expect(policies.filter((policy) => policy.includes("secretsmanager:"))).toEqual([]);
    const outputs = (await resolved(recording.result)) as ResolvedStageOutputs;
    expect(outputs.functions).not.toHaveProperty("migrations");
  });
});
