import { describe, expect, test } from "vitest";
import { gatewayBody } from "../../src/index.ts";
import { exampleDocument, sentenceOf, set, smallDocument } from "../fixtures.ts";

const PET = ["components", "schemas", "Pet"];
const SCHEMA = ["paths", "/pets/{petId}", "put", "requestBody", "content", "application/json", "schema"];

type Body = {
  components: { schemas: Record<string, unknown> };
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: unknown }> } }>>;
};

function bodyOf(document: Record<string, unknown>): Body {
  const ids = Object.values(document.paths as Record<string, Record<string, { operationId?: string }>>).flatMap(
    (item) => Object.values(item).flatMap(({ operationId }) => operationId ?? []),
  );
  return gatewayBody(document, {
    invokeArns: Object.fromEntries(ids.map((id) => [id, `arn:${id}`])),
    authorizerInvokeArn: "arn:authorizer",
    authorizerResultTtlSeconds: 60,
    timeoutMilliseconds: 29_000,
    meteredByApiKey: false,
  }) as Body;
}

const modelsOf = (document: Record<string, unknown>) => bodyOf(document).components.schemas;

describe("models", () => {
  test("are the schemas that the example API's request bodies use, in the order of their names, and no answer's", () => {
    const models = modelsOf(exampleDocument());
    expect(Object.keys(models)).toEqual([
      "ChallengeAnswer",
      "CodeExchange",
      "Credentials",
      "NewCart",
      "NewOrder",
      "OrderLine",
      "SavedCart",
      "StatusChange",
    ]);
    expect(models.NewCart).toEqual({
      type: "object",
      additionalProperties: false,
      required: ["lines"],
      properties: {
        lines: {
          description: "a list of at most 50 order lines",
          type: "array",
          maxItems: 50,
          items: { $ref: "#/components/schemas/OrderLine" },
        },
      },
    });
  });

  test.each<[string, unknown, unknown]>([
    [
      "annotations are dropped",
      { type: "object", example: {}, readOnly: true, discriminator: { propertyName: "a" }, "x-a": 1 },
      { type: "object" },
    ],
    ["a format of draft 4 is kept", { type: "string", format: "date-time" }, { type: "string", format: "date-time" }],
    ["other formats are dropped", { type: "string", format: "uuid" }, { type: "string" }],
    [
      "false where the import ignores the keyword",
      { type: "integer", nullable: false, exclusiveMinimum: false },
      { type: "integer" },
    ],
    [
      "schemas inside are treated alike",
      { anyOf: [{ type: "string", format: "uuid" }], not: { type: "integer", example: 1 } },
      { anyOf: [{ type: "string" }], not: { type: "integer" } },
    ],
    [
      "additional properties as a schema",
      { type: "object", additionalProperties: { type: "string", xml: {} } },
      { type: "object", additionalProperties: { type: "string" } },
    ],
    [
      "a property named like a keyword or a prototype's",
      { properties: { example: { type: "string" }, constructor: { type: "string" } } },
      { properties: { example: { type: "string" }, constructor: { type: "string" } } },
    ],
    [
      "a schema that refers to itself",
      { items: { $ref: "#/components/schemas/Pet" } },
      { items: { $ref: "#/components/schemas/Pet" } },
    ],
    [
      "a description beside a reference is no error",
      { items: { $ref: "#/components/schemas/Pet", description: "again" } },
      { items: { $ref: "#/components/schemas/Pet" } },
    ],
  ])("%s", (_title, schema, model) => {
    expect(modelsOf(set(smallDocument(), PET, schema))).toEqual({ Pet: model });
  });

  test("a schema written in place becomes a model named after its operation, and never takes another's name", () => {
    const inline = set(smallDocument(), SCHEMA, { type: "object", example: 1 });
    expect(modelsOf(inline)).toEqual({ ReplacePetBody: { type: "object" } });
    const taken = bodyOf(set(inline, ["components", "schemas", "ReplacePetBody"], { type: "string" }));
    expect(taken.components.schemas).toEqual({ ReplacePetBodyx: { type: "object" } });
    expect(taken.paths["/pets/{petId}"]?.put?.requestBody?.content["application/json"]?.schema).toEqual({
      $ref: "#/components/schemas/ReplacePetBodyx",
    });
  });

  test("two JSON types of one body written in place are two models", () => {
    let document = set(smallDocument(), SCHEMA, { type: "object" });
    document = set(document, [...SCHEMA.slice(0, 5), "application/merge-patch+json"], { schema: { type: "array" } });
    expect(modelsOf(document)).toEqual({ ReplacePetBody: { type: "object" }, ReplacePetBodyx: { type: "array" } });
  });
});

