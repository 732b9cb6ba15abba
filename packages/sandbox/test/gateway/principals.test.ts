/** The access log of a stage on the emulator: who called, from where, and what each phase said, as API Gateway writes it. */
import { request as httpRequest } from "node:http";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ACCESS_LOG_FORMAT } from "../../../secure-gateway/src/gateway/access-log-format.ts";
import { type ProvisionedStage, readLogs, type Sandbox } from "../../src/index.ts";
import { startEmulated } from "../helpers/emulated.ts";
import { inlineFunction } from "../helpers/inline-function.ts";

/** An authorizer that knows people by their token, and a function that answers as it is told. */
const CODE = `export const handler = async (event) => {
  if (event.type === "REQUEST") {
    const [word, who] = event.headers.authorization.split(" ");
    if (word === "nobody") throw new Error("Unauthorized");
    if (word === "broken") throw new Error("the key set of user@example.com is gone");
    const policy = (Effect) => ({ Version: "2012-10-17", Statement: [{ Effect, Action: "execute-api:Invoke", Resource: "*" }] });
    if (word === "empty") return { principalId: who };
    if (word === "nameless") return { policyDocument: policy("Deny") };
    return { principalId: who, policyDocument: policy(word === "deny" ? "Deny" : "Allow"), context: { company: "acme", from: event.requestContext.identity.sourceIp } };
  }
  if (event.path === "/crash") throw new Error("out of stock");
  if (event.path === "/answers/missing") return { statusCode: 404, body: "none" };
  return { statusCode: 200, body: JSON.stringify({ from: event.requestContext.identity.sourceIp, environment: process.env.PALISADE_GATEWAY_CONTEXTS ?? "none" }) };
};`;

const FORMAT = JSON.stringify({
  ...(JSON.parse(ACCESS_LOG_FORMAT) as Record<string, string>),
  userAgent: "$context.identity.userAgent",
  company: "$context.authorizer.company",
  authorize: "$context.authorize.status",
  authorizerFunction: "$context.authorizer.integrationStatus",
  integrationError: "$context.integration.error",
  lambda: "$context.integrationStatus",
  message: "$context.error.message",
  firewall: "$context.wafResponseCode",
  keyId: "$context.identity.apiKeyId",
  at: "$context.requestTime",
  api: "$context.apiId $context.stage $context.accountId",
});

const visibilityConfig = { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: "m" };

function program() {
  const both = inlineFunction("f", CODE);
  const body = both.invokeArn.apply((uri) => {
    const method = (operationId: string, more: object = {}) => ({
      operationId,
      responses: { "200": { description: "ok" } },
      security: [{ token: [] }],
      "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri },
      ...more,
    });
    const authorizer = (authorizerResultTtlInSeconds: number) => ({
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": {
        type: "request",
        identitySource: "method.request.header.Authorization",
        authorizerUri: uri,
        authorizerResultTtlInSeconds,
      },
    });
    return JSON.stringify({
      openapi: "3.0.3",
      info: { title: "t", version: "1" },
      paths: {
        "/answers/{id}": {
          get: method("getAnswer"),
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        },
        "/kept": { get: method("getKept", { security: [{ kept: [] }] }) },
        "/crash": { get: method("crash") },
        "/open": { get: method("open", { security: [] }) },
        "/keyed": { get: method("keyed", { security: [{ key: [] }] }) },
      },
      components: {
        securitySchemes: {
          token: authorizer(0),
          kept: authorizer(60),
          key: { type: "apiKey", name: "x-api-key", in: "header" },
        },
      },
    });
  });
  const restApi = new aws.apigateway.RestApi("a", { endpointConfiguration: { types: "REGIONAL" }, body });
  const deployment = new aws.apigateway.Deployment("a", { restApi: restApi.id });
  const log = new aws.cloudwatch.LogGroup("access", { name: "/palisade/access-principals" });
  const stage = new aws.apigateway.Stage("a", {
    restApi: restApi.id,
    deployment: deployment.id,
    stageName: "live",
    accessLogSettings: { destinationArn: log.arn, format: FORMAT },
  });
  const bare = new aws.apigateway.Stage("b", { restApi: restApi.id, deployment: deployment.id, stageName: "bare" });
  const denied = new aws.wafv2.IpSet("denied", {
    scope: "REGIONAL",
    ipAddressVersion: "IPV4",
    addresses: ["127.0.9.0/24"],
  });
  const acl = new aws.wafv2.WebAcl("acl", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig,
    rules: [
      {
        name: "denied",
        priority: 0,
        action: { block: {} },
        visibilityConfig,
        statement: { ipSetReferenceStatement: { arn: denied.arn } },
      },
    ],
  });
  new aws.wafv2.WebAclAssociation("acl", { resourceArn: stage.arn, webAclArn: acl.arn });
  const key = new aws.apigateway.ApiKey("k", { value: "a-key-of-twenty-characters" });
  const plan = new aws.apigateway.UsagePlan("p", { apiStages: [{ apiId: restApi.id, stage: stage.stageName }] });
  new aws.apigateway.UsagePlanKey("p", { usagePlanId: plan.id, keyId: key.id, keyType: "API_KEY" });
  return { restApiId: restApi.id, stageName: stage.stageName, bareName: bare.stageName, keyId: key.id };
}

