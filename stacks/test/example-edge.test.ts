import { recordStack, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";

const ACL = "aws:wafv2/webAcl:WebAcl";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const SECRET = "0123456789abcdef0123456789abcdef";
const STAGE = "arn:aws:apigateway:eu-central-1::/restapis/a1/stages/prod";

test("examples/edge puts a firewall before CloudFront and before the stage, with a secret between them", async () => {
  const recording = await recordStack(() => import("../../examples/edge/index.ts"), {
    project: "edge",
    config: {
      "edge:host": "api.example.com",
      "edge:certificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/1",
      "edge:stageArn": STAGE,
      "edge:apiUrl": "https://a1.execute-api.eu-central-1.amazonaws.com/prod/",
      "edge:originSecret": SECRET,
      "edge:previousOriginSecret": SECRET.toUpperCase(),
      "edge:confirmPriceOf3000DollarsAMonthForAYear": "true",
    },
  });
  const [edge, door] = [recording.one(ACL, "edge-web-acl"), recording.one(ACL, "door-web-acl")];
  const distribution = recording.one(DISTRIBUTION);
  expect([edge.inputs.scope, edge.inputs.region, door.inputs.scope]).toEqual(["CLOUDFRONT", "us-east-1", "REGIONAL"]);

  // CloudFront writes what the stage asks for before anything else: the secret, or the one before it.
  expect(distribution.inputs.webAclId).toBe(edge.outputs.arn);
  const [origin] = distribution.inputs.origins as {
    originPath: string;
    customHeaders: { name: string; value: string }[];
  }[];
  expect(origin?.originPath).toBe("/prod");
  expect(origin?.customHeaders).toEqual([{ name: "x-origin-verify", value: SECRET }]);
  const [first] = door.inputs.rules as { name: string; statement: object }[];
  expect(first?.name).toBe("origin-secret");
  for (const value of [SECRET, SECRET.toUpperCase()]) expect(JSON.stringify(first?.statement)).toContain(value);
  expect(JSON.stringify(edge.inputs.rules)).not.toContain(SECRET);
  expect(recording.one("aws:wafv2/webAclAssociation:WebAclAssociation").inputs).toEqual({
    resourceArn: STAGE,
    webAclArn: door.outputs.arn,
  });

  // What only CloudFront makes possible.
  expect(JSON.stringify(edge.inputs.rules)).toContain('"responseInspection":{"statusCode"');
  expect(recording.one("aws:shield/protection:Protection").inputs.resourceArn).toBe(distribution.outputs.arn);
  expect(await resolved(pulumi.output(recording.result.logGroups))).toEqual([
    expect.stringMatching(/^aws-waf-logs-/),
    expect.stringMatching(/^aws-waf-logs-/),
  ]);
});
