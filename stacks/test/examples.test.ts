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
    config: {
      "gateway:listNotes": "list",
      "gateway:addNote": "add",
      "gateway:authorizer": "decide",
      "gateway:webAclArn": "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/edge/1",
    },
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

test("examples/threats brings findings to an inbox, and rehearses what it would do", async () => {
  const functionArn = "arn:aws:lambda:eu-central-1:111122223333:function:orders";
  const recording = await recordStack(() => import("../../examples/threats/index.ts"), {
    project: "threats",
    config: { "threats:email": "security@example.com", "threats:functionArn": functionArn },
  });
  expect(recording.one("aws:sns/topicSubscription:TopicSubscription").inputs).toMatchObject({
    protocol: "email",
    endpoint: "security@example.com",
  });
  const { inputs } = recording.one("aws:lambda/function:Function", "finding-responder-function");
  const { variables } = inputs.environment as { variables: Record<string, string> };
  expect(JSON.parse(variables.RESPONSE_PLAN ?? "")).toMatchObject({
    mode: "dry-run",
    quarantine: { targets: [functionArn] },
  });
  const mappings = recording.all("aws:lambda/eventSourceMapping:EventSourceMapping");
  expect(mappings.map(({ name }) => name).sort()).toEqual(["detection-delivery", "response-delivery"]);
  expect(await resolved(recording.result.detectorId)).toBe(recording.one("aws:guardduty/detector:Detector").id);
});

test("examples/analytics cleans the calls of an API that exists already, and lets one role ask", async () => {
  const recording = await recordStack(() => import("../../examples/analytics/index.ts"), {
    project: "analytics",
    config: {
      "analytics:trailBucket": "trail",
      "analytics:accessLog": "/api/access",
      "analytics:analysts": "arn:aws:iam::111122223333:role/sso-analysts",
      "analytics:quickSightViewers": '["arn:aws:quicksight:eu-central-1:111122223333:group/default/readers"]',
    },
    invokes: {
      "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage": ({ repositoryName, region }) => ({
        registryPath: `492215442770.dkr.ecr.${region}.amazonaws.com/${repositoryName}:1.7-1`,
      }),
    },
  });
  const workgroup = recording.one("aws:athena/workgroup:Workgroup").outputs;
  const { policy } = recording.one("aws:iam/rolePolicy:RolePolicy", "analysts").inputs;
  expect(JSON.parse(String(policy)).Statement[0]).toMatchObject({ Sid: "Ask", Resource: [workgroup.arn] });
  expect(await resolved(recording.result.workgroup)).toBe(workgroup.name);
  expect(recording.count("aws:glue/trigger:Trigger")).toBe(1);
  expect(recording.count("aws:cloudcontrol/resource:Resource")).toBe(2);
  expect(recording.count("aws:sfn/stateMachine:StateMachine")).toBe(1);
});
