import { createHash } from "node:crypto";
import type { MockPlace } from "./place.ts";

/** What is known when a resource's outputs are made up. */
export interface OutputRequest {
  type: string;
  /** The logical name. */
  name: string;
  inputs: Record<string, unknown>;
  place: MockPlace;
  /** The physical name: the `name` input, else the logical name with a suffix, as Pulumi's auto-naming does it. */
  physicalName: string;
  /** Seven hexadecimal digits that are the same for the same name. */
  suffix: string;
}

/** Outputs of one resource type, on top of its inputs, `id`, `name` and `arn`. An `id` replaces the default one. */
export type OutputMock = (request: OutputRequest) => Record<string, unknown>;

function regional({ place }: OutputRequest, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}

function functionOutputs(request: OutputRequest): Record<string, unknown> {
  const { place, physicalName } = request;
  const arn = regional(request, "lambda", `function:${physicalName}`);
  return { arn, invokeArn: invokeArn(place, arn), qualifiedArn: `${arn}:1`, version: "1", id: physicalName };
}

function aliasOutputs(request: OutputRequest): Record<string, unknown> {
  const { inputs, place, physicalName } = request;
  const text = String(inputs.functionName);
  const base = text.startsWith("arn:") ? text : regional(request, "lambda", `function:${text}`);
  const arn = `${base}:${physicalName}`;
  return { arn, invokeArn: invokeArn(place, arn), id: arn };
}

function invokeArn(place: MockPlace, arn: string): string {
  return `arn:${place.partition}:apigateway:${place.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** What each type's provider would answer, as far as our programs read it. */
const OUTPUTS: Record<string, OutputMock> = {
  "aws:lambda/function:Function": functionOutputs,
  "aws:lambda/alias:Alias": aliasOutputs,
  "aws:iam/role:Role": ({ place, physicalName, suffix }) => ({
    arn: `arn:${place.partition}:iam::${place.accountId}:role/${physicalName}`,
    uniqueId: `AROA${suffix.toUpperCase()}`,
    id: physicalName,
  }),
  "aws:iam/policy:Policy": ({ place, physicalName }) => ({
    arn: `arn:${place.partition}:iam::${place.accountId}:policy/${physicalName}`,
  }),
  "aws:cloudwatch/logGroup:LogGroup": (request) => ({
    arn: regional(request, "logs", `log-group:${request.physicalName}`),
    id: request.physicalName,
  }),
  "aws:kms/key:Key": (request) => ({
    arn: regional(request, "kms", `key/${request.suffix}`),
    keyId: request.suffix,
    id: request.suffix,
  }),
  "aws:apigateway/restApi:RestApi": (request) => ({
    id: `api${request.suffix}`,
    arn: `arn:${request.place.partition}:apigateway:${request.place.region}::/restapis/api${request.suffix}`,
    executionArn: regional(request, "execute-api", `api${request.suffix}`),
    rootResourceId: `root${request.suffix}`,
  }),
  "aws:apigateway/stage:Stage": (request) => {
    const { place, inputs } = request;
    const restApi = String(inputs.restApi);
    return {
      id: `ags-${restApi}-${inputs.stageName}`,
      arn: `arn:${place.partition}:apigateway:${place.region}::/restapis/${restApi}/stages/${inputs.stageName}`,
      executionArn: regional(request, "execute-api", `${restApi}/${inputs.stageName}`),
      invokeUrl: `https://${restApi}.execute-api.${place.region}.amazonaws.com/${inputs.stageName}`,
    };
  },
  "aws:verifiedpermissions/policyStore:PolicyStore": ({ place, suffix }) => ({
    id: `PS${suffix}`,
    policyStoreId: `PS${suffix}`,
    arn: `arn:${place.partition}:verifiedpermissions::${place.accountId}:policy-store/PS${suffix}`,
  }),
  "aws:cognito/userPool:UserPool": (request) => {
    const id = `${request.place.region}_${request.suffix}`;
    return {
      id,
      arn: regional(request, "cognito-idp", `userpool/${id}`),
      endpoint: `cognito-idp.${request.place.region}.amazonaws.com/${id}`,
    };
  },
  "aws:cognito/userPoolClient:UserPoolClient": ({ suffix }) => ({ id: `client${suffix}` }),
  "aws:rds/cluster:Cluster": (request) => ({
    id: request.physicalName,
    arn: regional(request, "rds", `cluster:${request.physicalName}`),
    clusterIdentifier: request.inputs.clusterIdentifier ?? request.physicalName,
    clusterResourceId: `cluster-${request.suffix.toUpperCase()}`,
    endpoint: `${request.physicalName}.cluster-${request.suffix}.${request.place.region}.rds.amazonaws.com`,
    readerEndpoint: `${request.physicalName}.cluster-ro-${request.suffix}.${request.place.region}.rds.amazonaws.com`,
    port: request.inputs.port ?? 3306,
    masterUserSecrets: [
      {
        secretArn: regional(request, "secretsmanager", `secret:rds!cluster-${request.suffix}`),
        secretStatus: "active",
        kmsKeyId: regional(request, "kms", `key/${request.suffix}`),
      },
    ],
  }),
  "aws:dynamodb/table:Table": (request) => ({
    id: request.physicalName,
    arn: regional(request, "dynamodb", `table/${request.physicalName}`),
  }),
  "aws:sqs/queue:Queue": (request) => ({
    id: `https://sqs.${request.place.region}.amazonaws.com/${request.place.accountId}/${request.physicalName}`,
    url: `https://sqs.${request.place.region}.amazonaws.com/${request.place.accountId}/${request.physicalName}`,
    arn: regional(request, "sqs", request.physicalName),
  }),
  "aws:s3/bucket:Bucket": ({ place, physicalName }) => ({
    id: physicalName,
    bucket: physicalName,
    arn: `arn:${place.partition}:s3:::${physicalName}`,
  }),
  "aws:s3/bucketObjectv2:BucketObjectv2": ({ inputs, suffix }) => ({
    id: `${inputs.bucket}/${inputs.key}`,
    versionId: `version-${suffix}`,
  }),
  "aws:signer/signingProfile:SigningProfile": (request) => {
    const name = String(request.inputs.name ?? `${request.inputs.namePrefix}${request.suffix}`);
    const arn = regional(request, "signer", `/signing-profiles/${name}`);
    return { id: name, name, arn, versionArn: `${arn}/${request.suffix}` };
  },
  "aws:signer/signingJob:SigningJob": ({ inputs, suffix }) => {
    const { bucket, prefix } = (inputs.destination as { s3: { bucket: string; prefix: string } }).s3;
    return { id: suffix, signedObjects: [{ s3s: [{ bucket, key: `${prefix}${suffix}.zip` }] }] };
  },
  "aws:lambda/codeSigningConfig:CodeSigningConfig": (request) => ({
    arn: regional(request, "lambda", `code-signing-config:csc-${request.suffix.padEnd(17, "0")}`),
  }),
  "awsx:ec2:Vpc": ({ suffix }) => ({
    vpcId: `vpc-${suffix}`,
    isolatedSubnetIds: [`subnet-isolated-a-${suffix}`, `subnet-isolated-b-${suffix}`],
    privateSubnetIds: [`subnet-private-a-${suffix}`, `subnet-private-b-${suffix}`],
    publicSubnetIds: [`subnet-public-a-${suffix}`, `subnet-public-b-${suffix}`],
    routeTables: [{ id: `rtb-isolated-a-${suffix}` }, { id: `rtb-isolated-b-${suffix}` }],
    subnets: [],
  }),
};