describe("refused", () => {
  test.each<[string, (string | number)[], unknown, string]>([
    [
      "nullable",
      PET,
      { nullable: true },
      'OpenAPI document "Pets": components.schemas.Pet.nullable is true; allowed: false or nothing: API Gateway\'s import ignores it, and the model would mean something else; to fix it, leave the property out of `required`, so that a caller omits it instead of sending null',
    ],
    [
      "an exclusive minimum",
      PET,
      { exclusiveMinimum: true },
      "Pet.exclusiveMinimum is true; allowed: false or nothing: API Gateway's import ignores it, and the model would mean something else; to fix it, write the smallest allowed value as `minimum`",
    ],
    [
      "an exclusive maximum",
      PET,
      { properties: { a: { exclusiveMaximum: 5 } } },
      "Pet.properties.a.exclusiveMaximum is 5; allowed: false or nothing: API Gateway's import ignores it, and the model would mean something else; to fix it, write the largest allowed value as `maximum`",
    ],
    [
      "a keyword of later drafts",
      PET,
      { const: 1 },
      "Pet.const is a keyword that API Gateway's models do not have; allowed: the keywords of OpenAPI 3.0 that JSON Schema draft 4 has too; to fix it, express it with those, or check it in the function and remove it here",
    ],
    [
      "a keyword of a prototype",
      PET,
      JSON.parse('{"toString":1}'),
      "Pet.toString is a keyword that API Gateway's models do not have",
    ],
    ["a schema that is none", PET, { items: [] }, "Pet.items is []; allowed: a plain object of the parsed document"],
    ["alternatives that are no list", PET, { oneOf: {} }, "Pet.oneOf is {}; allowed: an array"],
    [
      "a schema that is not there",
      SCHEMA,
      { $ref: "#/components/schemas/Dog" },
      '.schema.$ref is "#/components/schemas/Dog"; allowed: the name of a schema under components/schemas of this document; to fix it, define the schema there: API Gateway does not read other files',
    ],
    [
      "a schema of another file",
      SCHEMA,
      { $ref: "pets.yaml#/Pet" },
      '.schema.$ref is "pets.yaml#/Pet"; allowed: the name of a schema under components/schemas of this document',
    ],
    [
      "a reference that is no text",
      SCHEMA,
      { $ref: 1 },
      ".schema.$ref is 1; allowed: the name of a schema under components/schemas of this document",
    ],
    [
      "a schema of a prototype",
      SCHEMA,
      { $ref: "#/components/schemas/constructor" },
      '.schema.$ref is "#/components/schemas/constructor"; allowed: the name of a schema under components/schemas',
    ],
    [
      "a keyword beside a reference",
      SCHEMA,
      { $ref: "#/components/schemas/Pet", maxProperties: 1 },
      ".schema.maxProperties is beside a $ref, where OpenAPI 3.0 ignores it; allowed: a $ref alone; to fix it, put both under allOf",
    ],
  ])("%s", (_title, place, value, sentence) => {
    expect(sentenceOf(() => bodyOf(set(smallDocument(), place, value)))).toContain(sentence);
  });

  test("a model's name that API Gateway does not have", () => {
    const document = set(smallDocument(), ["components", "schemas", "My_Pet"], {});
    expect(sentenceOf(() => bodyOf(set(document, SCHEMA, { $ref: "#/components/schemas/My_Pet" })))).toContain(
      '.schema.$ref is "#/components/schemas/My_Pet"; allowed: a schema whose name has letters and digits only; ' +
        "to fix it, rename the schema: API Gateway's models have no other names",
    );
  });
});
