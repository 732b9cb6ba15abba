import {
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  InvokeCommand,
} from "@aws-sdk/client-lambda";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulated, type Made, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
let role: Made;
beforeAll(async () => {
  emulated = await startEmulated();
  role = await emulated.create("aws:iam/role:Role", {
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
    },
  });
}, 180_000);
afterAll(() => emulated.sandbox.close());

function code(text: string) {
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(text) });
}

const ONE = code("export const handler = async () => ({ answer: 1, mode: process.env.MODE });");
const TWO = code("export const handler = async () => ({ answer: 2, mode: process.env.MODE });");
const FAILING = code('export const handler = async () => { throw new Error("no such table"); };');

function inputs(archive: pulumi.asset.Archive, more: object = {}) {
  return { role: role.outputs.arn, runtime: "nodejs24.x", handler: "index.handler", code: archive, ...more };
}

async function call(FunctionName: string, Qualifier?: string): Promise<unknown> {
  const { Payload } = await emulated.sandbox.clients.lambda.send(new InvokeCommand({ FunctionName, Qualifier }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

test("a function runs, changes its code and its settings, and is deleted", async () => {
  const { lambda } = emulated.sandbox.clients;
  const made = await emulated.create("aws:lambda/function:Function", {
    ...inputs(ONE, { name: "answers", publish: true, reservedConcurrentExecutions: 5 }),
    environment: { variables: { MODE: "a" } },
    memorySize: 256,
    timeout: 9,
    tracingConfig: { mode: "Active" },
    tags: { team: "a" },
  });
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:answers";
  expect(made.id).toBe("answers");
  expect(made.outputs).toMatchObject({
    arn,
    version: "1",
    qualifiedArn: `${arn}:1`,
    invokeArn: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
  });
  expect(await call("answers")).toEqual({ answer: 1, mode: "a" });
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: "answers" }));
  expect(Configuration).toMatchObject({ MemorySize: 256, Timeout: 9, TracingConfig: { Mode: "Active" } });
  const concurrency = () => lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "answers" }));
  expect((await concurrency()).ReservedConcurrentExecutions).toBe(5);

  const changed = await made.update(inputs(TWO, { publish: true, environment: { variables: { MODE: "b" } } }));
  expect(changed.outputs.version).toBe("2");
  expect(changed.outputs.sourceCodeHash).not.toBe(made.outputs.sourceCodeHash);
  expect(await call("answers")).toEqual({ answer: 2, mode: "b" });
  expect((await concurrency()).ReservedConcurrentExecutions).toBeUndefined();

  await made.delete();
  expect(await outcome(lambda.send(new GetFunctionCommand({ FunctionName: "answers" })))).toBe(
    "ResourceNotFoundException",
  );
});

test("an update without new code keeps the code, and without publish has no version", async () => {
  const made = await emulated.create("aws:lambda/function:Function", inputs(ONE, { name: "same" }));
  expect(made.outputs.version).toBe("$LATEST");
  const changed = await made.update(inputs(ONE, { timeout: 5 }));
  expect(changed.outputs).toMatchObject({ version: "$LATEST", sourceCodeHash: made.outputs.sourceCodeHash });
  expect(await call("same")).toEqual({ answer: 1 });
});

test("an alias points to a version, and permissions stand on it", async () => {
  const { lambda } = emulated.sandbox.clients;
  const made = await emulated.create("aws:lambda/function:Function", inputs(ONE, { name: "aliased", publish: true }));
  const alias = await emulated.create("aws:lambda/alias:Alias", {
    name: "live",
    functionName: made.outputs.arn,
    functionVersion: "1",
  });
  expect(alias.id).toBe(`${made.outputs.arn}:live`);
  await made.update(inputs(TWO, { publish: true }));
  expect(await call("aliased", "live")).toEqual({ answer: 1 });
  await alias.update({ functionName: "aliased", functionVersion: "2" });
  expect(await call("aliased", "live")).toEqual({ answer: 2 });

  const permission = await emulated.create("aws:lambda/permission:Permission", {
    action: "lambda:InvokeFunction",
    function: alias.id,
    principal: "apigateway.amazonaws.com",
    sourceArn: "arn:aws:execute-api:us-east-1:123456789012:abc/*",
  });
  const policy = () => lambda.send(new GetPolicyCommand({ FunctionName: "aliased", Qualifier: "live" }));
  expect(JSON.parse((await policy()).Policy ?? "{}").Statement).toHaveLength(1);
  await permission.delete();
  expect(await outcome(policy())).toBe("ResourceNotFoundException");

  await alias.delete();
  expect(await outcome(lambda.send(new GetAliasCommand({ FunctionName: "aliased", Name: "live" })))).toBe(
    "ResourceNotFoundException",
  );
});

test("what becomes of failed asynchronous calls is set, changed and removed", async () => {
  const { lambda } = emulated.sandbox.clients;
  await emulated.create("aws:lambda/function:Function", inputs(ONE, { name: "asynchronous" }));
  const made = await emulated.create("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", {
    functionName: "asynchronous",
    maximumRetryAttempts: 1,
    destinationConfig: { onFailure: { destination: "arn:aws:sqs:us-east-1:123456789012:failed" } },
  });
  expect(made.id).toBe("asynchronous");
  const read = () => lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: "asynchronous" }));
  expect((await read()).DestinationConfig?.OnFailure?.Destination).toBe("arn:aws:sqs:us-east-1:123456789012:failed");
  await made.update({ functionName: "asynchronous", maximumRetryAttempts: 0 });
  expect((await read()).MaximumRetryAttempts).toBe(0);
  await made.delete();
  expect(await outcome(read())).toBe("ResourceNotFoundException");
});

test("an invocation gives the function's answer, and fails with the function", async () => {
  await emulated.create("aws:lambda/function:Function", inputs(ONE, { name: "invoked" }));
  const made = await emulated.create("aws:lambda/invocation:Invocation", { functionName: "invoked", input: "{}" });
  expect(made.id).toBe("invoked_$LATEST_99914b932bd37a50b983c5e7c90ae93b");
  expect(JSON.parse(made.outputs.result as string)).toEqual({ answer: 1 });

  await emulated.create("aws:lambda/function:Function", inputs(FAILING, { name: "failing" }));
  const failing = emulated.create(
    "aws:lambda/invocation:Invocation",
    { functionName: "failing", input: "{}" },
    "setup",
  );
  await expect(failing).rejects.toThrow(
    /^aws\.lambda\.Invocation "setup": failing ended with the error .*no such table/,
  );
});