/**
 * What a component of a plugin answers: its inputs and what its type adds. Such a component has no id, and no name or ARN unless
 * its type says so.
 */
export function inventRemoteOutputs(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  place: MockPlace,
  overrides: Record<string, OutputMock>,
): Record<string, unknown> {
  const request = requestOf(type, name, inputs, place);
  return { ...inputs, ...OUTPUTS[type]?.(request), ...overrides[type]?.(request) };
}

/** The state of a resource after its creation: its inputs, an id, a name, an ARN and what its type adds. */
export function inventOutputs(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  place: MockPlace,
  overrides: Record<string, OutputMock>,
): { id: string; state: Record<string, unknown> } {
  const request = requestOf(type, name, inputs, place);
  const { physicalName } = request;
  const service = type.split(":")[1]?.split("/")[0] ?? type;
  const kind = type.split(":")[2] ?? type;
  const { id, ...rest } = {
    id: `${name}-id`,
    arn: regional(request, service, `${kind.toLowerCase()}/${physicalName}`),
    name: physicalName,
    ...OUTPUTS[type]?.(request),
    ...overrides[type]?.(request),
  };
  return { id: String(id), state: { ...inputs, ...rest } };
}

function requestOf(type: string, name: string, inputs: Record<string, unknown>, place: MockPlace): OutputRequest {
  const suffix = createHash("sha256").update(`${type}::${name}`).digest("hex").slice(0, 7);
  const physicalName = typeof inputs.name === "string" ? inputs.name : `${name}-${suffix}`;
  return { type, name, inputs, place, physicalName, suffix };
}
