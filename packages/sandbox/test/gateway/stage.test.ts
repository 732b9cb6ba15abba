import { createHash } from "node:crypto";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import {
  CreateDeploymentCommand,
  DeleteBasePathMappingCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ProvisionedStage, Sandbox } from "../../src/index.ts";
import { startEmulated } from "../helpers/emulated.ts";
import { inlineFunction } from "../helpers/inline-function.ts";
import { type Authority, createAuthority } from "./certificates.ts";

const CODE = `let count = 0;
export const handler = async (event) => {
  if (event.type === "REQUEST") {
    const Effect = event.headers.authorization === "deny" ? "Deny" : "Allow";
    return { principalId: "p", policyDocument: { Version: "2012-10-17", Statement: [{ Effect, Action: "execute-api:Invoke", Resource: "*" }] } };
  }
  count += 1;
  return { statusCode: 200, body: JSON.stringify({ count, caller: event.headers.authorization, path: event.path }) };
};`;

const integration = (uri: string, more: object = {}) => ({
  "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri, ...more },
  responses: { "200": { description: "ok" } },
  security: [{ token: [] }],
});

function document(uri: string): object {
  const header = { name: "Authorization", in: "header", schema: { type: "string" } };
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const keyed = ["method.request.path.id", "method.request.header.Authorization"];
  const policy = { "method.response.header.Access-Control-Allow-Origin": "'https://page.example'" };
  return {
    openapi: "3.0.3",
    info: { title: "t", version: "1" },
    paths: {
      "/shared": { get: integration(uri) },
      "/own/{id}": {
        get: { parameters: [id, header], ...integration(uri, { cacheKeyParameters: keyed }) },
        options: {
          responses: { "204": { description: "d" } },
          "x-amazon-apigateway-integration": {
            type: "mock",
            requestTemplates: { "application/json": '{"statusCode":204}' },
            responses: { default: { statusCode: "204", responseParameters: policy } },
          },
        },
      },
      "/plain": { get: integration(uri) },
    },
    components: {
      securitySchemes: {
        token: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "custom",
          "x-amazon-apigateway-authorizer": {
            type: "request",
            identitySource: "method.request.header.Authorization",
            authorizerUri: uri,
            authorizerResultTtlInSeconds: 0,
          },
        },
      },
    },
  };
}

interface Options {
  api?: Partial<aws.apigateway.RestApiArgs>;
  domain?: Partial<aws.apigateway.DomainNameArgs> & { basePath?: string };
  cached?: Record<string, object>;
}

function program({ api, domain, cached = {} }: Options) {
  return () => {
    const echo = inlineFunction("echo", CODE);
    const body = echo.invokeArn.apply((uri) => JSON.stringify(document(uri)));
    const restApi = new aws.apigateway.RestApi("a", { endpointConfiguration: { types: "REGIONAL" }, body, ...api });
    const triggers = { body: body.apply((text) => createHash("sha256").update(text).digest("hex")) };
    const deployment = new aws.apigateway.Deployment("a", { restApi: restApi.id, triggers });
    const stage = new aws.apigateway.Stage("a", {
      restApi: restApi.id,
      deployment: deployment.id,
      stageName: "live",
      ...(Object.keys(cached).length > 0 && { cacheClusterEnabled: true, cacheClusterSize: "0.5" }),
    });
    for (const [methodPath, settings] of Object.entries(cached)) {
      new aws.apigateway.MethodSettings(methodPath, {
        restApi: restApi.id,
        stageName: stage.stageName,
        methodPath,
        settings,
      });
    }
    if (domain !== undefined) {
      const { basePath, ...args } = domain;
      const domainName = new aws.apigateway.DomainName("d", {
        domainName: "api.page.example",
        endpointConfiguration: { types: "REGIONAL" },
        securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
        endpointAccessMode: "STRICT",
        ...args,
      });
      new aws.apigateway.BasePathMapping("d", {
        domainName: domainName.domainName,
        restApi: restApi.id,
        stageName: stage.stageName,
        basePath,
      });
    }
    return { restApiId: restApi.id, stageName: stage.stageName };
  };
}

let sandbox: Sandbox;
let stages = 0;
beforeAll(async () => {
  ({ sandbox } = await startEmulated());
}, 120_000);
afterAll(() => sandbox.close());

type Stage = ProvisionedStage<{ restApiId: string; stageName: string }>;

async function make(options: Options): Promise<Stage> {
  return (await sandbox.provision({ stage: `s${++stages}`, program: program(options) })) as unknown as Stage;
}

interface Seen {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

/** Sends a request as it is, with any Host. */
function send(url: string, options: RequestOptions = {}): Promise<Seen> {
  const start = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const call = start(url, { agent: false, ...options }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode as number, headers: response.headers, body }));
    });
    call.on("error", reject);
    call.end();
  });
}

