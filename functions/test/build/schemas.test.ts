import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadOpenApi } from "../../build/openapi.ts";
import { bodySchemas, compileSchemas } from "../../build/schemas.ts";
import { validate as newOrder } from "../../src/shared/schemas/new-order.mjs";

const FOLDER = join(import.meta.dirname, "../../src/shared/schemas");
const document = loadOpenApi() as unknown as Parameters<typeof bodySchemas>[0];

test("the compiled bodies are those of openapi.yaml: `pnpm schemas` writes them", async () => {
  const compiled = await compileSchemas();
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(compiled).sort());
  for (const [name, content] of Object.entries(compiled)) {
    expect(readFileSync(join(FOLDER, name), "utf8"), name).toBe(content);
  }
});

test("every JSON body has one", () => {
  expect(bodySchemas(document)).toEqual([
    ...["NewOrder", "NewCart", "SavedCart", "StatusChange"],
    ...["Credentials", "ChallengeAnswer", "CodeExchange"],
  ]);
});

test("the compiled code accepts what the contract's own schema accepts, and nothing else", () => {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema({ ...loadOpenApi(), $id: "openapi" });
  const contract = ajv.compile({ $ref: "openapi#/components/schemas/NewOrder" });
  const line = fc.record(
    { sku: fc.constantFrom("MUG-1", "mug", "", 1), quantity: fc.constantFrom(1, 1000, 0, 1001, 1.5, "1") },
    { requiredKeys: [] },
  );
  const order = fc.record(
    {
      lines: fc.oneof(fc.array(line, { maxLength: 3 }), fc.jsonValue()),
      note: fc.constantFrom("text", "\u0000", "\n\t\r", "\u0085", "😀".repeat(500), "n".repeat(501), null),
      discountCents: fc.integer(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: order }, fc.jsonValue()), (value) => {
      expect(newOrder(value)).toBe(contract(value));
    }),
    { numRuns: 2000 },
  );
});
