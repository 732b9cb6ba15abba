import { recordStack, resolved } from "@palisade/testing";
import { expect, test } from "vitest";
import { DatabaseMigration, IdempotencyTable } from "../src/index.ts";

const migrations = {
  functionName: "migrations-1234567",
  functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:migrations-1234567:live",
  invokeArn: "unused",
};

const record = (qualifier?: string) =>
  recordStack(() => new DatabaseMigration("migrate", { function: { ...migrations, qualifier }, version: "3f9a" }), {
    outputs: { "aws:lambda/invocation:Invocation": () => ({ result: '{"applied":[1]}' }) },
  });

test("invokes the function's alias when the version changes, and never when the stage is destroyed", async () => {
  const recording = await record("live");
  expect(recording.types()).toEqual({ "aws:lambda/invocation:Invocation": 1, "palisade:index:DatabaseMigration": 1 });
  expect(recording.one("aws:lambda/invocation:Invocation", "migrate-invocation").inputs).toEqual({
    functionName: "migrations-1234567",
    qualifier: "live",
    input: '{"version":"3f9a"}',
    lifecycleScope: "CREATE_ONLY",
    triggers: { version: "3f9a" },
  });
  expect(await resolved(recording.result.result)).toBe('{"applied":[1]}');
});

test("the invocation waits for what the migration depends on", async () => {
  const recording = await recordStack(() => {
    const dependsOn = [new IdempotencyTable("first")];
    return new DatabaseMigration("migrate", { function: migrations, version: "3f9a" }, { dependsOn });
  });
  const { dependsOn } = recording.one("aws:lambda/invocation:Invocation").options;
  expect(dependsOn).toContain(recording.one("aws:dynamodb/table:Table").urn);
});

test("a function without an alias is invoked itself", async () => {
  expect((await record()).one("aws:lambda/invocation:Invocation").inputs).not.toHaveProperty("qualifier");
});