const as = (authorization: string, more: Record<string, string> = {}) => ({ headers: { authorization, ...more } });
const FORBIDDEN = {
  status: 403,
  body: '{"message":"Forbidden"}',
  headers: { "x-amzn-errortype": "ForbiddenException" },
};

describe("the response cache of a stage", () => {
  let stage: Stage;
  beforeAll(async () => {
    const cachingEnabled = true;
    stage = await make({
      cached: {
        "~1shared/GET": { cachingEnabled, cacheTtlInSeconds: 60, requireAuthorizationForCacheControl: false },
        "~1own~1{id}/GET": {
          cachingEnabled,
          cacheTtlInSeconds: 60,
          requireAuthorizationForCacheControl: true,
          unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403",
        },
      },
    });
  });
  beforeEach(() => stage.flushCache());

  const get = async (path: string, caller: string, more?: Record<string, string>) => {
    const seen = await send(`${stage.edgeUrl}${path}`, as(caller, more));
    return { ...seen, json: seen.status === 200 ? JSON.parse(seen.body) : undefined };
  };

  test("hands one caller's answer to another where the key does not name the caller", async () => {
    expect((await get("/shared", "alice")).json.caller).toBe("alice");
    expect((await get("/shared", "bob")).json.caller).toBe("alice");
    expect(stage.exchanges().slice(-2)).toMatchObject([{ cache: "miss" }, { cache: "hit" }]);
  });

  test("hands nobody an answer whom the authorizer refuses", async () => {
    await get("/shared", "alice");
    expect((await get("/shared", "deny")).status).toBe(403);
  });

  test("keeps an answer for each caller and variable where the key says so", async () => {
    const first = (await get("/own/1", "alice")).json;
    expect((await get("/own/1", "bob")).json.caller).toBe("bob");
    expect((await get("/own/2", "alice")).json.path).toBe("/own/2");
    expect((await get("/own/1", "alice")).json).toEqual(first);
  });

  test("lets a caller renew an answer only where no permission is asked for", async () => {
    const renew = { "cache-control": "max-age=0" };
    await get("/shared", "alice");
    expect((await get("/shared", "bob", renew)).json.caller).toBe("bob");
    expect((await get("/shared", "alice")).json.caller).toBe("bob");
    await get("/own/1", "alice");
    expect((await get("/own/1", "alice", renew)).status).toBe(403);
    expect(stage.exchanges().at(-1)).toMatchObject({ layer: "gateway", rule: "cache-invalidation", status: 403 });
  });

  test("keeps nothing of a method that is not named, and nothing once the stage says so", async () => {
    const first = (await get("/plain", "alice")).json;
    expect((await get("/plain", "alice")).json.count).toBe(first.count + 1);
    expect(stage.exchanges().at(-1)?.cache).toBeUndefined();
    await get("/shared", "alice");
    const { restApiId, stageName } = stage.outputs;
    await sandbox.clients.apiGateway.send(
      new UpdateStageCommand({
        restApiId,
        stageName,
        patchOperations: [{ op: "replace", path: "/~1shared/GET/caching/enabled", value: "false" }],
      }),
    );
    expect((await get("/shared", "bob")).json.caller).toBe("alice");
    await stage.reloadGateway();
    expect((await get("/shared", "bob")).json.caller).toBe("bob");
  });

  test("a preflight is answered as it was deployed, whatever origin asks", async () => {
    const seen = await send(`${stage.edgeUrl}/own/1`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example" },
    });
    expect(seen.status).toBe(204);
    expect(seen.headers["access-control-allow-origin"]).toBe("https://page.example");
  });
});