type Line = Record<string, string>;

let sandbox: Sandbox;
let stage: ProvisionedStage<{ restApiId: string; stageName: string; keyId: string }>;
beforeAll(async () => {
  ({ sandbox } = await startEmulated());
  stage = (await sandbox.provision({ stage: "log", program })) as unknown as typeof stage;
}, 120_000);
afterAll(() => sandbox.close());

interface Sent {
  status: number;
  body: string;
  /** What the access log says of it. */
  line: Line | undefined;
}

/** Sends a request from an address, and reads its line of the log. */
async function send(path: string, headers: Record<string, string> = {}, localAddress = "127.0.0.1"): Promise<Sent> {
  const { status, body, id } = await new Promise<{ status: number; body: string; id: unknown }>((resolve, reject) => {
    const call = httpRequest(`${stage.edgeUrl}${path}`, { agent: false, headers, localAddress }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const { statusCode = 0, headers: answered } = response;
      resolve({ status: statusCode, body: Buffer.concat(chunks).toString(), id: answered["x-amzn-requestid"] });
    });
    call.on("error", reject);
    call.end();
  });
  for (let tries = 0; tries < 50; tries++) {
    const logGroup = (await stage.deliverAccessLog()) ?? "";
    const lines = (await readLogs(sandbox.clients, logGroup)).map(({ message }) => JSON.parse(message) as Line);
    const line = lines.find(({ requestId }) => requestId === id);
    if (line !== undefined) return { status, body, line };
    // The front records an exchange when the connection's answer has ended on its side, too.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { status, body, line: undefined };
}

