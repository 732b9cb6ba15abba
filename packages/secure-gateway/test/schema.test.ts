import { resolve } from "node:path";
import { componentSchema, goldenSchema } from "@palisade/testing";
import { expect, test } from "vitest";

const COMPONENTS = ["PolicyStore", "RevocationTable", "SecureGateway", "SharedAuthorizer", "UserPool"];

test("the components' schema, as other languages see it, changes only with the golden file", () => {
  const { actual, golden } = goldenSchema(resolve(import.meta.dirname, ".."), COMPONENTS);
  expect(actual).toEqual(golden);
});

test("every option and output is described", () => {
  const { resources, types } = componentSchema(resolve(import.meta.dirname, ".."), COMPONENTS);
  const missing = [...Object.entries(resources ?? {}), ...Object.entries(types ?? {})].flatMap(([token, type]) =>
    Object.entries({ ...type.properties, ...("inputProperties" in type ? type.inputProperties : {}) })
      .filter(([, property]) => !property.description)
      .map(([property]) => `${token}.${property}`),
  );
  expect(missing).toEqual([]);
});
