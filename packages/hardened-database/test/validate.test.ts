import { describe, expect, test } from "vitest";
import type { HardenedDatabaseArgs } from "../src/index.ts";
import { validateDatabase, validateTable } from "../src/validate.ts";
import { recordDatabase } from "./support.ts";

const network = (count: number) => ({
  vpcId: "vpc-1",
  subnetIds: Array.from({ length: count }, (_, index) => `subnet-${index}`),
  routeTableIds: ["rtb-1"],
});

describe("refused", () => {
  test.each<[string, Partial<HardenedDatabaseArgs>]>([
    ["databaseName", { databaseName: "" }],
    ["databaseName", { databaseName: "1shop" }],
    ["databaseName", { databaseName: "shop; DROP" }],
    ["databaseName", { databaseName: "s".repeat(65) }],
    ["masterUsername", { masterUsername: "admin" }],
    ["masterUsername", { masterUsername: "Root" }],
    ["masterUsername", { masterUsername: "k".repeat(17) }],
    ["masterUsername", { masterUsername: "a-b" }],
    ["port", { port: 3306 }],
    ["port", { port: 1149 }],
    ["port", { port: 65536 }],
    ["port", { port: 4000.5 }],
    ["minCapacity", { minCapacity: -0.5 }],
    ["minCapacity", { minCapacity: 0.3 }],
    ["minCapacity", { minCapacity: 256.5 }],
    ["maxCapacity", { maxCapacity: 0.5 }],
    ["maxCapacity", { minCapacity: 8, maxCapacity: 4 }],
    ["secondsUntilAutoPause", { secondsUntilAutoPause: 600 }],
    ["secondsUntilAutoPause", { minCapacity: 0, secondsUntilAutoPause: 299 }],
    ["secondsUntilAutoPause", { minCapacity: 0, secondsUntilAutoPause: 86_401 }],
    ["instances", { instances: 0, allowSingleInstance: "nobody waits for it" }],
    ["instances", { instances: 1 }],
    ["instances", { instances: 17 }],
    ["backupRetentionDays", { backupRetentionDays: 6 }],
    ["backupRetentionDays", { backupRetentionDays: 36 }],
    ["auditEvents", { auditEvents: [] }],
    ["auditEvents", { auditEvents: ["QUERY_DDL"] }],
    ["auditEvents", { auditEvents: ["CONNECT", "EVERYTHING"] }],
    ["monitoringIntervalSeconds", { monitoringIntervalSeconds: 0 }],
    ["logRetentionDays", { logRetentionDays: 0 }],
    ["logRetentionDays", { logRetentionDays: 31 }],
    ["cidrBlock", { cidrBlock: "10.0.0.0" }],
    ["cidrBlock", { cidrBlock: "10.0.0.0/8" }],
    ["cidrBlock", { cidrBlock: "10.0.0.0/25" }],
    ["cidrBlock", { cidrBlock: "10.0.300.0/20" }],
    ["availabilityZones", { availabilityZones: 1 }],
    ["availabilityZones", { availabilityZones: 7 }],
    ["existingNetwork", { existingNetwork: network(2), cidrBlock: "10.0.0.0/16" }],
    ["existingNetwork", { existingNetwork: network(2), flowLogs: false }],
    ["existingNetwork.subnetIds", { existingNetwork: network(1) }],
    ["existingNetwork.routeTableIds", { existingNetwork: { ...network(2), routeTableIds: [] } }],
    ["existingNetwork.routeTableIds", { existingNetwork: { ...network(2), routeTableIds: undefined } }],
    ["endpoints.availabilityZones", { endpoints: { availabilityZones: 0 } }],
    ["endpoints.availabilityZones", { endpoints: { availabilityZones: 3 } }],
    ["endpoints.availabilityZones", { endpoints: { availabilityZones: 3 }, existingNetwork: network(2) }],
  ])("%s of %j", (property, args) => {
    expect(() => validateDatabase("db", { databaseName: "shop", ...args })).toThrow(
      `HardenedDatabase "db": ${property} is `,
    );
  });
});

describe("allowed", () => {
  test.each<[Partial<HardenedDatabaseArgs>]>([
    [{ databaseName: "s".repeat(64) }],
    [{ masterUsername: "k".repeat(16) }],
    [{ port: 1150 }],
    [{ port: 65535 }],
    [{ minCapacity: 0, secondsUntilAutoPause: 300, maxCapacity: 1 }],
    [{ minCapacity: 256, maxCapacity: 256 }],
    [{ instances: 1, allowSingleInstance: "nobody waits for it" }],
    [{ instances: 16 }],
    [{ backupRetentionDays: 7 }],
    [{ auditEvents: ["CONNECT", "QUERY", "QUERY_DCL", "QUERY_DDL", "QUERY_DML", "TABLE"] }],
    [{ monitoringIntervalSeconds: 1, logRetentionDays: 3653 }],
    [{ cidrBlock: "192.168.0.0/24", availabilityZones: 6, endpoints: { availabilityZones: 6 } }],
    [{ existingNetwork: network(3), endpoints: { availabilityZones: 3 } }],
    [{ existingNetwork: { ...network(2), routeTableIds: undefined }, endpoints: { dynamodb: false } }],
  ])("%j", (args) => {
    expect(() => validateDatabase("db", { databaseName: "shop", ...args })).not.toThrow();
  });
});

describe("the whole sentence", () => {
  test.each<[Partial<HardenedDatabaseArgs>, string]>([
    [
      { port: 3306 },
      'HardenedDatabase "db": port is 3306; allowed: a whole number from 1150 to 65535 but 3306, which every scanner tries ' +
        "(Security Hub RDS.23); to fix it, choose another port, or leave it out",
    ],
    [
      { instances: 1 },
      'HardenedDatabase "db": instances is 1; allowed: a whole number from 2 to 16, or 1 with a reason in ' +
        "allowSingleInstance; to fix it, set instances to 2, or say in allowSingleInstance why one is enough",
    ],
    [
      { existingNetwork: network(2), availabilityZones: 2, flowLogs: true },
      'HardenedDatabase "db": existingNetwork is given together with availabilityZones and flowLogs; allowed: either ' +
        "existingNetwork, or cidrBlock, availabilityZones and flowLogs of a new one; to fix it, leave out existingNetwork " +
        "or availabilityZones and flowLogs",
    ],
  ])("%j", (args, sentence) => {
    expect(() => validateDatabase("db", { databaseName: "shop", ...args })).toThrow(
      new RegExp(`^${escaped(sentence)}$`),
    );
  });
});

test.each([["allowDeletion"], ["allowSingleInstance"]])("%s must be a reason", async (property) => {
  await expect(recordDatabase({ [property]: "yes" })).rejects.toThrow(
    `HardenedDatabase "db": ${property} is "yes"; allowed: a written reason of at least 10 characters; to fix it, say why the ` +
      "floor is lowered here; it becomes a tag that the policy pack reports",
  );
});

test("a table is restored to 1 to 35 days back", () => {
  for (const recoveryDays of [undefined, 1, 35]) expect(() => validateTable("keys", { recoveryDays })).not.toThrow();
  for (const recoveryDays of [0, 36, 1.5]) {
    expect(() => validateTable("keys", { recoveryDays })).toThrow(
      `IdempotencyTable "keys": recoveryDays is ${recoveryDays}; allowed: a whole number from 1 to 35; to fix it, set ` +
        "recoveryDays to 35, or leave it out",
    );
  }
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
