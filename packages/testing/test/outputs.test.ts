import { describe, expect, it } from "vitest";
import { DEFAULT_PLACE } from "../src/index.ts";
import { inventOutputs } from "../src/outputs.ts";

function invent(type: string, inputs: Record<string, unknown> = {}, name = "orders") {
  return inventOutputs(type, name, inputs, DEFAULT_PLACE, {});
}

const rows: { type: string; inputs?: Record<string, unknown>; id: RegExp; state: Record<string, unknown> }[] = [
  {
    type: "aws:lambda/function:Function",
    inputs: { name: "f" },
    id: /^f$/,
    state: {
      arn: "arn:aws:lambda:eu-central-1:111122223333:function:f",
      version: "1",
      qualifiedArn: "arn:aws:lambda:eu-central-1:111122223333:function:f:1",
      invokeArn:
        "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:111122223333:function:f/invocations",
    },
  },
  {
    type: "aws:lambda/alias:Alias",
    inputs: { name: "live", functionName: "f" },
    id: /:function:f:live$/,
    state: { arn: "arn:aws:lambda:eu-central-1:111122223333:function:f:live" },
  },
  {
    type: "aws:lambda/alias:Alias",
    inputs: { name: "live", functionName: "arn:aws:lambda:eu-west-3:1:function:g" },
    id: /:function:g:live$/,
    state: { arn: "arn:aws:lambda:eu-west-3:1:function:g:live" },
  },
  { type: "aws:iam/role:Role", inputs: { name: "r" }, id: /^r$/, state: { arn: "arn:aws:iam::111122223333:role/r" } },
  {
    type: "aws:iam/policy:Policy",
    inputs: { name: "p" },
    id: /^orders-id$/,
    state: { arn: "arn:aws:iam::111122223333:policy/p" },
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: { name: "/a/b" },
    id: /^\/a\/b$/,
    state: { arn: "arn:aws:logs:eu-central-1:111122223333:log-group:/a/b" },
  },
  {
    type: "aws:kms/key:Key",
    id: /^\w{7}$/,
    state: { arn: expect.stringMatching(/:kms:eu-central-1:111122223333:key\/\w{7}$/) },
  },
  {
    type: "aws:apigateway/restApi:RestApi",
    id: /^api\w{7}$/,
    state: {
      rootResourceId: expect.stringMatching(/^root\w{7}$/),
      executionArn: expect.stringMatching(/:execute-api:.*:api\w{7}$/),
    },
  },
  {
    type: "aws:apigateway/stage:Stage",
    inputs: { restApi: "abc", stageName: "v1" },
    id: /^ags-abc-v1$/,
    state: {
      arn: "arn:aws:apigateway:eu-central-1::/restapis/abc/stages/v1",
      executionArn: "arn:aws:execute-api:eu-central-1:111122223333:abc/v1",
      invokeUrl: "https://abc.execute-api.eu-central-1.amazonaws.com/v1",
    },
  },
  {
    type: "aws:cognito/userPool:UserPool",
    id: /^eu-central-1_\w{7}$/,
    state: { endpoint: expect.stringMatching(/^cognito-idp\.eu-central-1\.amazonaws\.com\/eu-central-1_\w{7}$/) },
  },
  { type: "aws:cognito/userPoolClient:UserPoolClient", id: /^client\w{7}$/, state: {} },
  {
    type: "aws:rds/cluster:Cluster",
    id: /^orders-\w{7}$/,
    state: {
      port: 3306,
      clusterIdentifier: expect.stringMatching(/^orders-\w{7}$/),
      clusterResourceId: expect.stringMatching(/^cluster-[0-9A-F]{7}$/),
      masterUserSecrets: [
        expect.objectContaining({ secretArn: expect.stringMatching(/:secretsmanager:.*:secret:rds!cluster-\w{7}$/) }),
      ],
    },
  },
  {
    type: "aws:rds/cluster:Cluster",
    inputs: { clusterIdentifier: "shop", port: 3307 },
    id: /^orders-\w{7}$/,
    state: { port: 3307, clusterIdentifier: "shop" },
  },
  {
    type: "aws:dynamodb/table:Table",
    inputs: { name: "t" },
    id: /^t$/,
    state: { arn: "arn:aws:dynamodb:eu-central-1:111122223333:table/t" },
  },
  {
    type: "aws:sqs/queue:Queue",
    inputs: { name: "q" },
    id: /^https:\/\/sqs\.eu-central-1\.amazonaws\.com\/111122223333\/q$/,
    state: { arn: "arn:aws:sqs:eu-central-1:111122223333:q" },
  },
  { type: "aws:s3/bucket:Bucket", inputs: { name: "b" }, id: /^b$/, state: { arn: "arn:aws:s3:::b", bucket: "b" } },
  {
    type: "awsx:ec2:Vpc",
    id: /^orders-id$/,
    state: { vpcId: expect.stringMatching(/^vpc-\w{7}$/), isolatedSubnetIds: [expect.any(String), expect.any(String)] },
  },
  {
    type: "aws:sns/topic:Topic",
    id: /^orders-id$/,
    state: { arn: expect.stringMatching(/^arn:aws:sns:eu-central-1:111122223333:topic\/orders-\w{7}$/) },
  },
  { type: "odd", id: /^orders-id$/, state: { arn: expect.stringMatching(/^arn:aws:odd:/) } },
];

describe("inventOutputs", () => {
  it.each(rows)("makes up what $type answers ($inputs)", ({ type, inputs, id, state }) => {
    const invented = invent(type, inputs);

    expect(invented.id).toMatch(id);
    expect(invented.state).toMatchObject(state);
  });

  it("keeps the inputs", () => {
    expect(invent("aws:sns/topic:Topic", { displayName: "x" }).state.displayName).toBe("x");
  });

  it("names a resource as Pulumi would, the same each time, another for another type", () => {
    const first = invent("aws:sns/topic:Topic").state.name;

    expect(first).toMatch(/^orders-\w{7}$/);
    expect(invent("aws:sns/topic:Topic").state.name).toBe(first);
    expect(invent("aws:sqs/queue:Queue").state.name).not.toBe(first);
  });

  it("takes the test's own outputs, and its id", () => {
    const { id, state } = inventOutputs("aws:kms/key:Key", "k", {}, DEFAULT_PLACE, {
      "aws:kms/key:Key": ({ place, name }) => ({ id: `${name}-own`, region: place.region }),
    });

    expect(id).toBe("k-own");
    expect(state).toMatchObject({ region: "eu-central-1", keyId: expect.any(String) });
    expect(state).not.toHaveProperty("id");
  });
});