const as = (word: string, who: string, more: Record<string, string> = {}) => ({
  authorization: `${word} ${who}`,
  ...more,
});
const whole = expect.stringMatching(/^\d+$/);
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe("the access log names", () => {
  test("who called, from where, and what each phase answered and took", async () => {
    const { status, body, line } = await send(
      "/answers/1?secret=1",
      as("allow", "ann", { "user-agent": 'agent "7"', host: "api.palisade.example:8080" }),
      "127.0.3.4",
    );
    expect(status).toBe(200);
    expect(line).toEqual({
      requestId: uuid,
      extendedRequestId: line?.requestId,
      traceId: "-",
      time: whole,
      sourceIp: "127.0.3.4",
      method: "GET",
      resourcePath: "/answers/{id}",
      operation: "getAnswer",
      protocol: "HTTP/1.1",
      domain: "api.palisade.example",
      tlsVersion: "-",
      cipherSuite: "-",
      status: "200",
      errorType: "-",
      responseBytes: String(body.length),
      responseMilliseconds: whole,
      principalId: "ann",
      authorizerStatus: "200",
      authorizerError: "-",
      authorizerMilliseconds: whole,
      integrationStatus: "200",
      integrationMilliseconds: whole,
      integrationRequestId: uuid,
      firewallStatus: "200",
      firewallError: "-",
      firewallMilliseconds: whole,
      userAgent: 'agent "7"',
      company: "acme",
      authorize: "200",
      authorizerFunction: "200",
      integrationError: "-",
      lambda: "200",
      message: "-",
      firewall: "WAF_ALLOW",
      keyId: "-",
      at: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      api: `${stage.outputs.restApiId} live 123456789012`,
    });
    expect(line?.integrationRequestId).not.toBe(line?.requestId);
  });

  test("the connection's address, whatever X-Forwarded-For says; and functions are told the same", async () => {
    const { body, line } = await send("/answers/1", as("allow", "ann", { "x-forwarded-for": "6.6.6.6" }), "127.0.3.5");
    expect(line).toMatchObject({ sourceIp: "127.0.3.5", principalId: "ann" });
    expect(JSON.parse(body)).toEqual({ from: "127.0.3.5", environment: "none" });
  });

  test("whom an authorizer's policy denies", async () => {
    const { status, line } = await send("/answers/1", as("deny", "bob"), "127.0.3.6");
    expect(status).toBe(403);
    expect(line).toMatchObject({
      principalId: "bob",
      sourceIp: "127.0.3.6",
      status: "403",
      errorType: "ACCESS_DENIED",
      authorizerStatus: "200",
      authorizerFunction: "200",
      authorize: "403",
      company: "acme",
      message: "User is not authorized to access this resource with an explicit deny in an identity-based policy",
      integrationStatus: "-",
      integrationMilliseconds: "-",
      integrationRequestId: "-",
      lambda: "-",
    });
  });

  test("each caller by its kept result, which is denied and allowed without a question", async () => {
    for (const who of ["ann", "ben"]) {
      for (const word of ["allow", "deny"]) {
        const first = await send("/kept", as(word, who));
        const second = await send("/kept", as(word, who));
        for (const { line } of [first, second]) expect(line).toMatchObject({ principalId: who, company: "acme" });
        expect([first, second].map(({ line }) => line?.authorizerFunction)).toEqual(["200", "-"]);
        expect(second.line).toMatchObject({ authorizerStatus: "200", authorize: word === "deny" ? "403" : "200" });
      }
    }
  });

  test.each([
    ["nobody", "401", "UNAUTHORIZED", "401", "Unauthorized"],
    ["broken", "500", "AUTHORIZER_FAILURE", "500", "Internal server error"],
    ["empty", "500", "API_CONFIGURATION_ERROR", "500", "Internal server error"],
    ["nameless", "403", "ACCESS_DENIED", "200", "-"],
  ])("nobody where the authorizer names nobody: %s", async (word, status, errorType, authorizerStatus, error) => {
    const { line } = await send("/answers/1", as(word, "x"), "127.0.3.7");
    expect(line).toMatchObject({ principalId: "-", sourceIp: "127.0.3.7", status, errorType, authorizerStatus });
    expect(line).toMatchObject({ authorizerError: error, integrationStatus: "-", operation: "getAnswer" });
    expect(JSON.stringify(line)).not.toContain("user@example.com");
  });

  test("nobody where there is no authorizer, none was asked, or no operation is there", async () => {
    const open = await send("/open");
    expect(open.line).toMatchObject({ principalId: "-", authorizerStatus: "-", authorize: "-", sourceIp: "127.0.0.1" });
    const kept = await send("/kept");
    expect(kept.line).toMatchObject({ principalId: "-", errorType: "UNAUTHORIZED", authorizerFunction: "-" });
    const nothing = await send("/nothing", as("allow", "ann"));
    expect(nothing.line).toMatchObject({
      principalId: "-",
      resourcePath: "-",
      operation: "-",
      errorType: "MISSING_AUTHENTICATION_TOKEN",
      status: "403",
      sourceIp: "127.0.0.1",
    });
  });

  test("the function's own status, and its error", async () => {
    const missing = await send("/answers/missing", as("allow", "ann"));
    expect(missing.line).toMatchObject({ principalId: "ann", status: "404", integrationStatus: "404", lambda: "200" });
    expect(missing.line).toMatchObject({ errorType: "-", responseBytes: "4" });
    const crash = await send("/crash", as("allow", "ann"));
    expect(crash.line).toMatchObject({
      principalId: "ann",
      status: "502",
      lambda: "200",
      integrationError: "out of stock",
    });
  });

  test("an API key by its id", async () => {
    const { status, line } = await send("/keyed", { "x-api-key": "a-key-of-twenty-characters" });
    expect(status).toBe(200);
    expect(line).toMatchObject({ principalId: "-", keyId: stage.outputs.keyId });
    expect(JSON.stringify(line)).not.toContain("a-key-of-twenty-characters");
  });

  test("what the web ACL ended, by its address and before anybody was asked who it is", async () => {
    const { status, line } = await send("/answers/1", as("allow", "ann"), "127.0.9.1");
    expect(status).toBe(403);
    expect(line).toMatchObject({
      sourceIp: "127.0.9.1",
      principalId: "-",
      status: "403",
      errorType: "WAF_FILTERED",
      firewall: "WAF_BLOCK",
      firewallStatus: "403",
      authorizerStatus: "-",
      resourcePath: "-",
      responseBytes: String('{"message":"Forbidden"}'.length),
    });
  });
});

test("what was sent to no address of the API is in no log", async () => {
  const host = `${stage.outputs.restApiId}.execute-api.us-east-1.amazonaws.com`;
  const { status, line } = await send("/answers/1", as("allow", "ann", { host }));
  expect(status).toBe(403);
  expect(line).toBeUndefined();
});

test("lines in another format are what the log has not had yet, and then count as written", async () => {
  await stage.deliverAccessLog();
  const response = await fetch(`${stage.edgeUrl}/open`);
  await response.arrayBuffer();
  const format = "$context.requestId $context.resourcePath $context.identity.sourceIp";
  const lines = await vi.waitFor(async () => {
    const found = await stage.accessLogLines(format);
    expect(found).toHaveLength(1);
    return found;
  });
  const id = response.headers.get("x-amzn-requestid");
  expect(lines).toEqual([`${id} /open 127.0.0.1`]);
  const logGroup = (await stage.deliverAccessLog()) ?? "";
  const logged = await readLogs(sandbox.clients, logGroup);
  expect(logged.filter(({ message }) => message.includes(String(id)))).toEqual([]);
});
