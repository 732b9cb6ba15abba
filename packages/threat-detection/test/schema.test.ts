import { resolve } from "node:path";
import { type componentSchema, goldenSchema } from "@palisade/testing";
import { expect, test } from "vitest";

// Read once for both tests: the analysis compiles AWS's whole provider.
const schema = goldenSchema(resolve(import.meta.dirname, ".."), [
  "AccountSecurity",
  "AuditTrail",
  "FindingChannel",
  "FindingResponse",
  "ResponsePlan",
  "Siem",
  "ThreatDetection",
  "ThreatSimulator",
]);

test("the components' schema, as other languages see it, changes only with the golden file", () => {
  expect(schema.actual).toEqual(schema.golden);
});

test("every option and output is described", () => {
  const { resources, types } = schema.actual as ReturnType<typeof componentSchema>;
  const missing = [...Object.entries(resources ?? {}), ...Object.entries(types ?? {})].flatMap(([token, type]) =>
    Object.entries({ ...type.properties, ...("inputProperties" in type ? type.inputProperties : {}) })
      .filter(([, property]) => !property.description)
      .map(([property]) => `${token}.${property}`),
  );
  expect(missing).toEqual([]);
});
