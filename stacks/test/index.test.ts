import { recordStack } from "@palisade/testing";
import { expect, test } from "vitest";
import program from "../index.ts";

test.each(["staging", "constructor", "__proto__"])("the stack %j is refused, and told the stages", async (stack) => {
  await expect(recordStack(() => program(), { stack })).rejects.toThrow(
    `The stack "${stack}" is no stage; the stages are account, dev, prod, weak. ` +
      "To fix it, select one of them: pulumi stack select dev",
  );
});

test("the module has a default export only, which the Pulumi runtime demands of it", async () => {
  expect(Object.keys(await import("../index.ts"))).toEqual(["default"]);
});
