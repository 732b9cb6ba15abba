import type * as pulumi from "@pulumi/pulumi";
import { declaredState } from "./declared.ts";
import type { Identity } from "./identity.ts";
import type { Properties } from "./resources/handler.ts";

/**
 * Ids, names and ARNs of the right form in the place of those that AWS would give, so that what is made from them (an IAM
 * document, an OpenAPI body) can be judged in a preview. An output that is not here stays unknown.
 */
export function standIns(args: pulumi.runtime.MockResourceArgs, identity: Identity): { id: string; state: Properties } {
  const { type, name } = args;
  const inputs = args.inputs as Properties;
  const { id, outputs } = declaredState(type, name, inputs, identity);
  return { id, state: { ...outputs, ...MORE[type]?.(id, identity) } };
}

function arn({ partition, region, accountId }: Identity, service: string, rest: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
}

function invokeArn({ partition, region }: Identity, functionArn: string): string {
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

function callable(id: string, identity: Identity): Properties {
  const functionArn = arn(identity, "lambda", `function:${id}`);
  return { arn: functionArn, invokeArn: invokeArn(identity, functionArn), version: "1" };
}

const MORE: Record<string, (id: string, identity: Identity) => Properties> = {
  "aws:lambda/function:Function": callable,
  "aws:lambda/alias:Alias": callable,
  "aws:iam/role:Role": (id, { partition, accountId }) => ({ arn: `arn:${partition}:iam::${accountId}:role/${id}` }),
  "aws:iam/policy:Policy": (id, { partition, accountId }) => ({
    arn: `arn:${partition}:iam::${accountId}:policy/${id}`,
  }),
  "aws:cloudwatch/logGroup:LogGroup": (id, identity) => ({ arn: arn(identity, "logs", `log-group:${id}`) }),
  "aws:apigateway/restApi:RestApi": (id, identity) => ({ executionArn: arn(identity, "execute-api", id) }),
  "aws:apigateway/stage:Stage": (id, { partition, region }) => ({
    arn: `arn:${partition}:apigateway:${region}::/restapis/api/stages/${id}`,
  }),
  "aws:verifiedpermissions/policyStore:PolicyStore": (id, { partition, accountId }) => ({
    policyStoreId: id,
    arn: `arn:${partition}:verifiedpermissions::${accountId}:policy-store/${id}`,
  }),
  "aws:kms/key:Key": (id, identity) => ({ keyId: id, arn: arn(identity, "kms", `key/${id}`) }),
  "aws:dynamodb/table:Table": (id, identity) => ({ arn: arn(identity, "dynamodb", `table/${id}`) }),
  "aws:s3/bucket:Bucket": (id, { partition }) => ({ arn: `arn:${partition}:s3:::${id}`, bucket: id }),
  "aws:rds/cluster:Cluster": (id, identity) => ({
    endpoint: `${id}.cluster.${identity.region}.rds.amazonaws.com`,
    port: 3306,
    clusterResourceId: `cluster-${id}`,
    masterUserSecrets: [{ secretArn: arn(identity, "secretsmanager", `secret:rds-${id}`) }],
  }),
  "aws:signer/signingJob:SigningJob": (id) => ({
    signedObjects: [{ s3s: [{ bucket: "code", key: `signed/${id}.zip` }] }],
  }),
  // awsx makes one resource of it, whose children only its own provider knows.
  "awsx:ec2:Vpc": () => ({
    vpcId: "vpc-standin",
    privateSubnetIds: ["subnet-private-a", "subnet-private-b"],
    isolatedSubnetIds: ["subnet-isolated-a", "subnet-isolated-b"],
    publicSubnetIds: ["subnet-public-a", "subnet-public-b"],
  }),
};
