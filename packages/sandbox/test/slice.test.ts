import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../src/index.ts";

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
}, 120_000);

afterAll(() => sandbox.close());

const CODE = `export const handler = async (event) => ({
  statusCode: 200,
  multiValueHeaders: { "set-cookie": ["a=1", "b=2"] },
  body: JSON.stringify({ requestId: event.requestContext.requestId, q: event.queryStringParameters?.q }),
});`;

function program() {
  const role = new aws.iam.Role("tiny", {
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
    },
  });
  const fn = new aws.lambda.Function("tiny", {
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(CODE) }),
  });
  const body = pulumi.jsonStringify({
    openapi: "3.0.3",
    info: { title: "tiny", version: "1" },
    paths: {
      "/hello": {
        get: {
          operationId: "hello",
          responses: { "200": { description: "ok" } },
          "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: fn.invokeArn },
        },
      },
    },
  });
  const api = new aws.apigateway.RestApi("tiny", { body });
  new aws.lambda.Permission("tiny", {
    action: "lambda:InvokeFunction",
    function: fn.name,
    principal: "apigateway.amazonaws.com",
    sourceArn: pulumi.interpolate`${api.executionArn}/*`,
  });
  const deployment = new aws.apigateway.Deployment("tiny", { restApi: api.id });
  const stage = new aws.apigateway.Stage("tiny", { restApi: api.id, deployment: deployment.id, stageName: "live" });
  return { restApiId: api.id, stageName: stage.stageName };
}

test("a program comes up and answers through the front", async () => {
  const stage = await sandbox.provision({ stage: "tiny", program });

  const response = await fetch(`${stage.edgeUrl}/hello?q=mug`);
  expect(response.status).toBe(200);
  const requestId = response.headers.get("x-amzn-requestid");
  expect(await response.json()).toEqual({ requestId, q: "mug" });
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(stage.counts).toEqual({ emulated: 6, declared: 0 });
});
