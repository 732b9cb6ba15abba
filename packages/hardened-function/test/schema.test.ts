import { resolve } from "node:path";
import { goldenSchema } from "@palisade/testing";
import { expect, it } from "vitest";

it("can be inferred by Pulumi, and has the schema that other languages were given", () => {
  const { actual, golden } = goldenSchema(resolve(import.meta.dirname, ".."), [
    "CodeSigning",
    "HardenedFunction",
    "TeamAccess",
  ]);

  expect(actual).toEqual(golden);
});
