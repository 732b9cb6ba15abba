import { DescribeDBClusterParametersCommand, DescribeDBSubnetGroupsCommand } from "@aws-sdk/client-rds";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DatabaseServer, DatabaseServerOptions } from "../../src/database/index.ts";
import { type Emulated, make, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 180_000);
afterAll(() => emulated.sandbox.close());

/** A context whose server is a record of what was asked for. */
function withServer(asked: DatabaseServerOptions[]) {
  const server = { host: "127.0.0.1", port: 33060, caPem: "CA" } as DatabaseServer;
  return {
    ...emulated.context("aws:rds/cluster:Cluster", "orders"),
    startDatabase: async (options: DatabaseServerOptions) => {
      asked.push(options);
      return server;
    },
  };
}

test("a cluster with a managed password: a secret, IAM, and the parameters of its group", async () => {
  const { rds, secretsManager } = emulated.sandbox.clients;
  const group = await emulated.create("aws:rds/clusterParameterGroup:ClusterParameterGroup", {
    name: "Orders",
    family: "aurora-mysql8.0",
    parameters: [
      { name: "require_secure_transport", value: "ON" },
      { name: "tls_version", value: "TLSv1.2", applyMethod: "pending-reboot" },
    ],
    tags: { team: "a" },
  });
  expect(group.id).toBe("orders");
  const asked: DatabaseServerOptions[] = [];
  const cluster = await make(withServer(asked), "aws:rds/cluster:Cluster", {
    clusterIdentifier: "orders-1",
    engine: "aurora-mysql",
    databaseName: "orders",
    masterUsername: "root_user",
    manageMasterUserPassword: true,
    iamDatabaseAuthenticationEnabled: true,
    dbClusterParameterGroupName: group.id,
  });
  const [options] = asked;
  expect(cluster.id).toBe("orders-1");
  expect(cluster.outputs).toMatchObject({
    arn: "arn:aws:rds:us-east-1:123456789012:cluster:orders-1",
    endpoint: "127.0.0.1",
    port: 33060,
    masterUsername: "root_user",
  });
  expect(cluster.outputs.clusterResourceId).toMatch(/^cluster-[A-Z2-7]{26}$/);
  expect(options).toMatchObject({
    clusterIdentifier: "orders-1",
    databaseName: "orders",
    masterUsername: "root_user",
    parameters: { require_secure_transport: "ON", tls_version: "TLSv1.2" },
    iam: {
      enabled: true,
      emulatorUrl: emulated.sandbox.emulatorUrl,
      region: "us-east-1",
      accountId: "123456789012",
      clusterResourceId: cluster.outputs.clusterResourceId,
    },
  });
  expect(options?.directory).toBe(`${emulated.sandbox.directory}/database-orders-1`);

  const [secret] = cluster.outputs.masterUserSecrets as { secretArn: string }[];
  const read = () => secretsManager.send(new GetSecretValueCommand({ SecretId: secret?.secretArn }));
  const value = JSON.parse((await read()).SecretString ?? "{}");
  expect(value).toEqual({ username: "root_user", password: options?.masterPassword });
  expect(value.password).toHaveLength(28);

  const kept = await cluster.update({ engine: "aurora-mysql", backupRetentionPeriod: 7 });
  expect(kept.outputs).toEqual(Object.fromEntries(Object.keys(kept.outputs).map((key) => [key, cluster.state[key]])));
  expect(kept.outputs.endpoint).toBe("127.0.0.1");
  await cluster.delete();
  expect(await outcome(read())).toBe("ResourceNotFoundException");

  await group.update({ family: "aurora-mysql8.0", parameters: [{ name: "require_secure_transport", value: "OFF" }] });
  const at = { DBClusterParameterGroupName: group.id };
  const { Parameters } = await rds.send(new DescribeDBClusterParametersCommand(at));
  expect(Parameters?.find(({ ParameterName }) => ParameterName === "require_secure_transport")?.ParameterValue).toBe(
    "OFF",
  );
  await group.delete();
  expect(await outcome(rds.send(new DescribeDBClusterParametersCommand(at)))).toMatch(/NotFound/);
});

test("a cluster with a password of its own has neither a secret nor IAM", async () => {
  const asked: DatabaseServerOptions[] = [];
  const cluster = await make(withServer(asked), "aws:rds/cluster:Cluster", {
    engine: "aurora-mysql",
    masterPassword: "given",
  });
  expect(cluster.id).toMatch(/^orders-[0-9a-f]{7}$/);
  expect(cluster.outputs.masterUserSecrets).toEqual([]);
  expect(asked[0]).toMatchObject({
    masterUsername: "admin",
    masterPassword: "given",
    databaseName: "mysql",
    iam: undefined,
  });
  await cluster.delete();
});

test("another engine has no server here", async () => {
  const cluster = emulated.create("aws:rds/cluster:Cluster", { engine: "aurora-postgresql" });
  await expect(cluster).rejects.toThrow(
    "The sandbox has a server for Aurora MySQL only, and the engine is aurora-postgresql. Use the engine aurora-mysql.",
  );
});

test("instances and subnet groups have names", async () => {
  const instance = await emulated.create("aws:rds/clusterInstance:ClusterInstance", { identifier: "orders-1-1" });
  expect(instance.outputs.arn).toBe("arn:aws:rds:us-east-1:123456789012:db:orders-1-1");
  expect((await instance.update({})).outputs.identifier).toBe("orders-1-1");

  const { rds } = emulated.sandbox.clients;
  const vpc = await emulated.create("awsx:ec2:Vpc", {
    numberOfAvailabilityZones: 3,
    subnetSpecs: [{ type: "Isolated" }],
  });
  const subnetIds = vpc.outputs.isolatedSubnetIds as string[];
  const group = await emulated.create(
    "aws:rds/subnetGroup:SubnetGroup",
    { subnetIds: subnetIds.slice(0, 2) },
    "Isolated",
  );
  expect(group.id).toMatch(/^isolated-[0-9a-f]{7}$/);
  await group.update({ subnetIds });
  const read = async () =>
    (await rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: group.id }))).DBSubnetGroups?.[0]?.Subnets;
  expect(await read()).toHaveLength(3);
  await group.delete();
  expect(await outcome(read())).toMatch(/NotFound/);
});
