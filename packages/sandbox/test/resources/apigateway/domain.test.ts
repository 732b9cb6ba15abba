import {
  GetBasePathMappingsCommand,
  GetDomainNameCommand,
  GetRestApiCommand,
  GetStageCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulated, outcome, startEmulated } from "../../helpers/emulated.ts";

const API = "aws:apigateway/restApi:RestApi";
const DOMAIN = "aws:apigateway/domainName:DomainName";
const MAPPING = "aws:apigateway/basePathMapping:BasePathMapping";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 120_000);
afterAll(() => emulated.sandbox.close());

const client = () => emulated.sandbox.clients.apiGateway;

async function liveStage(more: object = {}) {
  const api = await emulated.create(API, { endpointConfiguration: { types: "REGIONAL" } });
  const deployment = await emulated.create("aws:apigateway/deployment:Deployment", { restApi: api.id });
  const inputs = { restApi: api.id, stageName: "live", deployment: deployment.id, ...more };
  const stage = await emulated.create("aws:apigateway/stage:Stage", inputs);
  return { api, stage, inputs };
}

const mappings = async (domainName: string) => {
  const { items = [] } = await client().send(new GetBasePathMappingsCommand({ domainName }));
  return items.map(({ basePath, restApiId, stage }) => [basePath, restApiId, stage]);
};

describe("a custom domain", () => {
  const inputs = {
    domainName: "api.a.example",
    regionalCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
    endpointConfiguration: { types: "REGIONAL" },
    securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
    endpointAccessMode: "STRICT",
  };

  it("is made as it is declared, changed with its mappings in place, and deleted", async () => {
    const { api } = await liveStage();
    const domain = await emulated.create(DOMAIN, inputs);
    expect(domain.outputs).toMatchObject({
      arn: "arn:aws:apigateway:us-east-1::/domainnames/api.a.example",
      regionalDomainName: expect.stringMatching(/\.execute-api\.us-east-1\.amazonaws\.com$/),
      regionalZoneId: expect.any(String),
    });
    await emulated.create(MAPPING, { domainName: "api.a.example", restApi: api.id, stageName: "live", basePath: "v1" });
    const mutualTlsAuthentication = { truststoreUri: "s3://b/k", truststoreVersion: "2" };
    await domain.update({ ...inputs, securityPolicy: "TLS_1_2", mutualTlsAuthentication });
    const made = await client().send(new GetDomainNameCommand({ domainName: "api.a.example" }));
    expect(made).toMatchObject({ securityPolicy: "TLS_1_2", mutualTlsAuthentication });
    expect(await mappings("api.a.example")).toEqual([["v1", api.id, "live"]]);
    await domain.delete();
    await domain.delete();
    expect(await outcome(client().send(new GetDomainNameCommand({ domainName: "api.a.example" })))).toBe(
      "NotFoundException",
    );
  });

  it("is mapped to another stage and path in place, and to none in the end", async () => {
    const { api } = await liveStage();
    await emulated.create(DOMAIN, { ...inputs, domainName: "api.b.example" });
    const root = { domainName: "api.b.example", restApi: api.id, stageName: "live" };
    const mapping = await emulated.create(MAPPING, root);
    expect(await mappings("api.b.example")).toEqual([["(none)", api.id, "live"]]);
    await mapping.update({ ...root, basePath: "v2" });
    expect(await mappings("api.b.example")).toEqual([["v2", api.id, "live"]]);
    const again = await emulated.create(MAPPING, { ...root, basePath: "v3" });
    await again.delete();
    expect(await mappings("api.b.example")).toEqual([["v2", api.id, "live"]]);
  });
});

describe("a stage", () => {
  it("keeps its cache cluster and client certificate, made and changed", async () => {
    const { stage, inputs } = await liveStage({
      cacheClusterEnabled: true,
      cacheClusterSize: "0.5",
      clientCertificateId: "c1",
    });
    const at = { restApiId: inputs.restApi, stageName: "live" };
    const cached = { cacheClusterEnabled: true, cacheClusterSize: "0.5", clientCertificateId: "c1" };
    expect(await client().send(new GetStageCommand(at))).toMatchObject(cached);
    await stage.update({ ...inputs, cacheClusterSize: "1.6", clientCertificateId: "c2" });
    expect(await client().send(new GetStageCommand(at))).toMatchObject({
      cacheClusterEnabled: true,
      cacheClusterSize: "1.6",
      clientCertificateId: "c2",
    });
    const { cacheClusterEnabled, cacheClusterSize, ...without } = inputs as Record<string, unknown>;
    await stage.update(without);
    expect((await client().send(new GetStageCommand(at))).cacheClusterEnabled).toBe(false);
  });
});

describe("an API", () => {
  it("has its own address switched off and on in place", async () => {
    const api = await emulated.create(API, { securityPolicy: "TLS_1_2" });
    const off = async () =>
      String((await client().send(new GetRestApiCommand({ restApiId: api.id }))).disableExecuteApiEndpoint);
    expect(await off()).toBe("false");
    await api.update({ disableExecuteApiEndpoint: true, securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" });
    expect(await off()).toBe("true");
    await api.update({});
    expect(await off()).toBe("false");
  });
});
