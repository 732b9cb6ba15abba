import { expect, test } from "vitest";
import { loadOpenApi } from "../../build/openapi.ts";

test("reads the contract, anew on each call", () => {
  const document = loadOpenApi();
  expect(document.openapi).toBe("3.0.3");
  expect(Object.keys(document.paths as object)).toHaveLength(17);
  delete document.paths;
  expect(loadOpenApi().paths).toBeDefined();
});
