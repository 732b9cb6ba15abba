import { ListRolesCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulated, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 180_000);
afterAll(() => emulated.sandbox.close());

const TRUST = { Version: "2012-10-17", Statement: [] };

test("a role without policies changes and goes", async () => {
  const role = await emulated.create("aws:iam/role:Role", { assumeRolePolicy: TRUST });
  await role.update({ assumeRolePolicy: TRUST });
  await role.delete();
  const { Roles } = await emulated.sandbox.clients.iam.send(new ListRolesCommand({}));
  expect(Roles?.map(({ RoleName }) => RoleName)).not.toContain(role.id);
});

test("a client, a group and a resource server without a name", async () => {
  const pool = await emulated.create("aws:cognito/userPool:UserPool", { passwordPolicy: { minimumLength: 12 } });
  const client = await emulated.create("aws:cognito/userPoolClient:UserPoolClient", {
    userPoolId: pool.id,
    generateSecret: true,
  });
  expect(client.outputs.clientSecret).toMatch(/\S{20,}/);
  expect((await client.update({ userPoolId: pool.id })).outputs.name).toBe(client.outputs.name);
  const group = await emulated.create("aws:cognito/userGroup:UserGroup", { userPoolId: pool.id });
  expect(group.outputs.name).toMatch(/^thing-/);
  const server = await emulated.create("aws:cognito/resourceServer:ResourceServer", {
    userPoolId: pool.id,
    identifier: "orders",
  });
  expect(server.outputs).toEqual({ name: expect.stringMatching(/^thing-/), scopeIdentifiers: [] });
  expect((await server.update({ userPoolId: pool.id, identifier: "orders" })).outputs.name).toBe(server.outputs.name);
});

test("a cluster's parameter group may have no parameters, and an alarm no metric", async () => {
  const group = await emulated.create("aws:rds/clusterParameterGroup:ClusterParameterGroup", {
    family: "aurora-mysql8.0",
  });
  expect(group.id).toMatch(/^thing-/);
  const alarm = await emulated.create("aws:cloudwatch/metricAlarm:MetricAlarm", {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    threshold: 1,
    namespace: "n",
    period: 60,
    statistic: "Sum",
  });
  expect(alarm.id).toMatch(/^thing-/);
});

test("a function of no version has its concurrency taken away, and its configuration comes without a qualifier", async () => {
  const { asset } = await import("@pulumi/pulumi");
  const role = await emulated.create("aws:iam/role:Role", { assumeRolePolicy: TRUST });
  const code = new asset.AssetArchive({ "index.mjs": new asset.StringAsset("export const handler = async () => 1;") });
  const inputs = { code, role: role.outputs.arn, runtime: "nodejs24.x", handler: "index.handler" };
  const made = await emulated.create("aws:lambda/function:Function", { ...inputs, publish: true });
  const kept = await made.update({ ...inputs, publish: true, reservedConcurrentExecutions: 2 });
  expect(kept.outputs.name).toBe(made.id);
  const config = await emulated.create("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", {
    functionName: made.id,
    qualifier: "1",
    maximumRetryAttempts: 0,
  });
  expect(config.id).toBe(`${made.id}:1`);
  const permission = await emulated.create("aws:lambda/permission:Permission", {
    statementId: "gateway",
    action: "lambda:InvokeFunction",
    function: made.id,
    principal: "apigateway.amazonaws.com",
  });
  expect(permission.id).toBe("gateway");
  await permission.delete();
});
