import { resolve } from "node:path";
import { goldenSchema } from "@palisade/testing";
import { expect, test } from "vitest";

test("the components' schema, as other languages see it, changes only with the golden file", () => {
  const { actual, golden } = goldenSchema(resolve(import.meta.dirname, ".."), ["SecureGateway", "UserPool"]);
  expect(actual).toEqual(golden);
});
