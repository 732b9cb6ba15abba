import { resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { arnIn, databaseUserArn, isArn, lambdaInvokeArn, parseArn, restApiStageArn } from "../src/index.ts";

const place = { partition: "aws-cn", region: pulumi.output("cn-north-1"), accountId: "111122223333" };

describe("isArn", () => {
  it.each([
    { text: "arn:aws:s3:::bucket", expected: true },
    { text: "arn:aws-us-gov:iam::111122223333:role/x", expected: true },
    { text: "arn:aws:rds:eu-central-1:111122223333:cluster:a:b", expected: true },
    { text: "arn:aws:s3:::", expected: false },
    { text: "arn:aws:s3", expected: false },
    { text: "bucket", expected: false },
    { text: "arn:aws:iam::account:role/x", expected: false },
    { text: " arn:aws:s3:::bucket", expected: false },
  ])("is $expected for $text", ({ text, expected }) => {
    expect(isArn(text)).toBe(expected);
  });
});

describe("parseArn", () => {
  it("keeps the colons of the resource", () => {
    expect(parseArn("arn:aws:lambda:eu-central-1:111122223333:function:orders:live")).toEqual({
      partition: "aws",
      service: "lambda",
      region: "eu-central-1",
      accountId: "111122223333",
      resource: "function:orders:live",
    });
  });

  it("refuses what is no ARN", () => {
    expect(() => parseArn("orders")).toThrow(
      '"orders" is no ARN; allowed: arn:<partition>:<service>:<region>:<account>:<resource>',
    );
  });
});

describe("the builders", () => {
  it.each([
    {
      title: "any resource",
      arn: () => arnIn(place, "sqs", "failed"),
      expected: "arn:aws-cn:sqs:cn-north-1:111122223333:failed",
    },
    {
      title: "an invocation",
      arn: () => lambdaInvokeArn(place, "arn:x"),
      expected: "arn:aws-cn:apigateway:cn-north-1:lambda:path/2015-03-31/functions/arn:x/invocations",
    },
    {
      title: "a database user",
      arn: () => databaseUserArn(place, pulumi.output("cluster-ABC"), "orders"),
      expected: "arn:aws-cn:rds-db:cn-north-1:111122223333:dbuser:cluster-ABC/orders",
    },
    {
      title: "a stage",
      arn: () => restApiStageArn(place, "abc", "v1"),
      expected: "arn:aws-cn:apigateway:cn-north-1::/restapis/abc/stages/v1",
    },
  ])("make the ARN of $title in the given partition", async ({ arn, expected }) => {
    expect(await resolved(arn())).toBe(expected);
  });
});
