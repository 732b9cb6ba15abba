import { loadOpenApi } from "@palisade/functions/openapi";
import { type Recording, recordStack, resolved } from "@palisade/testing";
import { beforeAll, describe, expect, test } from "vitest";
import program from "../index.ts";
import { FUNCTION_OF, routes } from "../weak/api.ts";
import type { WeakOutputs } from "../weak/index.ts";

const record = (config: Record<string, string>) =>
  recordStack(async () => (await program()) as WeakOutputs, { project: "palisade", stack: "weak", config });

test.each([
  ["no configuration", {}],
  ["an emulator elsewhere", { "palisade:emulatorUrl": "http://emulator.example.com:4566" }],
  ["the acknowledgement denied", { "palisade:iKnowThisIsVulnerable": "false" }],
])("with %s the stage is refused", async (_title, config) => {
  await expect(record(config)).rejects.toThrow("weak: this stage is vulnerable on purpose");
});

test("with the acknowledgement it is declared, wherever the emulator is", async () => {
  const recording = await record({ "palisade:iKnowThisIsVulnerable": "true" });
  expect(recording.count("aws:lambda/function:Function")).toBe(10);
});

describe("the stage in the sandbox", () => {
  let recording: Recording<WeakOutputs>;

  beforeAll(async () => {
    recording = await record({ "palisade:emulatorUrl": "http://127.0.0.1:4566" });
  });

  test("it is plain aws resources, and none that would defend it", () => {
    expect(recording.types()).toEqual({
      "aws:apigateway/apiKey:ApiKey": 1,
      "aws:apigateway/basePathMapping:BasePathMapping": 1,
      "aws:apigateway/deployment:Deployment": 1,
      "aws:apigateway/domainName:DomainName": 1,
      "aws:apigateway/methodSettings:MethodSettings": 1,
      "aws:apigateway/restApi:RestApi": 1,
      "aws:apigateway/stage:Stage": 1,
      "aws:apigateway/usagePlan:UsagePlan": 1,
      "aws:apigateway/usagePlanKey:UsagePlanKey": 1,
      "aws:cognito/userPool:UserPool": 1,
      "aws:cognito/userPoolClient:UserPoolClient": 1,
      "aws:ec2/securityGroup:SecurityGroup": 1,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicy:RolePolicy": 2,
      "aws:lambda/function:Function": 10,
      "aws:lambda/invocation:Invocation": 1,
      "aws:lambda/permission:Permission": 8,
      "aws:rds/cluster:Cluster": 1,
      "aws:rds/clusterInstance:ClusterInstance": 1,
      "aws:secretsmanager/secret:Secret": 1,
      "aws:secretsmanager/secretVersion:SecretVersion": 1,
    });
  });

  test("one role that may do everything is every function's", () => {
    for (const { inputs } of recording.all("aws:iam/rolePolicy:RolePolicy")) {
      expect(JSON.parse(String(inputs.policy)).Statement).toEqual([{ Effect: "Allow", Action: "*", Resource: "*" }]);
    }
    const role = recording.one("aws:iam/role:Role", "weak-functions").outputs.arn;
    expect(recording.all("aws:lambda/function:Function").map((fn) => fn.inputs.role)).toEqual(Array(10).fill(role));
  });

  test("a function calls a malicious address, or in the sandbox its sink, and nothing tells of it", async () => {
    const caller = (of: Recording<WeakOutputs>) =>
      of.one("aws:lambda/function:Function", "weak-threat-caller").inputs.environment as {
        variables: Record<string, string>;
      };
    expect(caller(recording).variables).toMatchObject({ LISTED_ADDRESS: "198.51.100.66" });
    expect(caller(recording).variables).not.toHaveProperty("THREAT_SINK");
    const config = { "palisade:emulatorUrl": "http://127.0.0.1:4566", "palisade:threatSink": "127.0.0.1:9999" };
    expect(caller(await record(config)).variables.THREAT_SINK).toBe("127.0.0.1:9999");
  });

  test("the database's password is in every function's plain environment", () => {
    const cluster = recording.one("aws:rds/cluster:Cluster");
    expect(cluster.inputs).toMatchObject({ masterUsername: "admin", masterPassword: "palisade-admin-2024" });
    expect(cluster.inputs.storageEncrypted).toBe(false);
    expect(recording.one("aws:rds/clusterInstance:ClusterInstance").inputs.publiclyAccessible).toBe(true);
    for (const fn of recording.all("aws:lambda/function:Function")) {
      expect(fn.inputs).toMatchObject({ runtime: "nodejs24.x", handler: "index.handler" });
      expect(fn.inputs.environment).toMatchObject({
        variables: {
          DATABASE_HOST: cluster.outputs.endpoint,
          DATABASE_PORT: String(cluster.outputs.port),
          DATABASE_NAME: "palisade",
          DATABASE_USER: "admin",
          DATABASE_PASSWORD: "palisade-admin-2024",
          CLIENT_ID: recording.one("aws:cognito/userPoolClient:UserPoolClient").id,
        },
      });
    }
  });

  test("the API has the contract's operations, each with its function, and no authorizer, validator or model", () => {
    const body = JSON.parse(String(recording.one("aws:apigateway/restApi:RestApi").inputs.body));
    const contract = loadOpenApi() as { paths: Record<string, object> };
    // Further steps and codes came with the hardening: weak's users have a password and nothing else.
    const hardened = ["/session/challenge", "/session/code"];
    expect(Object.keys(body.paths)).toEqual(Object.keys(contract.paths).filter((path) => !hardened.includes(path)));
    expect(Object.keys(body.components)).toEqual(["securitySchemes"]);
    expect(body.components.securitySchemes).toEqual({ api_key: { type: "apiKey", name: "x-api-key", in: "header" } });
    expect(JSON.stringify(body)).not.toMatch(/validator|authorizer|requestBody/);
    for (const { path, method, operationId } of routes()) {
      const fn = recording.one("aws:lambda/function:Function", `weak-${FUNCTION_OF[operationId]}`);
      expect(body.paths[path][method]).toMatchObject({
        operationId,
        "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: fn.outputs.invokeArn },
      });
    }
  });

  test("the API key stands on what writes and on the administration, and on nothing else", () => {
    const keyed = routes().filter((route) => route.apiKeyRequired);
    expect(keyed.map((route) => route.operationId)).toEqual([
      "placeOrder",
      "cancelOrder",
      "importOrders",
      "saveCart",
      "restoreCart",
      "listAllOrders",
      "setOrderStatus",
    ]);
    const body = JSON.parse(String(recording.one("aws:apigateway/restApi:RestApi").inputs.body));
    for (const { path, method, apiKeyRequired } of routes()) {
      expect(body.paths[path][method].security).toEqual(apiKeyRequired ? [{ api_key: [] }] : []);
    }
  });

  test("the stage logs nothing, and the usage plan limits nothing", () => {
    const { inputs } = recording.one("aws:apigateway/stage:Stage");
    const others = ["deployment", "restApi", "stageName"];
    expect(Object.keys(inputs).sort()).toEqual(["cacheClusterEnabled", "cacheClusterSize", ...others]);
    expect(Object.keys(recording.one("aws:apigateway/usagePlan:UsagePlan").inputs)).toEqual(["apiStages"]);
  });

  test("an answer is kept for whoever asks next, and the domain is no more than another address", () => {
    const { inputs } = recording.one("aws:apigateway/methodSettings:MethodSettings");
    expect(inputs).toMatchObject({
      methodPath: "~1partners~1me/GET",
      settings: { cachingEnabled: true, cacheTtlInSeconds: 300, requireAuthorizationForCacheControl: false },
    });
    const { body, ...api } = recording.one("aws:apigateway/restApi:RestApi").inputs;
    expect(String(body)).not.toContain("cacheKeyParameters");
    expect(api).not.toHaveProperty("disableExecuteApiEndpoint");
    expect(recording.one("aws:apigateway/domainName:DomainName").inputs).not.toHaveProperty("mutualTlsAuthentication");
  });

  test("a change of the API is deployed", () => {
    const { inputs } = recording.one("aws:apigateway/deployment:Deployment");
    expect(inputs.triggers).toEqual({ body: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test("a password of six letters is enough, and nothing but a password", () => {
    const { inputs } = recording.one("aws:cognito/userPool:UserPool");
    expect(inputs).toMatchObject({
      mfaConfiguration: "OFF",
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    });
    expect(inputs.passwordPolicy).toMatchObject({ minimumLength: 6, requireSymbols: false, requireNumbers: false });
    expect(recording.one("aws:cognito/userPoolClient:UserPoolClient").inputs.explicitAuthFlows).toEqual([
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
    ]);
  });

  test("the tables are made once the database's instance is there", () => {
    const setup = recording.one("aws:lambda/invocation:Invocation");
    expect(setup.options.dependsOn).toContain(recording.one("aws:rds/clusterInstance:ClusterInstance").urn);
    expect(setup.inputs.functionName).toBe(recording.one("aws:lambda/function:Function", "weak-setup").outputs.name);
  });

  test("its outputs are a stage's, with the API key and the payments function's secret", async () => {
    const outputs = await resolved(recording.result);
    const fn = recording.one("aws:lambda/function:Function", "weak-order-import").outputs.name;
    expect(Object.keys(outputs.functions)).toEqual([
      "catalog",
      "orders",
      "order-import",
      "receipt",
      "carts",
      "partners",
      "admin",
      "session",
      "setup",
    ]);
    expect(outputs.functions["order-import"]).toEqual({
      functionName: fn,
      roleName: recording.one("aws:iam/role:Role", "weak-functions").outputs.name,
      logGroupName: `/aws/lambda/${fn}`,
    });
    expect(outputs).toMatchObject({
      stage: "weak",
      stageName: "weak",
      userPoolId: recording.one("aws:cognito/userPool:UserPool").id,
      paymentsSecretArn: recording.one("aws:secretsmanager/secret:Secret").outputs.arn,
      database: { name: "palisade" },
    });
    expect(outputs.apiKey).toBe(recording.one("aws:apigateway/apiKey:ApiKey").outputs.value);
  });
});
