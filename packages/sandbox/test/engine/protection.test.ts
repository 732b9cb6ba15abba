import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { withoutProtection } from "../../src/engine/protection.ts";
import { runProgram } from "../../src/program.ts";

it("lifts what AWS protects a resource with, where the program protects it, and nothing else", async () => {
  const inputs: Record<string, unknown> = {};
  const program = withoutProtection(async () => {
    const table = { hashKey: "id", attributes: [{ name: "id", type: "S" }] };
    new aws.dynamodb.Table("protected", { ...table, deletionProtectionEnabled: true }, { protect: true });
    new aws.dynamodb.Table("plain", table);
    new aws.cognito.UserPool("users", { deletionProtection: "ACTIVE", mfaConfiguration: "ON" });
    new aws.s3.Bucket("files", {});
    new aws.sqs.Queue("jobs", { delaySeconds: 1 });
    return {};
  });
  const mocks = {
    newResource: (args: { name: string; inputs: unknown }) => {
      inputs[args.name] = args.inputs;
      return { id: args.name, state: {} };
    },
    call: () => ({}),
  };
  const never = new Promise<never>(() => {});
  await runProgram(program, mocks, { project: "palisade", stack: "dev", config: {} }, never);
  expect(inputs).toMatchObject({
    protected: { deletionProtectionEnabled: false, hashKey: "id" },
    users: { deletionProtection: "INACTIVE", mfaConfiguration: "ON" },
    jobs: { delaySeconds: 1 },
    files: { forceDestroy: true },
  });
  expect(inputs.plain).not.toHaveProperty("deletionProtectionEnabled");
  expect(inputs.jobs).not.toHaveProperty("deletionProtection");
});