describe("the API's own address", () => {
  test("is open by its name below the stage, and is the front's own", async () => {
    const stage = await make({});
    const host = `${stage.outputs.restApiId}.execute-api.us-east-1.amazonaws.com`;
    const at = (path: string) => send(`${stage.edgeUrl}${path}`, as("a", { host }));
    expect((await at("/live/plain")).status).toBe(200);
    expect(await at("/plain")).toMatchObject(FORBIDDEN);
    expect(stage.exchanges().at(-1)).toMatchObject({ rule: "domain-mapping" });
    expect((await send(`${stage.edgeUrl}/plain`, as("a"))).status).toBe(200);
  });

  test("that is switched off is off once the API is deployed, and no sooner", async () => {
    const stage = await make({});
    const { restApiId, stageName } = stage.outputs;
    const patchOperations = [{ op: "replace" as const, path: "/disableExecuteApiEndpoint", value: "true" }];
    await sandbox.clients.apiGateway.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    await stage.reloadGateway();
    expect((await send(`${stage.edgeUrl}/plain`, as("a"))).status).toBe(200);
    await sandbox.clients.apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName }));
    await stage.reloadGateway();
    expect(await send(`${stage.edgeUrl}/plain`, as("a"))).toMatchObject(FORBIDDEN);
    expect(stage.exchanges().at(-1)).toMatchObject({
      layer: "gateway",
      rule: "default-endpoint",
      gatewayErrorType: "ForbiddenException",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("of a private API is nobody's on the internet", async () => {
    const stage = await make({ api: { endpointConfiguration: { types: "PRIVATE" } } });
    const host = `${stage.outputs.restApiId}.execute-api.us-east-1.amazonaws.com`;
    for (const url of [`${stage.edgeUrl}/plain`, `${stage.edgeUrl}/live/plain`]) {
      expect(await send(url, as("a"))).toMatchObject(FORBIDDEN);
      expect(await send(url, as("a", { host }))).toMatchObject(FORBIDDEN);
    }
    expect(stage.exchanges().at(-1)).toMatchObject({ rule: "private-endpoint" });
    expect((await send(`${stage.baseUrl}/plain`, as("a"))).status).toBe(200);
  });
});

describe("a resource policy", () => {
  const invoke = { Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
  const policyOf = (...conditions: [string, string, string[]][]) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", ...invoke },
        ...conditions.map(([operator, key, values]) => ({
          Effect: "Deny",
          ...invoke,
          Condition: { [operator]: { [key]: values } },
        })),
      ],
    });

  test("of a private API lets in who comes through its endpoint and network, before the authorizer is asked", async () => {
    // As SecureGateway makes it of `privateAccess`.
    const policy = policyOf(
      ["StringNotEquals", "aws:SourceVpce", ["vpce-0123456789abcdef0"]],
      ["StringNotEquals", "aws:SourceVpc", ["vpc-0123456789abcdef0"]],
    );
    const stage = await make({ api: { endpointConfiguration: { types: "PRIVATE" }, policy } });
    const inside = (vpce: string, vpc: string, caller = "a") =>
      send(`${stage.baseUrl}/plain`, as(caller, { "x-amzn-vpce-id": vpce, "x-amzn-vpc-id": vpc }));
    expect((await inside("vpce-0123456789abcdef0", "vpc-0123456789abcdef0")).status).toBe(200);
    const refused = { status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" } };
    expect(await inside("vpce-00000000000000001", "vpc-0123456789abcdef0")).toMatchObject(refused);
    expect(await inside("vpce-0123456789abcdef0", "vpc-00000000000000001")).toMatchObject(refused);
    expect(await send(`${stage.baseUrl}/plain`, as("a"))).toMatchObject(refused);
    expect((await inside("vpce-0123456789abcdef0", "vpc-0123456789abcdef0", "deny")).status).toBe(403);
  });

  test("by endpoint lets nobody in who says so on the internet", async () => {
    const stage = await make({ api: { policy: policyOf(["StringNotEquals", "aws:SourceVpce", ["vpce-1"]]) } });
    const forged = as("a", { "x-amzn-vpce-id": "vpce-1" });
    expect((await send(`${stage.edgeUrl}/plain`, forged)).status).toBe(403);
    expect((await send(`${stage.baseUrl}/plain`, forged)).status).toBe(200);
  });

  test("by address goes by the client's own, whatever it claims", async () => {
    const stage = await make({ api: { policy: policyOf(["NotIpAddress", "aws:SourceIp", ["127.0.7.0/24"]]) } });
    const from = (localAddress: string, more: Record<string, string> = {}) =>
      send(`${stage.edgeUrl}/plain`, { localAddress, ...as("a", more) });
    expect((await from("127.0.7.7")).status).toBe(200);
    expect((await from("127.0.8.8")).status).toBe(403);
    expect((await from("127.0.8.8", { "x-forwarded-for": "127.0.7.7" })).status).toBe(403);
  });
});

