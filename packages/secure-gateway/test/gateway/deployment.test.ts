import { recordStack } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { type DeployedSettings, redeployTriggers } from "../../src/gateway/triggers.ts";
import { QuotaPeriod, SecureGateway, type SecureGatewayArgs } from "../../src/index.ts";
import { functionRef, set, smallArgs, smallDocument } from "../fixtures.ts";

const DEPLOYMENT = "aws:apigateway/deployment:Deployment";

async function triggers(more: Partial<SecureGatewayArgs> = {}): Promise<unknown> {
  const recording = await recordStack(() => new SecureGateway("api", smallArgs(more)));
  return recording.one(DEPLOYMENT, "api-deployment").inputs.triggers;
}

const document = (place: (string | number)[], value: unknown) => ({ apiDocument: set(smallDocument(), place, value) });
const PUT = ["paths", "/pets/{petId}", "put"];

/** One change of each kind that a stage takes up only with a new deployment. */
const CHANGES: [string, Partial<SecureGatewayArgs>][] = [
  [
    "a route",
    {
      ...document(["paths", "/pets"], { get: { operationId: "listPets", "x-palisade-groups": ["keeper"] } }),
      functions: { ...smallArgs().functions, listPets: functionRef("pets") },
    },
  ],
  ["a method", document(["paths", "/status"], { post: { ...getStatus() } })],
  ["an integration", { functions: { ...smallArgs().functions, replacePet: functionRef("pets2") } }],
  ["an integration's timeout", { integrationTimeoutMilliseconds: 1000 }],
  ["a model", document(["components", "schemas", "Pet", "properties", "name", "maxLength"], 41)],
  ["a body that is required no longer", document([...PUT, "requestBody", "required"], false)],
  ["a parameter", document([...PUT, "parameters"], [{ name: "q", in: "query", required: true, schema: {} }])],
  ["an authorizer's function", { authorizer: { function: functionRef("authorizer2") } }],
  ["an authorizer's cache", { authorizer: { function: functionRef("authorizer"), resultTtlSeconds: 0 } }],
  [
    "an authorizer's identity source",
    document(["components", "securitySchemes", "bearer"], { type: "apiKey", in: "cookie", name: "s" }),
  ],
  [
    "an operation that is open",
    document(PUT, {
      ...replacePet(),
      security: [],
      "x-palisade-groups": [],
      "x-palisade-unauthenticated": "Anybody may do it.",
    }),
  ],
  ["metering by API key", { usagePlan: { quotaLimit: 1, quotaPeriod: QuotaPeriod.Day } }],
  ["the resource policy", { resourcePolicyJson: '{"Version":"2012-10-17"}' }],
  ["the endpoint's switch", { disableExecuteApiEndpoint: true }],
  ["compression", { minimumCompressionBytes: 0 }],
  ["binary types", { binaryMediaTypes: ["image/png"] }],
];

function getStatus() {
  return (smallDocument().paths as Record<string, Record<string, object>>)["/status"]?.get;
}
function replacePet() {
  return (smallDocument().paths as Record<string, Record<string, object>>)["/pets/{petId}"]?.put;
}

describe("the deployment", () => {
  test("is made again for each change of the API, and each change gives other triggers", async () => {
    const seen = new Map<string, string>([["nothing", JSON.stringify(await triggers())]]);
    for (const [title, change] of CHANGES) {
      const value = JSON.stringify(await triggers(change));
      expect(
        [...seen].filter(([, other]) => other === value).map(([other]) => other),
        title,
      ).toEqual([]);
      seen.set(title, value);
    }
    expect(seen.size).toBe(CHANGES.length + 1);
  });

  test.each<[string, Partial<SecureGatewayArgs>]>([
    ["the same again", {}],
    [
      "throttling",
      {
        throttling: { rateLimit: 1, burstLimit: 1 },
        operationThrottling: { getStatus: { rateLimit: 1, burstLimit: 1 } },
      },
    ],
    ["logs", { logRetentionDays: 7 }],
    ["tags", { teamTags: { team: "pets" } }],
    ["the web ACL", { firewall: { webAclArn: "arn:acl" } }],
    ["groups, which are the authorizer's", document([...PUT, "x-palisade-groups"], ["other"])],
    [
      "the order of operations' functions",
      { functions: { getStatus: functionRef("status"), replacePet: functionRef("pets", "live") } },
    ],
    ["a schema that no body uses", document(["components", "schemas", "Dog"], { type: "object" })],
    [
      "an answer's schema",
      document([...PUT, "responses", "200", "content"], { "text/html": { schema: { type: "string" } } }),
    ],
  ])("is not made again for %s", async (_title, change) => {
    expect(await triggers(change)).toEqual(await triggers());
  });

  test("the new one exists before the old one is deleted", async () => {
    const recording = await recordStack(() => new SecureGateway("api", smallArgs()));
    const { options, inputs } = recording.one(DEPLOYMENT);
    expect(options.deleteBeforeReplace).toBe(false);
    expect(inputs).toEqual({
      restApi: recording.one("aws:apigateway/restApi:RestApi").id,
      triggers: { settings: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });
});

describe("redeployTriggers", () => {
  const base: DeployedSettings = {
    body: "{}",
    binaryMediaTypes: ["a/b", "c/d"],
    apiKeySource: "HEADER",
    endpointType: "REGIONAL",
  };

  test.each<[string, Partial<DeployedSettings>]>([
    ["body", { body: '{"x-amazon-apigateway-gateway-responses":{}}' }],
    ["resourcePolicy", { resourcePolicy: "{}" }],
    ["an empty resourcePolicy", { resourcePolicy: "" }],
    ["disableExecuteApiEndpoint", { disableExecuteApiEndpoint: false }],
    ["minimumCompressionSize", { minimumCompressionSize: "0" }],
    ["binaryMediaTypes", { binaryMediaTypes: ["a/b"] }],
    ["apiKeySource", { apiKeySource: "AUTHORIZER" }],
    ["endpointType", { endpointType: "PRIVATE" }],
  ])("change with %s", (_title, change) => {
    expect(redeployTriggers({ ...base, ...change })).not.toEqual(redeployTriggers(base));
  });

  test("do not change with the order of media types, and leave the argument as it was", () => {
    const binaryMediaTypes = ["c/d", "a/b"];
    expect(redeployTriggers({ ...base, binaryMediaTypes })).toEqual(redeployTriggers(base));
    expect(binaryMediaTypes).toEqual(["c/d", "a/b"]);
  });

  test("tell a value that moved from one setting to another apart", () => {
    const first = redeployTriggers({ ...base, resourcePolicy: "1" });
    expect(redeployTriggers({ ...base, minimumCompressionSize: "1" })).not.toEqual(first);
  });
});
