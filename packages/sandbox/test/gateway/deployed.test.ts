import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { describe, expect, test } from "vitest";
import { readApi, readDomains, readStage } from "../../src/gateway/deployed.ts";
import { oldestVersion } from "../../src/gateway/domains.ts";
import { openGateway } from "../../src/gateway/gateway.ts";

const at = { restApiId: "api1", stageName: "live" };

/** A client that answers commands by their names. */
function answering(answers: Record<string, unknown>): APIGatewayClient {
  const send = async ({ constructor: { name } }: { constructor: { name: string } }) =>
    answers[name.replace(/Command$/, "")] ?? {};
  return { send } as unknown as APIGatewayClient;
}

describe("what AWS leaves out has its own default", () => {
  test("of a stage: no deployment, no cluster, and nothing that is kept", async () => {
    expect(await readStage(answering({}), at)).toEqual({ deploymentId: "", cacheEnabled: false, caching: new Map() });
  });

  test("of a method's cache: five minutes, a permission to renew, and a warning without it", async () => {
    const methodSettings = { "~1a~1{id}/GET": { cachingEnabled: true }, "*/*": { cachingEnabled: false } };
    const { caching } = await readStage(answering({ GetStage: { methodSettings } }), at);
    expect([...caching]).toEqual([
      ["/a/{id}/GET", { ttlSeconds: 300, requireAuthorization: true, unauthorized: "SUCCEED_WITH_RESPONSE_HEADER" }],
    ]);
  });

  test("of an API: an edge endpoint, its address open, and no method", async () => {
    expect(await readApi(answering({}), "d1", at)).toEqual({
      id: "d1",
      endpointType: "EDGE",
      defaultEndpointDisabled: false,
      routes: [],
    });
    const items = [{}, { path: "/a", resourceMethods: { GET: {}, PUT: { methodIntegration: {} } } }];
    const { routes } = await readApi(answering({ GetResources: { items } }), "d1", at);
    expect(routes).toEqual([
      { method: "GET", path: "/a", cacheKeyParameters: [] },
      { method: "PUT", path: "/a", cacheKeyParameters: [] },
    ]);
  });

  test("of a domain: TLS 1.2, its root, and no certificate of the client's", async () => {
    const client = answering({
      GetDomainNames: { items: [{ domainName: "a.example" }] },
      GetBasePathMappings: { items: [{ restApiId: "api1", stage: "live" }] },
      GetDomainName: { domainName: "a.example" },
    });
    const found = [{ name: "a.example", basePath: "", securityPolicy: "TLS_1_2", strict: false }];
    expect(await readDomains(client, at)).toEqual(found);
    expect(await readDomains(answering({}), at)).toEqual([]);
  });

  test("of another stage's domain: nothing", async () => {
    const client = (items: object[] | undefined) =>
      answering({ GetDomainNames: { items: [{ domainName: "a.example" }] }, GetBasePathMappings: { items } });
    expect(await readDomains(client([{ restApiId: "api1", stage: "other" }]), at)).toEqual([]);
    expect(await readDomains(client([{ restApiId: "api2", stage: "live" }]), at)).toEqual([]);
    expect(await readDomains(client(undefined), at)).toEqual([]);
  });
});

describe("the oldest version of TLS of a policy", () => {
  test.each([
    ["SecurityPolicy_TLS13_1_3_2025_09", "TLSv1.3"],
    ["SecurityPolicy_TLS13_1_3_FIPS_2025_09", "TLSv1.3"],
    ["SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", "TLSv1.2"],
    ["TLS_1_2", "TLSv1.2"],
    ["TLS_1_0", "TLSv1"],
  ])("%s is %s", (policy, version) => {
    expect(oldestVersion(policy)).toBe(version);
  });
});

test("a setting for all methods keeps answers to GET alone", async () => {
  const items = [{ path: "/a", resourceMethods: { GET: {}, POST: {} } }];
  const methodSettings = { "*/*": { cachingEnabled: true } };
  const client = answering({ GetStage: { cacheClusterEnabled: true, methodSettings }, GetResources: { items } });
  const gateway = await openGateway({ client, region: "us-east-1", ...at });
  expect(gateway.caching("GET", "/a?b=1")).toMatchObject({ settings: { ttlSeconds: 300 } });
  expect(gateway.caching("POST", "/a")).toBeUndefined();
  expect(gateway.caching("GET", "/b")).toBeUndefined();
});

test("without a cluster nothing is kept, whatever the methods say", async () => {
  const methodSettings = { "*/*": { cachingEnabled: true } };
  const gateway = await openGateway({ client: answering({ GetStage: { methodSettings } }), region: "r", ...at });
  expect(gateway.caching("GET", "/")).toBeUndefined();
});

test("an API whose own address is off and that has no domain is nowhere", async () => {
  const client = answering({ GetRestApi: { disableExecuteApiEndpoint: "true" } });
  const gateway = await openGateway({ client, region: "us-east-1", ...at });
  for (const host of ["127.0.0.1:1", "api1.execute-api.us-east-1.amazonaws.com", "a.example"]) {
    expect(gateway.admit({ host, path: "/live/a" })).toEqual({ admitted: false, rule: "default-endpoint" });
  }
});
