import { expect, test } from "vitest";
import { mayDeliver } from "../../src/trail/permission.ts";

const TRAIL = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/audit";
const OBJECT = "arn:aws:s3:::logs/AWSLogs/123456789012/CloudTrail/x.json.gz";
const ALLOW = {
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::logs/AWSLogs/123456789012/*",
  Condition: { StringEquals: { "aws:SourceArn": TRAIL } },
};

const may = (...Statement: object[]) =>
  mayDeliver(JSON.stringify({ Statement }), OBJECT, { trailArn: TRAIL, accountId: "123456789012" });

test("the policy of CloudTrail's documentation lets it write", () => {
  expect(may(ALLOW)).toBe(true);
  const acl = { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": "123456789012" } };
  expect(may({ ...ALLOW, Condition: acl })).toBe(true);
  expect(mayDeliver(JSON.stringify({ Statement: ALLOW }), OBJECT, { trailArn: TRAIL, accountId: "1" })).toBe(true);
});

test.each([
  ["another service", { Principal: { Service: "logs.amazonaws.com" } }, false],
  ["a list of services", { Principal: { Service: ["logs.amazonaws.com", "cloudtrail.amazonaws.com"] } }, true],
  ["everybody", { Principal: "*" }, true],
  ["everybody, written otherwise", { Principal: { AWS: "*" } }, true],
  ["a person", { Principal: { AWS: "arn:aws:iam::1:user/ann" } }, false],
  ["nobody", { Principal: undefined }, false],
  ["a word", { Principal: "cloudtrail" }, false],
  ["every action", { Action: ["s3:*"] }, true],
  ["another action", { Action: "s3:GetObject" }, false],
  ["no action", { Action: undefined }, false],
  ["another folder", { Resource: "arn:aws:s3:::logs/other/*" }, false],
  ["one character", { Resource: OBJECT.replace("x.json", "?.json") }, true],
  ["no dot for any character", { Resource: OBJECT.replace("x.json", "x-json") }, false],
  ["another trail", { Condition: { StringEquals: { "aws:SourceArn": `${TRAIL}-2` } } }, false],
  ["a pattern of trails", { Condition: { ArnLike: { "aws:SourceArn": `${TRAIL.slice(0, -5)}*` } } }, true],
  ["a condition that is not known", { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }, false],
  ["an operator that is not known", { Condition: { StringNotEquals: { "aws:SourceArn": "x" } } }, false],
  ["no condition", { Condition: undefined }, true],
])("%s", (_title, change, expected) => {
  expect(may({ ...ALLOW, ...change })).toBe(expected);
});

test("a denial wins where it applies: not that of plain HTTP, which the delivery does not use", () => {
  const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::logs/*" };
  expect(may(ALLOW, { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } })).toBe(true);
  expect(may(ALLOW, { ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } })).toBe(false);
  expect(may(ALLOW, deny)).toBe(false);
});

test("without a policy nobody may", () => {
  expect(mayDeliver(undefined, OBJECT, { trailArn: TRAIL, accountId: "1" })).toBe(false);
  expect(may()).toBe(false);
});
