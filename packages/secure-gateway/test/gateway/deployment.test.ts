import { readFileSync } from "node:fs";
import { recordStack } from "@palisade/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { type DeployedSettings, redeployTriggers } from "../../src/gateway/triggers.ts";
import { SecureGateway, type SecureGatewayArgs } from "../../src/index.ts";
import { readContract } from "../../src/openapi/operations.ts";
import { smallArgs, smallDocument } from "../fixtures.ts";
import { INPUT_CHANGES } from "./inputs.ts";

const DEPLOYMENT = "aws:apigateway/deployment:Deployment";

/** The row of the table for each part of an operation that was read; "" where it is another part in other words. */
const PARTS: Record<string, string> = {
  operationId: "operationId",
  method: "method",
  path: "path",
  groups: "groups",
  identityHeader: "identity source",
  place: "",
  summary: "summary",
  parameters: "parameters",
  body: "model",
  authentication: "open operation",
  responses: "responses",
};

interface Type {
  $ref?: string;
  items?: Type;
  additionalProperties?: Type;
  properties?: Record<string, Type>;
}

/** Every input of the component, down to the leaves, from its schema. */
function schemaInputs(): string[] {
  const schema = JSON.parse(readFileSync(new URL("../schema.golden.json", import.meta.url), "utf8"));
  const leaves = (path: string, type: Type): string[] => {
    const named: Type | undefined = schema.types[type.$ref?.replace("#/types/", "") ?? ""];
    if (named?.properties !== undefined) {
      return Object.entries(named.properties).flatMap(([key, inner]) => leaves(`${path}.${key}`, inner));
    }
    // A record of plain texts is one input, a record of objects has the inputs of each.
    const each = type.additionalProperties;
    return each?.$ref === undefined ? [path] : leaves(`${path}.*`, each);
  };
  const inputs: Record<string, Type> = schema.resources["palisade:index:SecureGateway"].inputProperties;
  // The document has rows of its own.
  return Object.entries(inputs).flatMap(([key, type]) => (key === "apiDocument" ? [] : leaves(key, type)));
}

/** The triggers of a deployment for each of these arguments, of gateways that stand beside each other. */
async function triggersOf(all: readonly SecureGatewayArgs[]): Promise<string[]> {
  const recording = await recordStack(() => all.map((args, index) => new SecureGateway(`api${index}`, args)));
  return all.map((_args, index) => JSON.stringify(recording.one(DEPLOYMENT, `api${index}-deployment`).inputs.triggers));
}

describe("the deployment", () => {
  /** Of each gateway that is changed, twice, and of each changed one. */
  const bases = [...new Set(INPUT_CHANGES.map(({ from }) => JSON.stringify(from)))];
  let base: Map<string, string>;
  let again: string[];
  let after: string[];
  beforeAll(async () => {
    const unchanged = [...bases, ...bases].map((args) => JSON.parse(args) as SecureGatewayArgs);
    const all = await triggersOf([...unchanged, ...INPUT_CHANGES.map(({ to }) => to)]);
    base = new Map(bases.map((args, index) => [args, all[index] as string]));
    again = all.slice(bases.length, 2 * bases.length);
    after = all.slice(2 * bases.length);
  }, 60_000);

  test.each(INPUT_CHANGES.map((change, index) => ({ ...change, index })))(
    "$input: made again is $deploys",
    ({ from, index, deploys }) => {
      const before = base.get(JSON.stringify(from));
      if (deploys) expect(after[index]).not.toEqual(before);
      else expect(after[index]).toEqual(before);
    },
  );

  test("of an unchanged gateway is the same, and two inputs never give the same", () => {
    expect(again).toEqual([...base.values()]);
    // By the one the address is opened that another opens, and without the other a gateway is the table's first.
    const same = ["allowDefaultEndpoint", "customDomain.mutualTls"];
    const deployed = INPUT_CHANGES.flatMap(({ input, deploys }, index) =>
      deploys && !same.includes(input) ? [after[index]] : [],
    );
    expect(new Set([...again, ...deployed]).size).toBe(again.length + deployed.length);
  });

  test("the table has a row for every input of the schema, and every part of an operation", () => {
    const covered = new Set(INPUT_CHANGES.map(({ input }) => input));
    expect(schemaInputs().filter((input) => !covered.has(input))).toEqual([]);
    const [operation] = readContract(smallDocument(), { component: "", name: "", prefix: "" }).operations;
    expect(Object.keys(operation as object).filter((part) => PARTS[part] === undefined)).toEqual([]);
    for (const row of Object.values(PARTS)) if (row !== "") expect(covered).toContain(`apiDocument/${row}`);
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
    securityPolicy: "TLS_1_2",
    endpointAccessMode: "BASIC",
    vpcEndpointIds: ["vpce-1", "vpce-2"],
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
    ["securityPolicy", { securityPolicy: "TLS_1_0" }],
    ["endpointAccessMode", { endpointAccessMode: "STRICT" }],
    ["vpcEndpointIds", { vpcEndpointIds: ["vpce-1"] }],
  ])("change with %s", (_title, change) => {
    expect(redeployTriggers({ ...base, ...change })).not.toEqual(redeployTriggers(base));
  });

  test("do not change with the order of media types and endpoints, and leave the arguments as they were", () => {
    const binaryMediaTypes = ["c/d", "a/b"];
    const vpcEndpointIds = ["vpce-2", "vpce-1"];
    expect(redeployTriggers({ ...base, binaryMediaTypes, vpcEndpointIds })).toEqual(redeployTriggers(base));
    expect([binaryMediaTypes, vpcEndpointIds]).toEqual([
      ["c/d", "a/b"],
      ["vpce-2", "vpce-1"],
    ]);
  });

  test("tell a value that moved from one setting to another apart", () => {
    const first = redeployTriggers({ ...base, resourcePolicy: "1" });
    expect(redeployTriggers({ ...base, minimumCompressionSize: "1" })).not.toEqual(first);
  });
});
