import { expect, test } from "vitest";
import { answerInvoke } from "../src/invokes.ts";

const IDENTITY = { region: "eu-west-1", accountId: "123456789012", partition: "aws" };

test.each([
  ["aws:index/getRegion:getRegion", { region: "eu-west-1", name: "eu-west-1" }],
  ["aws:index/getPartition:getPartition", { partition: "aws", dnsSuffix: "amazonaws.com" }],
  ["aws:index/getCallerIdentity:getCallerIdentity", { accountId: "123456789012" }],
  ["aws:index/getAvailabilityZones:getAvailabilityZones", { names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }],
])("%s is answered for the sandbox's account", (token, expected) => {
  expect(answerInvoke(token, {}, IDENTITY)).toMatchObject(expected);
});

test("a function and a log group that exist are known by their names", () => {
  const lambda = "arn:aws:lambda:eu-west-1:123456789012:function:orders";
  expect(answerInvoke("aws:lambda/getFunction:getFunction", { functionName: "orders" }, IDENTITY)).toEqual({
    id: "orders",
    functionName: "orders",
    arn: lambda,
    invokeArn: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${lambda}/invocations`,
  });
  expect(answerInvoke("aws:cloudwatch/getLogGroup:getLogGroup", { name: "a" }, IDENTITY)).toEqual({
    id: "a",
    name: "a",
    arn: "arn:aws:logs:eu-west-1:123456789012:log-group:a",
  });
});

test("getPolicyDocument writes the policy as the provider does", () => {
  const { json } = answerInvoke(
    "aws:iam/getPolicyDocument:getPolicyDocument",
    {
      statements: [
        {
          sid: "Read",
          actions: ["s3:Get", "s3:B"],
          resources: ["arn:a"],
          principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
          conditions: [
            { test: "StringEquals", variable: "aws:x", values: ["1"] },
            { test: "StringEquals", variable: "aws:y", values: ["2", "1"] },
          ],
        },
        {
          effect: "Deny",
          notActions: ["s3:*"],
          notResources: ["arn:b"],
          principals: [{ type: "*", identifiers: ["*"] }],
        },
      ],
    },
    IDENTITY,
  );
  expect(JSON.parse(json as string)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["s3:B", "s3:Get"],
        Resource: "arn:a",
        Principal: { Service: "lambda.amazonaws.com" },
        Condition: { StringEquals: { "aws:x": "1", "aws:y": ["1", "2"] } },
      },
      { Effect: "Deny", NotAction: "s3:*", NotResource: "arn:b", Principal: "*" },
    ],
  });
  const empty = answerInvoke("aws:iam/getPolicyDocument:getPolicyDocument", { version: "2008-10-17" }, IDENTITY);
  expect(empty.json).toBe('{"Version":"2008-10-17","Statement":[]}');
});

test("an unknown function is an error, never an invented answer", () => {
  expect(() => answerInvoke("aws:ec2/getAmi:getAmi", {}, IDENTITY)).toThrow(
    /^The program calls aws:ec2\/getAmi:getAmi, which the sandbox has no answer for \(it knows aws:index\/getRegion:getRegion, .*\)\. Add the function to packages\/sandbox\/src\/invokes\.ts\.$/,
  );
});
