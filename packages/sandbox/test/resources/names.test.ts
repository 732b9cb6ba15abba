import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulated, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
  await emulated.create("aws:iam/role:Role", { name: "shared", assumeRolePolicy: TRUST });
  await emulated.create("aws:lambda/function:Function", { ...(await functionInputs()), name: "shared", publish: true });
}, 180_000);
afterAll(() => emulated.sandbox.close());

const TRUST = { Version: "2012-10-17", Statement: [] };
const POLICY = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };
const ALARM = {
  comparisonOperator: "LessThanThreshold",
  evaluationPeriods: 1,
  metricName: "m",
  namespace: "n",
  period: 60,
};

async function functionInputs() {
  const { asset } = await import("@pulumi/pulumi");
  const code = new asset.AssetArchive({ "index.mjs": new asset.StringAsset("export const handler = async () => 1;") });
  return { code, role: "arn:aws:iam::123456789012:role/shared", runtime: "nodejs24.x", handler: "index.handler" };
}

test.each<[type: string, inputs: object | (() => Promise<object>), output?: string]>([
  ["aws:cloudwatch/logGroup:LogGroup", {}],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { ...ALARM, statistic: "Sum", threshold: 1 }],
  ["aws:cognito/userPool:UserPool", {}],
  ["aws:dynamodb/table:Table", { attributes: [{ name: "id", type: "S" }], hashKey: "id" }],
  ["aws:iam/policy:Policy", { policy: JSON.stringify(POLICY) }],
  ["aws:iam/role:Role", { assumeRolePolicy: TRUST }],
  ["aws:iam/rolePolicy:RolePolicy", { role: "shared", policy: POLICY }],
  ["aws:lambda/alias:Alias", { functionName: "shared", functionVersion: "1" }],
  ["aws:lambda/function:Function", functionInputs],
  ["aws:rds/clusterInstance:ClusterInstance", {}, "identifier"],
  ["aws:rds/clusterParameterGroup:ClusterParameterGroup", { family: "aurora-mysql8.0" }],
  ["aws:secretsmanager/secret:Secret", {}],
  ["aws:sns/topic:Topic", {}],
  ["aws:sqs/queue:Queue", {}],
  ["aws:apigateway/apiKey:ApiKey", {}],
  ["aws:apigateway/restApi:RestApi", {}],
  ["aws:apigateway/usagePlan:UsagePlan", {}],
])("%s without a name has the logical name and seven random digits", async (type, inputs, output = "name") => {
  const given = typeof inputs === "function" ? await inputs() : inputs;
  const made = await emulated.create(type, given as Record<string, unknown>, "orders");
  expect(made.outputs[output]).toMatch(/^orders-[0-9a-f]{7}$/);
});
