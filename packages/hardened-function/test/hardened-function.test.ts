import type { FunctionRef } from "@palisade/core";
import { expectNamesPrefixed, expectPartitionSafe, recordStack, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { HardenedFunction } from "../src/index.ts";
import { code, record } from "./support.ts";

const FUNCTION = "aws:lambda/function:Function";
const tags = { "palisade:component": "HardenedFunction", "palisade:name": "orders" };

describe("HardenedFunction", () => {
  it("makes a function, an alias, a role with one policy and a log group", async () => {
    const recording = await record();

    expect(recording.types()).toEqual({
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:lambda/alias:Alias": 1,
      "aws:lambda/function:Function": 1,
      "palisade:index:HardenedFunction": 1,
    });
  });

  it("gives the function its defaults", async () => {
    const recording = await record();
    const { code: archive, ...inputs } = recording.one(FUNCTION).inputs;

    expect(archive).toMatchObject({ __pulumiArchive: true });
    expect(inputs).toEqual({
      architectures: ["arm64"],
      handler: "index.handler",
      loggingConfig: {
        applicationLogLevel: "INFO",
        logFormat: "JSON",
        logGroup: "/palisade/project-stack/orders",
        systemLogLevel: "INFO",
      },
      memorySize: 512,
      publish: true,
      role: recording.one("aws:iam/role:Role").outputs.arn,
      runtime: "nodejs24.x",
      tags,
      timeout: 10,
      tracingConfig: { mode: "Active" },
    });
  });

  it("gives the function what the caller names", async () => {
    const recording = await record({
      handler: "main.handle",
      description: "Places orders",
      environment: { TABLE: "orders" },
      memoryMegabytes: pulumi.output(1024),
      timeoutSeconds: 25,
      reservedConcurrency: 20,
      kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
      codeSigningConfigArn: "arn:aws:lambda:eu-central-1:111122223333:code-signing-config:csc-1",
      teamTags: { team: "orders" },
    });

    expect(recording.one(FUNCTION).inputs).toMatchObject({
      handler: "main.handle",
      description: "Places orders",
      environment: { variables: { TABLE: "orders" } },
      memorySize: 1024,
      timeout: 25,
      reservedConcurrentExecutions: 20,
      kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
      codeSigningConfigArn: "arn:aws:lambda:eu-central-1:111122223333:code-signing-config:csc-1",
      tags: { ...tags, team: "orders" },
    });
  });

  it("publishes a version and points the alias at it", async () => {
    const recording = await record();

    expect(recording.one(FUNCTION).inputs.publish).toBe(true);
    expect(recording.one("aws:lambda/alias:Alias").inputs).toEqual({
      functionName: recording.one(FUNCTION).outputs.name,
      functionVersion: "1",
      name: "live",
    });
  });

  it("offers the alias, the role and the log group", async () => {
    const recording = await record();
    const { result } = recording;
    const reference: FunctionRef = result;
    const alias = recording.one("aws:lambda/alias:Alias");

    expect(alias.outputs.arn).toMatch(/:function:orders-function-\w{7}:live$/);
    expect(await resolved(reference.functionArn)).toBe(alias.outputs.arn);
    expect(await resolved(reference.invokeArn)).toBe(alias.outputs.invokeArn);
    expect(await resolved(result.qualifier)).toBe("live");
    expect(await resolved(result.functionName)).toBe(recording.one(FUNCTION).outputs.name);
    expect(await resolved(result.roleName)).toBe(recording.one("aws:iam/role:Role").outputs.name);
    expect(await resolved(result.roleArn)).toBe(recording.one("aws:iam/role:Role").outputs.arn);
    expect(await resolved(result.logGroupName)).toBe("/palisade/project-stack/orders");
    expect(await resolved(result.logGroupArn)).toBe(recording.one("aws:cloudwatch/logGroup:LogGroup").outputs.arn);
  });

  it("registers every output", async () => {
    const recording = await record();
    const component = recording.one("palisade:index:HardenedFunction");

    expect(component.outputsRegistered).toBe(true);
    expect(Object.keys(component.outputs).sort()).toEqual([
      "functionArn",
      "functionName",
      "invokeArn",
      "logGroupArn",
      "logGroupName",
      "qualifier",
      "roleArn",
      "roleName",
    ]);
  });

  it("names every child after itself and is its parent", async () => {
    const recording = await record({
      network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
      failureDestinationArn: "arn:aws:sqs:eu-central-1:111122223333:failed",
      statements: [{ actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-central-1:111122223333:q"] }],
    });

    expectNamesPrefixed(recording, recording.one("palisade:index:HardenedFunction"));
    expect(
      recording
        .children("orders")
        .map((child) => child.name)
        .sort(),
    ).toEqual([
      "orders-alias",
      "orders-async-calls",
      "orders-failure-destination",
      "orders-function",
      "orders-log-group",
      "orders-network-denial",
      "orders-role",
      "orders-runtime",
      "orders-statements",
    ]);
  });

  it("writes no partition and no region down", async () => {
    const recording = await record(
      {
        network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
        failureDestinationArn: "arn:aws-cn:sqs:cn-north-1:111122223333:failed",
        kmsKeyArn: "arn:aws-cn:kms:cn-north-1:111122223333:key/1",
      },
      { place: { partition: "aws-cn", region: "cn-north-1" } },
    );

    expectPartitionSafe(recording);
  });

  it("waits for the policies before it makes the function", async () => {
    const recording = await record({
      statements: [{ actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-central-1:111122223333:q"] }],
    });

    expect(recording.one(FUNCTION).options.dependsOn).toEqual(
      expect.arrayContaining(recording.all("aws:iam/rolePolicy:RolePolicy").map(({ urn }) => urn)),
    );
  });

  it("makes nothing when a plain value is refused", async () => {
    const recording = await recordStack(() => {
      const attempts = [
        { statements: [{ actions: ["s3:*"], resources: ["arn:aws:s3:::b"] }] },
        { environment: { DB_PASSWORD: "hunter2" } },
        { memoryMegabytes: 1 },
        { teamTags: { "aws:x": "y" } },
      ];
      return attempts.map((args, index) => {
        try {
          new HardenedFunction(`refused-${index}`, { code, ...args });
          return "accepted";
        } catch (error) {
          return String(error).split(";")[0];
        }
      });
    });

    expect(recording.result).toEqual([
      'PalisadeError: HardenedFunction "refused-0": statements[0].actions[0] is "s3:*"',
      'PalisadeError: HardenedFunction "refused-1": environment.DB_PASSWORD is what looks like a secret, by its name (rule secret-name)',
      'PalisadeError: HardenedFunction "refused-2": memoryMegabytes is 1',
      'PalisadeError: HardenedFunction "refused-3": teamTags["aws:x"] is a key that is not the team\'s to set',
    ]);
    expect(recording.types()).toEqual({ "palisade:index:HardenedFunction": 4 });
  });

  it("makes no function when an Output is refused", async () => {
    const seen: string[] = [];
    const failing = recordStack(() => new HardenedFunction("orders", { code, timeoutSeconds: pulumi.output(901) }), {
      outputs: {
        [FUNCTION]: ({ name }) => {
          seen.push(name);
          return {};
        },
      },
    });

    await expect(failing).rejects.toThrow(
      'HardenedFunction "orders": timeoutSeconds is 901; allowed: a whole number from 1 to 900',
    );
    expect(seen).toEqual([]);
  });

  it("can be changed with Pulumi's transforms where no option exists", async () => {
    const recording = await record(
      {},
      {
        resource: {
          transforms: [
            async ({ type, props, opts }) =>
              type === FUNCTION ? { props: { ...props, ephemeralStorage: { size: 1024 } }, opts } : undefined,
          ],
        },
      },
    );

    expect(recording.one(FUNCTION).inputs).toMatchObject({ ephemeralStorage: { size: 1024 }, runtime: "nodejs24.x" });
  });
});
