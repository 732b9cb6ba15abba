import { expectNamesPrefixed, expectPartitionSafe, type Recording, recordStack, resolved } from "@palisade/testing";
import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  ExecutionLogLevel,
  gatewayBody,
  operationsOf,
  QuotaPeriod,
  SecureGateway,
  type SecureGatewayArgs,
  UserPool,
} from "../../src/index.ts";
import { exampleDocument, functionRef, sentenceOf, set, smallArgs, smallDocument } from "../fixtures.ts";

const REST_API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const PERMISSION = "aws:lambda/permission:Permission";
const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
const CLIENT_CERTIFICATE = "aws:apigateway/clientCertificate:ClientCertificate";

/** What is true of every method's cache, used or not. */
const CACHE = {
  cacheDataEncrypted: true,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403",
};

const record = (more: Partial<SecureGatewayArgs> = {}, opts?: pulumi.ComponentResourceOptions) =>
  recordStack(() => new SecureGateway("api", smallArgs(more), opts));

const tags = { "palisade:component": "SecureGateway", "palisade:name": "api" };

describe("the gateway by default", () => {
  test("has these resources and no others", async () => {
    expect((await record()).types()).toEqual({
      [DEPLOYMENT]: 1,
      [SETTINGS]: 1,
      [REST_API]: 1,
      [STAGE]: 1,
      [CLIENT_CERTIFICATE]: 1,
      [LOG_GROUP]: 2,
      [PERMISSION]: 3,
      "palisade:index:SecureGateway": 1,
    });
  });

  test("is regional, and its lowered floor is a tag with the reason", async () => {
    const { inputs } = (await record()).one(REST_API, "api-rest-api");
    const { body, ...others } = inputs;
    expect(others).toEqual({
      apiKeySource: "HEADER",
      description: "Pets",
      endpointConfiguration: { types: "REGIONAL" },
      endpointAccessMode: "STRICT",
      failOnWarnings: true,
      securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
      tags: {
        ...tags,
        "palisade:lowered:unauthenticated-route-getStatus": "A load balancer without a token asks for it.",
      },
    });
    expect(JSON.parse(body as string)).toEqual(
      gatewayBody(smallDocument(), {
        invokeArns: { replacePet: functionRef("pets").invokeArn, getStatus: functionRef("status").invokeArn } as Record<
          string,
          string
        >,
        authorizerInvokeArn: functionRef("authorizer").invokeArn as string,
        authorizerResultTtlSeconds: 30,
        timeoutMilliseconds: 29_000,
        meteredByApiKey: false,
        securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
        endpointAccessMode: "STRICT",
      }),
    );
  });

  test("traces the stage and logs each request as JSON without a token, a header or an error's text", async () => {
    const recording = await record();
    const stage = recording.one(STAGE, "api-stage");
    const { accessLogSettings, ...others } = stage.inputs;
    const log = recording.one(LOG_GROUP, "api-access-log");
    expect(others).toEqual({
      restApi: recording.one(REST_API).id,
      deployment: recording.one(DEPLOYMENT).id,
      stageName: "live",
      xrayTracingEnabled: true,
      clientCertificateId: recording.one(CLIENT_CERTIFICATE, "api-client-certificate").id,
      tags,
    });
    expect(recording.one(CLIENT_CERTIFICATE).inputs).toEqual({ description: "Of the API api", tags });
    const { destinationArn, format } = accessLogSettings as { destinationArn: string; format: string };
    expect(destinationArn).toBe(log.outputs.arn);
    const line = JSON.parse(format);
    expect(line).toEqual({
      requestId: "$context.requestId",
      extendedRequestId: "$context.extendedRequestId",
      traceId: "$context.xrayTraceId",
      time: "$context.requestTimeEpoch",
      sourceIp: "$context.identity.sourceIp",
      method: "$context.httpMethod",
      resourcePath: "$context.resourcePath",
      operation: "$context.operationName",
      protocol: "$context.protocol",
      domain: "$context.domainName",
      tlsVersion: "$context.tlsVersion",
      cipherSuite: "$context.cipherSuite",
      status: "$context.status",
      errorType: "$context.error.responseType",
      responseBytes: "$context.responseLength",
      responseMilliseconds: "$context.responseLatency",
      principalId: "$context.authorizer.principalId",
      authorizerStatus: "$context.authorizer.status",
      authorizerError: "$context.authorizer.error",
      authorizerMilliseconds: "$context.authorizer.latency",
      integrationStatus: "$context.integration.status",
      integrationMilliseconds: "$context.integration.latency",
      integrationRequestId: "$context.integration.requestId",
      firewallStatus: "$context.waf.status",
      firewallError: "$context.waf.error",
      firewallMilliseconds: "$context.waf.latency",
    });
    expect(Object.values(line).join()).not.toMatch(
      /header|cookie|authorization|userAgent|apiKey|message|querystring|context\.path/i,
    );
  });

  test("keeps both logs for 90 days; the execution log's group has API Gateway's name and exists before the stage", async () => {
    const recording = await record();
    const execution = recording.one(LOG_GROUP, "api-execution-log");
    const id = recording.one(REST_API).id;
    expect(execution.inputs).toEqual({ name: `API-Gateway-Execution-Logs_${id}/live`, retentionInDays: 90, tags });
    expect(recording.one(LOG_GROUP, "api-access-log").inputs).toEqual({ retentionInDays: 90, tags });
    expect(recording.one(STAGE).options.dependsOn).toContain(execution.urn);
  });

  test("throttles all methods, writes errors to the execution log and never the data of a request", async () => {
    const recording = await record();
    expect(recording.one(SETTINGS).inputs).toEqual({
      restApi: recording.one(REST_API).id,
      stageName: "live",
      methodPath: "*/*",
      settings: {
        loggingLevel: "ERROR",
        dataTraceEnabled: false,
        metricsEnabled: true,
        cachingEnabled: false,
        ...CACHE,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
      },
    });
  });

  test("lets the API call each function for its own operation of this stage only, and the authorizer", async () => {
    const recording = await record();
    const executionArn = recording.one(REST_API).outputs.executionArn as string;
    const common = { action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com" };
    expect(executionArn).toMatch(/^arn:aws:execute-api:eu-central-1:111122223333:/);
    expect(recording.one(PERMISSION, "api-invoke-replacePet").inputs).toEqual({
      ...common,
      function: "pets",
      qualifier: "live",
      sourceArn: `${executionArn}/live/PUT/pets/*`,
    });
    expect(recording.one(PERMISSION, "api-invoke-getStatus").inputs).toEqual({
      ...common,
      function: "status",
      sourceArn: `${executionArn}/live/GET/status`,
    });
    expect(recording.one(PERMISSION, "api-authorizer-invoke").inputs).toEqual({
      ...common,
      function: "authorizer",
      qualifier: "live",
      sourceArn: `${executionArn}/authorizers/*`,
    });
  });

  test("another account's authorizer gets no permission here: its owner makes it", async () => {
    const recording = await record({ authorizer: { function: functionRef("authorizer"), permittedElsewhere: true } });
    const functions = recording.all(PERMISSION).map(({ inputs }) => inputs.function);
    expect(functions).not.toContain("authorizer");
    expect(functions).toHaveLength((await record()).count(PERMISSION) - 1);
  });

  test("an operation may be called authorizer: its permission has a name of its own", async () => {
    const args = smallArgs({
      apiDocument: set(smallDocument(), ["paths", "/status", "get", "operationId"], "authorizer"),
      functions: { replacePet: functionRef("pets", "live"), authorizer: functionRef("status") },
    });
    const recording = await recordStack(() => new SecureGateway("api", args));
    const permitted = recording.all(PERMISSION).map(({ name, inputs }) => [name, inputs.function]);
    expect(permitted.sort()).toEqual([
      ["api-authorizer-invoke", "authorizer"],
      ["api-invoke-authorizer", "status"],
      ["api-invoke-replacePet", "pets"],
    ]);
  });

  test("names every child after itself, has no partition or region of its own, and registers its outputs", async () => {
    const recording = await recordStack(() => new SecureGateway("api", smallArgs()), {
      place: { partition: "aws-cn", region: "cn-north-1" },
    });
    const component = recording.one("palisade:index:SecureGateway");
    expectNamesPrefixed(recording, component);
    expectPartitionSafe(recording);
    expect(component.outputsRegistered).toBe(true);
  });

  test("has these outputs", async () => {
    const recording: Recording<SecureGateway> = await record();
    const restApi = recording.one(REST_API);
    const stage = recording.one(STAGE);
    const gateway = recording.result;
    expect(await resolved(gateway.restApiId)).toBe(restApi.id);
    expect(await resolved(gateway.executionArn)).toBe(restApi.outputs.executionArn);
    expect(await resolved(gateway.stageName)).toBe("live");
    expect(await resolved(gateway.stageArn)).toBe(stage.outputs.arn);
    expect(await resolved(gateway.url)).toBe(stage.outputs.invokeUrl);
    expect(await resolved(gateway.accessLogGroupName)).toBe(recording.one(LOG_GROUP, "api-access-log").outputs.name);
    expect(await resolved(gateway.executionLogGroupName)).toBe(`API-Gateway-Execution-Logs_${restApi.id}/live`);
    expect(await resolved(gateway.authorizerFunctionName)).toBe("authorizer");
    expect(gateway.usagePlanId).toBeUndefined();
    expect(recording.one("palisade:index:SecureGateway").outputs).toMatchObject({
      restApiId: restApi.id,
      stageName: "live",
    });
  });
});

describe("an option", () => {
  test("stageName, description, logs and throttling reach their resources", async () => {
    const recording = await record({
      stageName: "v1",
      description: "Pets for all",
      executionLogLevel: ExecutionLogLevel.Info,
      logRetentionDays: 365,
      kmsKeyArn: "arn:aws-cn:kms:cn-north-1:111122223333:key/1",
      throttling: { rateLimit: 2.5, burstLimit: 3 },
      operationThrottling: { replacePet: { rateLimit: 1, burstLimit: 1 } },
      teamTags: { team: "pets" },
    });
    expect(recording.one(REST_API).inputs.description).toBe("Pets for all");
    for (const group of recording.all(LOG_GROUP)) {
      expect(group.inputs).toMatchObject({
        retentionInDays: 365,
        kmsKeyId: "arn:aws-cn:kms:cn-north-1:111122223333:key/1",
        tags: { ...tags, team: "pets" },
      });
    }
    expect(recording.one(LOG_GROUP, "api-execution-log").inputs.name).toMatch(/\/v1$/);
    expect(recording.one(STAGE).inputs).toMatchObject({ stageName: "v1", tags: { ...tags, team: "pets" } });
    expect(recording.one(PERMISSION, "api-invoke-replacePet").inputs.sourceArn).toMatch(/\/v1\/PUT\/pets\/\*$/);
    const all = recording.one(SETTINGS, "api-method-settings");
    const common = {
      loggingLevel: "INFO",
      dataTraceEnabled: false,
      metricsEnabled: true,
      cachingEnabled: false,
      ...CACHE,
    };
    expect(all.inputs.settings).toEqual({ ...common, throttlingRateLimit: 2.5, throttlingBurstLimit: 3 });
    const one = recording.one(SETTINGS, "api-method-settings-replacePet");
    expect(one.inputs).toEqual({
      restApi: recording.one(REST_API).id,
      stageName: "v1",
      methodPath: "~1pets~1{petId}/PUT",
      settings: { ...common, throttlingRateLimit: 1, throttlingBurstLimit: 1 },
    });
    expect(one.options.dependsOn).toContain(all.urn);
    expect(recording.count(SETTINGS)).toBe(2);
  });

  test("existingAccessLogGroup is logged to, and none is made", async () => {
    const logGroupArn = "arn:aws-cn:logs:cn-north-1:111122223333:log-group:shared";
    const recording = await record({ existingAccessLogGroup: { logGroupArn, logGroupName: "shared" } });
    expect(recording.all(LOG_GROUP).map(({ name }) => name)).toEqual(["api-execution-log"]);
    expect(recording.one(STAGE).inputs.accessLogSettings).toMatchObject({ destinationArn: logGroupArn });
    expect(await resolved(recording.result.accessLogGroupName)).toBe("shared");
  });

  test("firewall puts a web ACL in front of the stage", async () => {
    const webAclArn = "arn:aws-cn:wafv2:cn-north-1:111122223333:regional/webacl/edge/1";
    const recording = await record({ firewall: { webAclArn } });
    const association = recording.one("aws:wafv2/webAclAssociation:WebAclAssociation", "api-firewall");
    expect(association.inputs).toEqual({ resourceArn: recording.one(STAGE).outputs.arn, webAclArn });
    // Its deletion names the stage alone: after the new association's creation it would undo it.
    expect(association.options.deleteBeforeReplace).toBe(true);
  });

  test.each<[string, SecureGatewayArgs["usagePlan"], object]>([
    ["nothing", {}, {}],
    [
      "throttling only",
      { throttling: { rateLimit: 1, burstLimit: 2 } },
      { throttleSettings: { rateLimit: 1, burstLimit: 2 } },
    ],
    ["a quota only", { quotaLimit: 10 }, { quotaSettings: { limit: 10, period: "MONTH" } }],
    [
      "both",
      { quotaLimit: 10, quotaPeriod: QuotaPeriod.Day, throttling: { rateLimit: 1, burstLimit: 2 } },
      { quotaSettings: { limit: 10, period: "DAY" }, throttleSettings: { rateLimit: 1, burstLimit: 2 } },
    ],
  ])("usagePlan with %s", async (_title, usagePlan, inputs) => {
    const recording = await record({ usagePlan });
    const plan = recording.one("aws:apigateway/usagePlan:UsagePlan", "api-usage-plan");
    const apiStages = [{ apiId: recording.one(REST_API).id, stage: "live" }];
    expect(plan.inputs).toEqual({ apiStages, tags, ...inputs });
    expect(await resolved(recording.result.usagePlanId)).toBe(plan.id);
    expect(recording.one(REST_API).inputs.body).toContain('"security":[{"bearer":[],"palisadeApiKey":[]}]');
  });

  test("resourcePolicyJson, disableExecuteApiEndpoint, compression and binary types reach the API", async () => {
    const recording = await record({
      resourcePolicyJson: '{"Version":"2012-10-17"}',
      disableExecuteApiEndpoint: true,
      minimumCompressionBytes: 1024,
      binaryMediaTypes: ["image/png"],
      authorizer: { function: functionRef("authorizer"), resultTtlSeconds: 0 },
      integrationTimeoutMilliseconds: 5000,
    });
    const { inputs } = recording.one(REST_API);
    expect(inputs).toMatchObject({
      policy: '{"Version":"2012-10-17"}',
      disableExecuteApiEndpoint: true,
      minimumCompressionSize: "1024",
      binaryMediaTypes: ["image/png"],
    });
    expect(inputs.body).toContain('"authorizerResultTtlInSeconds":0');
    expect(inputs.body).toContain('"timeoutInMillis":5000');
  });

  test("a body that is not JSON is a lowered floor, named by a tag", async () => {
    const place = ["paths", "/pets/{petId}", "put", "requestBody", "content"];
    const apiDocument = set(smallDocument(), place, { "application/xml": { schema: { type: "string" } } });
    expect((await record({ apiDocument })).one(REST_API).inputs.tags).toMatchObject({
      "palisade:lowered:unmodelled-body-replacePet": "API Gateway models describe JSON only not application/xml",
    });
  });

  test("transforms reach every child", async () => {
    const recording = await record(
      {},
      {
        transforms: [
          ({ type, props, opts }) =>
            type === STAGE ? { props: { ...props, description: "transformed" }, opts } : undefined,
        ],
      },
    );
    expect(recording.one(STAGE).inputs.description).toBe("transformed");
  });
});

describe("the example API", () => {
  test("is served whole, functions shared by operations, and passes in a preview", async () => {
    const apiDocument = exampleDocument();
    const orders = functionRef("orders", "live");
    const functions = Object.fromEntries(operationsOf(apiDocument).map(({ operationId }) => [operationId, orders]));
    const program = () => {
      const pool = new UserPool("users");
      const gateway = new SecureGateway("api", { apiDocument, functions, authorizer: { function: orders } });
      return { pool, gateway };
    };
    const recording = await recordStack(program, { preview: true });
    // One for the authorizer.
    expect(recording.count(PERMISSION)).toBe(operationsOf(apiDocument).length + 1);
    expect(recording.one(REST_API).inputs.tags).toMatchObject({
      ...tags,
      "palisade:lowered:unauthenticated-route-signIn":
        "Signing in is what gives a caller a session it is throttled and checks a password.",
      "palisade:lowered:unmodelled-body-importOrders": "API Gateway models describe JSON only not application/xml",
    });
  });
});

test("nothing is created when an argument is not allowed", async () => {
  const recording = await recordStack(() =>
    sentenceOf(() => new SecureGateway("api", smallArgs({ apiDocument: set(smallDocument(), ["openapi"], "2.0") }))),
  );
  expect(recording.result).toMatch(
    /^SecureGateway "api": apiDocument\.openapi is "2\.0"; allowed: 3\.0\.0 to 3\.0\.4, as text;/,
  );
  expect(recording.types()).toEqual({ "palisade:index:SecureGateway": 1 });
});
