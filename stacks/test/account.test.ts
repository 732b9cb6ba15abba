import { recordStack, resolved } from "@palisade/testing";
import { expect, test } from "vitest";
import program from "../index.ts";

const record = () => recordStack(() => program(), { stack: "account", place: { partition: "aws-cn" } });

test("the account's stage holds API Gateway's log role, and never takes the setting away", async () => {
  const recording = await record();
  expect(recording.types()).toEqual({
    "aws:apigateway/account:Account": 1,
    "aws:iam/role:Role": 1,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 1,
  });
  const role = recording.one("aws:iam/role:Role");
  const attachment = recording.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  const setting = recording.one("aws:apigateway/account:Account");
  expect(setting.options.retainOnDelete).toBe(true);
  expect(setting.options.dependsOn).toContain(attachment.urn);
  expect(setting.inputs).toEqual({ cloudwatchRoleArn: role.outputs.arn });
  expect(attachment.inputs).toEqual({
    role: role.outputs.name,
    policyArn: "arn:aws-cn:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
  });
  expect(JSON.parse(String(role.inputs.assumeRolePolicy)).Statement).toEqual([
    { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
  ]);
  expect(await resolved(recording.result)).toEqual({ stage: "account", gatewayLogRoleArn: role.outputs.arn });
});
