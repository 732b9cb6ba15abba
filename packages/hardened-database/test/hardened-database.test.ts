import { expectNamesPrefixed, expectPartitionSafe, goldenSchema, resolved } from "@palisade/testing";
import { expect, test } from "vitest";
import { recordDatabase } from "./support.ts";

test("makes exactly these resources by default", async () => {
  const recording = await recordDatabase();
  expect(recording.types()).toEqual({
    "aws:cloudwatch/logGroup:LogGroup": 4,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
    "aws:ec2/flowLog:FlowLog": 1,
    "aws:ec2/securityGroup:SecurityGroup": 5,
    "aws:ec2/vpcEndpoint:VpcEndpoint": 2,
    "aws:iam/role:Role": 2,
    "aws:iam/rolePolicy:RolePolicy": 1,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 1,
    "aws:rds/cluster:Cluster": 1,
    "aws:rds/clusterInstance:ClusterInstance": 2,
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": 1,
    "aws:rds/subnetGroup:SubnetGroup": 1,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 3,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 2,
    "awsx:ec2:Vpc": 1,
    "palisade:index:HardenedDatabase": 1,
  });
});

test("every child has the component's name and type above it", async () => {
  const recording = await recordDatabase({ alarmTopicArn: "arn:aws:sns:eu-central-1:111122223333:alarms" });
  expectNamesPrefixed(recording, recording.one("palisade:index:HardenedDatabase"));
});

test("writes no partition, region or account into an ARN", async () => {
  expectPartitionSafe(await recordDatabase({}, { place: { partition: "aws-cn", region: "cn-north-1" } }));
});

test("outputs what a function needs to connect, and registers all of it", async () => {
  const recording = await recordDatabase();
  const component = recording.one("palisade:index:HardenedDatabase");
  expect(component.outputsRegistered).toBe(true);
  expect(component.outputs).toMatchObject({
    clusterIdentifier: "shop-dev-db",
    port: 13306,
    databaseName: "shop",
    masterUsername: "palisade_owner",
    clientSecurityGroupId: "sg-db-client-security-group",
    databaseSecurityGroupId: "sg-db-database-security-group",
    endpointClientSecurityGroupIds: {
      secretsManager: "sg-db-secrets-manager-client-security-group",
      dynamodb: "sg-db-dynamodb-client-security-group",
    },
  });
  const { result } = recording;
  expect(Object.keys(component.outputs).sort()).toEqual(
    Object.keys(result)
      // Outputs of an option that is not given are missing.
      .filter((key) => !key.startsWith("__") && key !== "urn" && result[key as keyof typeof result] !== undefined)
      .sort(),
  );
  expect(await resolved(result.clusterResourceId)).toMatch(/^cluster-[0-9A-F]+$/);
  expect(await resolved(result.masterSecretArn)).toMatch(
    /^arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!cluster-[0-9a-f]+$/,
  );
});

test("tags every resource that can have tags with the component, and with each lowered floor and its reason", async () => {
  const recording = await recordDatabase({
    teamTags: { team: "orders" },
    allowDeletion: "a stage to try things on",
    allowSingleInstance: "nobody waits for it",
  });
  expect(recording.one("aws:rds/cluster:Cluster").inputs.tags).toEqual({
    team: "orders",
    "palisade:component": "HardenedDatabase",
    "palisade:name": "db",
    "palisade:lowered:deletion-protection": "a stage to try things on",
    "palisade:lowered:multiple-instances": "nobody waits for it",
  });
  const untaggable = /RolePolicy|HardenedDatabase$/;
  for (const { type, inputs } of recording.resources.filter((resource) => !untaggable.test(resource.type))) {
    expect(inputs.tags, type).toMatchObject({ team: "orders", "palisade:component": "HardenedDatabase" });
    // A floor of the cluster is the cluster's: a reviewer who looks for its tag finds one resource, not all.
    if (type === "aws:rds/cluster:Cluster") continue;
    expect(Object.keys(inputs.tags as object), type).not.toContain("palisade:lowered:deletion-protection");
    expect(Object.keys(inputs.tags as object), type).not.toContain("palisade:lowered:multiple-instances");
  }
});

test("its public options are those of the golden schema", () => {
  const { actual, golden } = goldenSchema(`${import.meta.dirname}/..`, [
    "HardenedDatabase",
    "IdempotencyTable",
    "DatabaseMigration",
  ]);
  expect(actual).toEqual(golden);
});
