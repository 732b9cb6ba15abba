import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { record, statementsOf } from "../support.ts";

const logs = {
  Sid: "OwnLogs",
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: ["arn:aws:logs:eu-central-1:111122223333:log-group:/palisade/project-stack/orders:log-stream:*"],
};
const traces = {
  Sid: "Traces",
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  Resource: ["*"],
};
const networkActions = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];
const network = { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: [pulumi.output("sg-1")] };

describe("the role", () => {
  it("is assumed by Lambda for this account only", async () => {
    const recording = await record();

    expect(JSON.parse(String(recording.one("aws:iam/role:Role").inputs.assumeRolePolicy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
      ],
    });
  });

  it("may write to its own log group and send traces, and nothing else", async () => {
    const recording = await record();

    expect(recording.count("aws:iam/rolePolicy:RolePolicy")).toBe(1);
    expect(statementsOf(recording, "orders-runtime")).toEqual([logs, traces]);
    expect(recording.one("aws:iam/role:Role").inputs).not.toHaveProperty("managedPolicyArns");
  });

  it("holds the caller's statements in a policy of their own", async () => {
    const recording = await record({
      statements: [
        {
          sid: "Read",
          actions: ["dynamodb:GetItem"],
          resources: ["arn:aws:dynamodb:eu-central-1:111122223333:table/t"],
        },
      ],
    });

    expect(statementsOf(recording, "orders-statements")).toEqual([
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["dynamodb:GetItem"],
        Resource: ["arn:aws:dynamodb:eu-central-1:111122223333:table/t"],
      },
    ]);
    expect(statementsOf(recording, "orders-runtime")).toEqual([logs, traces]);
    for (const policy of recording.all("aws:iam/rolePolicy:RolePolicy")) {
      expect(policy.inputs.role).toBe(recording.one("aws:iam/role:Role").id);
    }
  });

  it("carries the reason of a wildcard as a tag", async () => {
    const recording = await record({
      statements: [
        {
          sid: "Feeds",
          actions: ["s3:GetObject"],
          resources: ["arn:aws:s3:::feeds/*"],
          wildcardReason: "partners name the files",
        },
      ],
    });

    expect(recording.one("aws:iam/role:Role").inputs.tags).toEqual({
      "palisade:component": "HardenedFunction",
      "palisade:name": "orders",
      "palisade:lowered:wildcard-Feeds": "partners name the files",
    });
    expect(recording.one("aws:lambda/function:Function").inputs.tags).not.toHaveProperty(
      "palisade:lowered:wildcard-Feeds",
    );
  });

  it("refuses a wildcard without a reason, and one without a real reason", async () => {
    const statement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::feeds/*"] };

    await expect(record({ statements: [statement] })).rejects.toThrow(
      'HardenedFunction "orders": statements[0].resources[0] is "arn:aws:s3:::feeds/*"; ' +
        "allowed: an ARN without * or ?, unless the statement has a wildcardReason; " +
        "to fix it, give the ARN of the resource itself, or say in wildcardReason why it cannot be done",
    );
    await expect(record({ statements: [{ ...statement, wildcardReason: "because" }] })).rejects.toThrow(
      'HardenedFunction "orders": wildcard-0 is "because"; allowed: a written reason of at least 10 characters',
    );
  });

  it("has the permissions boundary that is given", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/boundary";

    expect((await record({ permissionsBoundaryArn })).one("aws:iam/role:Role").inputs).toMatchObject({
      permissionsBoundary: permissionsBoundaryArn,
    });
    expect((await record()).one("aws:iam/role:Role").inputs).not.toHaveProperty("permissionsBoundary");
  });

  it("may decrypt the function's own environment with the key that is given, and nothing else", async () => {
    const recording = await record({ kmsKeyArn: pulumi.output("arn:aws:kms:eu-central-1:111122223333:key/1") });
    const { arn } = recording.one("aws:lambda/function:Function").outputs;

    expect(statementsOf(recording, "orders-runtime")).toEqual([logs, traces]);
    expect(statementsOf(recording, "orders-own-key")).toEqual([
      {
        Sid: "OwnEnvironment",
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: ["arn:aws:kms:eu-central-1:111122223333:key/1"],
        Condition: { StringLike: { "kms:EncryptionContext:aws:lambda:FunctionArn": [arn, `${arn}:*`] } },
      },
    ]);
    expect(recording.one("aws:lambda/alias:Alias").options.dependsOn).toContain(
      recording.one("aws:iam/rolePolicy:RolePolicy", "orders-own-key").urn,
    );
  });

  it("manages network interfaces in a VPC, and denies that to the function's own code", async () => {
    const recording = await record({ network });

    expect(statementsOf(recording, "orders-runtime")).toEqual([
      logs,
      traces,
      { Sid: "NetworkInterfaces", Effect: "Allow", Action: networkActions, Resource: ["*"] },
    ]);
    expect(statementsOf(recording, "orders-network-denial")).toEqual([
      {
        Sid: "NetworkInterfacesNotFromCode",
        Effect: "Deny",
        Action: networkActions,
        Resource: ["*"],
        Condition: {
          ArnEquals: { "lambda:SourceFunctionArn": recording.one("aws:lambda/function:Function").outputs.arn },
        },
      },
    ]);
    expect(recording.one("aws:lambda/function:Function").inputs.vpcConfig).toEqual({
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupIds: ["sg-1"],
    });
  });
});

describe("the failure destination", () => {
  it.each([
    { kind: "a queue", arn: "arn:aws:sqs:eu-central-1:111122223333:failed", action: "sqs:SendMessage" },
    { kind: "a topic", arn: "arn:aws:sns:eu-central-1:111122223333:failed", action: "sns:Publish" },
    {
      kind: "a function",
      arn: "arn:aws:lambda:eu-central-1:111122223333:function:failed",
      action: "lambda:InvokeFunction",
    },
    { kind: "a bus", arn: "arn:aws:events:eu-central-1:111122223333:event-bus/failed", action: "events:PutEvents" },
  ])("may be $kind, to which the role may then send", async ({ arn, action }) => {
    const recording = await record({ failureDestinationArn: pulumi.output(arn), maximumRetryAttempts: 1 });

    expect(statementsOf(recording, "orders-failure-destination")).toEqual([
      { Sid: "FailureDestination", Effect: "Allow", Action: [action], Resource: [arn] },
    ]);
    const config = recording.one("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig");
    expect(config.inputs).toEqual({
      destinationConfig: { onFailure: { destination: arn } },
      functionName: recording.one("aws:lambda/function:Function").outputs.name,
      maximumRetryAttempts: 1,
      qualifier: "live",
    });
    expect(config.options.dependsOn).toContain(
      recording.one("aws:iam/rolePolicy:RolePolicy", "orders-failure-destination").urn,
    );
  });

  it("is none unless it is given", async () => {
    expect(
      (await record({ maximumRetryAttempts: 1 })).count(
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      ),
    ).toBe(0);
  });
});
