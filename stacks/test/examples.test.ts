import { recordStack, resolved } from "@palisade/testing";
import { expect, test } from "vitest";

test("examples/one-function is a program with one hardened function", async () => {
  const recording = await recordStack(() => import("../../examples/one-function/index.ts"));
  expect(recording.count("palisade:index:HardenedFunction")).toBe(1);
  const table = recording.one("aws:dynamodb/table:Table").outputs.arn;
  const policies = recording.all("aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => String(inputs.policy));
  expect(
    policies.filter((policy) => policy.includes(`"Action":["dynamodb:GetItem"],"Resource":["${table}"]`)),
  ).toHaveLength(1);
  expect(await resolved(recording.result.functionName)).toBe(
    recording.one("aws:lambda/function:Function").outputs.name,
  );
});

test("examples/gateway puts a gateway in front of functions that exist already", async () => {
  const recording = await recordStack(() => import("../../examples/gateway/index.ts"), {
    project: "gateway",
    config: { "gateway:listNotes": "list", "gateway:addNote": "add", "gateway:authorizer": "decide" },
    invokes: {
      "aws:lambda/getFunction:getFunction": ({ functionName }) => ({
        functionName,
        arn: `arn:aws:lambda:eu-central-1:111122223333:function:${functionName}`,
        invokeArn: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionName}/invocations`,
      }),
    },
  });
  expect(
    recording
      .all("aws:lambda/permission:Permission")
      .map(({ inputs }) => inputs.function)
      .sort(),
  ).toEqual(["add", "decide", "list"]);
  expect(await resolved(recording.result.url)).toMatch(/^https:/);
});

test("examples/teams gives each team a role, and its own function with signed code", async () => {
  const recording = await recordStack(() => import("../../examples/teams/index.ts"), {
    project: "teams",
    config: { "teams:developers": "arn:aws:iam::111122223333:role/sso-developers" },
  });
  const config = recording.one("aws:lambda/codeSigningConfig:CodeSigningConfig").outputs.arn;
  const functions = recording.all("aws:lambda/function:Function").map(({ inputs }) => inputs);
  expect(functions.map(({ tags }) => (tags as Record<string, string>)["palisade:team"])).toEqual([
    "billing",
    "shipping",
  ]);
  for (const inputs of functions) expect(inputs.codeSigningConfigArn).toBe(config);
  expect(Object.keys(await resolved(recording.result.roleArns))).toEqual(["billing", "shipping"]);
});

test("examples/page puts a page on a host of its own, behind a web ACL", async () => {
  const recording = await recordStack(() => import("../../examples/page/index.ts"), {
    project: "page",
    config: {
      "page:host": "shop.example.com",
      "page:certificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/1",
      "page:originSecret": "0123456789abcdef0123456789abcdef",
    },
  });
  const distribution = recording.one("aws:cloudfront/distribution:Distribution");
  expect(distribution.inputs.aliases).toEqual(["shop.example.com"]);
  expect(await resolved(recording.result.url)).toBe("https://shop.example.com");
});
