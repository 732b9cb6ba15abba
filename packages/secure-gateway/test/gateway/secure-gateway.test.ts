import { recordStack } from "@palisade/testing";
import { expect, test } from "vitest";
import { SecureGateway } from "../../src/index.ts";
import { exampleDocument, functionRef, smallArgs } from "../fixtures.ts";
import { operationsOf } from "../../src/index.ts";

test("smoke", async () => {
  const doc = exampleDocument();
  const functions = Object.fromEntries(operationsOf(doc).map((o) => [o.operationId, functionRef(o.operationId, "live")]));
  const r = await recordStack(() => new SecureGateway("gw", { apiDocument: doc, functions, authorizer: { function: functionRef("auth") } }));
  expect(1).toBe(1);
  void smallArgs;
});