describe("a custom domain", () => {
  const off = { disableExecuteApiEndpoint: true };
  const name = "api.page.example";

  /** A request to the domain's own port, with the domain's name in the handshake. */
  function over(stage: Stage, path: string, options: RequestOptions = {}) {
    const [domain] = stage.domains();
    if (domain === undefined) throw new Error("no domain");
    const headers = { host: name, authorization: "a", ...(options.headers as object) };
    return send(`${domain.url}${path}`, { servername: name, ca: domain.caPem, ...options, headers });
  }

  test("is served over TLS as its policy says, and by its name only", async () => {
    const stage = await make({ api: off, domain: { domainName: name } });
    expect(stage.domains().map((domain) => domain.name)).toEqual([name]);
    expect(await over(stage, "/plain?a=1")).toMatchObject({ status: 200 });
    const tls = { version: "TLSv1.3", cipher: expect.stringMatching(/^TLS_/) };
    expect(stage.exchanges().at(-1)).toMatchObject({ tls, host: name, sourceIp: "127.0.0.1" });
    await expect(over(stage, "/plain", { maxVersion: "TLSv1.2" })).rejects.toThrow(/protocol version/i);
    const host = `${stage.outputs.restApiId}.execute-api.us-east-1.amazonaws.com`;
    // The handshake names the domain, the request the API's own address.
    expect(await over(stage, "/live/plain", { headers: { host } })).toMatchObject(FORBIDDEN);
    expect(stage.exchanges().at(-1)).toMatchObject({ rule: "endpoint-access-mode" });
    // Without TLS in between, as behind the sandbox's own edge.
    expect((await send(`${stage.edgeUrl}/plain`, as("a"))).status).toBe(200);
    expect((await send(`${stage.edgeUrl}/plain`, as("a", { host: name }))).status).toBe(200);
    expect(await send(`${stage.edgeUrl}/live/plain`, as("a", { host }))).toMatchObject(FORBIDDEN);
  });

  test("has the API below its base path, and nothing beside it", async () => {
    const stage = await make({ api: off, domain: { domainName: name, basePath: "v1" } });
    expect((await over(stage, "/v1/plain")).status).toBe(200);
    expect(await over(stage, "/plain")).toMatchObject(FORBIDDEN);
    expect((await over(stage, "/v1?a=1")).status).toBe(403);
    expect((await over(stage, "/v1")).status).toBe(403);
    expect((await send(`${stage.edgeUrl}/plain`, as("a"))).status).toBe(200);
    await sandbox.clients.apiGateway.send(new DeleteBasePathMappingCommand({ domainName: name, basePath: "v1" }));
    await stage.reloadGateway();
    expect(await send(`${stage.edgeUrl}/plain`, as("a"))).toMatchObject(FORBIDDEN);
  });

  describe("with mutual TLS", () => {
    let partners: Authority;
    let others: Authority;
    let stage: Stage;
    beforeAll(async () => {
      [partners, others] = [await createAuthority("partners"), await createAuthority("others")];
      const { s3 } = sandbox.clients;
      await s3.send(new CreateBucketCommand({ Bucket: "truststores" }));
      await s3.send(new PutObjectCommand({ Bucket: "truststores", Key: "partners.pem", Body: partners.pem }));
      const mutualTlsAuthentication = { truststoreUri: "s3://truststores/partners.pem" };
      stage = await make({
        api: off,
        domain: { domainName: name, securityPolicy: "TLS_1_2", endpointAccessMode: undefined, mutualTlsAuthentication },
      });
    });

    test("serves who has a certificate of the truststore's", async () => {
      expect(await over(stage, "/plain", await partners.issue("acme"))).toMatchObject({ status: 200 });
      expect(await over(stage, "/plain", { ...(await partners.issue("acme")), maxVersion: "TLSv1.2" })).toMatchObject({
        status: 200,
      });
    });

    test("refuses who has none, one of another authority, one that has ended, and who comes by another way", async () => {
      expect(await over(stage, "/plain")).toMatchObject(FORBIDDEN);
      expect(await over(stage, "/plain", await others.issue("acme"))).toMatchObject(FORBIDDEN);
      expect(await over(stage, "/plain", await partners.issue("acme", -1))).toMatchObject(FORBIDDEN);
      expect(stage.exchanges().at(-1)).toMatchObject({ layer: "gateway", rule: "mutual-tls" });
      const unknown = { ...(await partners.issue("acme")), headers: { host: "other.example" } };
      expect(await over(stage, "/plain", unknown)).toMatchObject(FORBIDDEN);
      expect(await send(`${stage.edgeUrl}/plain`, as("a"))).toMatchObject(FORBIDDEN);
      expect(await send(`${stage.edgeUrl}/plain`, as("a", { host: name }))).toMatchObject(FORBIDDEN);
      const host = `${stage.outputs.restApiId}.execute-api.us-east-1.amazonaws.com`;
      expect(await over(stage, "/live/plain", { ...(await partners.issue("acme")), headers: { host } })).toMatchObject(
        FORBIDDEN,
      );
    });

    test("is not made without its truststore", async () => {
      const mutualTlsAuthentication = { truststoreUri: "s3://truststores/none.pem" };
      await expect(make({ domain: { domainName: "b.page.example", mutualTlsAuthentication } })).rejects.toThrow(
        /^The truststore s3:\/\/truststores\/none\.pem of the custom domain b\.page\.example cannot be read: .* Put the authorities' certificates there, as PEM, before the stage is made\.$/,
      );
    });
  });
});
