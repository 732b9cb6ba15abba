import { createHash } from "node:crypto";
import {
  AddPermissionCommand,
  type Architecture,
  type CodeSigningPolicies,
  CreateAliasCommand,
  CreateCodeSigningConfigCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteAliasCommand,
  DeleteCodeSigningConfigCommand,
  DeleteFunctionCodeSigningConfigCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  type FunctionCode,
  type FunctionConfiguration,
  InvokeCommand,
  PublishVersionCommand,
  PutFunctionCodeSigningConfigCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  type Runtime,
  UpdateAliasCommand,
  UpdateCodeSigningConfigCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { SandboxError } from "../errors.ts";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase } from "./values.ts";
import { zipBytes } from "./zip.ts";

interface FunctionInputs {
  name?: string;
  code?: unknown;
  s3Bucket?: string;
  s3Key?: string;
  s3ObjectVersion?: string;
  codeSigningConfigArn?: string;
  role: string;
  runtime: string;
  handler: string;
  description?: string;
  memorySize?: number;
  timeout?: number;
  publish?: boolean;
  architectures?: string[];
  environment?: { variables?: Record<string, string> };
  vpcConfig?: { subnetIds: string[]; securityGroupIds: string[] };
  tracingConfig?: { mode: "Active" | "PassThrough" };
  deadLetterConfig?: { targetArn: string };
  loggingConfig?: { logFormat?: string; logGroup?: string; applicationLogLevel?: string; systemLogLevel?: string };
  ephemeralStorage?: { size: number };
  kmsKeyArn?: string;
  layers?: string[];
  reservedConcurrentExecutions?: number;
  tags?: Record<string, string>;
}

/** What CreateFunction and UpdateFunctionConfiguration share. */
function configuration(inputs: FunctionInputs): Omit<CreateFunctionCommandInput, "FunctionName" | "Code" | "Tags"> {
  return {
    Role: inputs.role,
    Runtime: inputs.runtime as Runtime,
    Handler: inputs.handler,
    Description: inputs.description,
    MemorySize: inputs.memorySize ?? 128,
    Timeout: inputs.timeout ?? 3,
    Environment: { Variables: inputs.environment?.variables ?? {} },
    VpcConfig: pascalCase(inputs.vpcConfig && { ...inputs.vpcConfig }),
    TracingConfig: pascalCase(inputs.tracingConfig),
    DeadLetterConfig: pascalCase(inputs.deadLetterConfig),
    LoggingConfig: pascalCase(inputs.loggingConfig),
    EphemeralStorage: pascalCase(inputs.ephemeralStorage),
    KMSKeyArn: inputs.kmsKeyArn,
    Layers: inputs.layers,
  };
}

/** The URI by which API Gateway invokes a function (docs.aws.amazon.com/apigateway/latest/api/API_Integration.html, `uri`). */
function invokeArn(arn: string, { partition, region }: HandlerContext): string {
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

function functionOutputs(made: FunctionConfiguration, version: string, hash: string, ctx: HandlerContext): Properties {
  const arn = `arn:${ctx.partition}:lambda:${ctx.region}:${ctx.accountId}:function:${made.FunctionName}`;
  return {
    name: made.FunctionName,
    arn,
    version,
    invokeArn: invokeArn(arn, ctx),
    qualifiedArn: `${arn}:${version}`,
    qualifiedInvokeArn: invokeArn(`${arn}:${version}`, ctx),
    lastModified: made.LastModified,
    sourceCodeHash: hash,
    codeSha256: hash,
    memorySize: made.MemorySize,
    timeout: made.Timeout,
  };
}

/** The code as CreateFunction and UpdateFunctionCode take it, and what tells it from other code. */
async function codeOf({ code, s3Bucket, s3Key, s3ObjectVersion }: FunctionInputs): Promise<FunctionCode> {
  if (s3Bucket !== undefined) return { S3Bucket: s3Bucket, S3Key: s3Key, S3ObjectVersion: s3ObjectVersion };
  return { ZipFile: await zipBytes(code) };
}

/** The id that the state keeps of the code: an object's is its place, since its bytes are signed once. */
function codeId({ ZipFile, S3Bucket, S3Key, S3ObjectVersion }: FunctionCode): string {
  const text = ZipFile ?? [S3Bucket, S3Key, S3ObjectVersion].join("/");
  return createHash("sha256").update(text).digest("base64");
}

async function limitConcurrency(name: string, limit: number | undefined, { clients }: HandlerContext): Promise<void> {
  // The provider takes -1, its default, for "no limit".
  if (limit === undefined || limit < 0) return;
  await clients.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: limit }),
  );
}

/** Whose code the function takes, before it takes code. */
async function trust(
  FunctionName: string,
  before: string | undefined,
  CodeSigningConfigArn: string | undefined,
  { clients }: HandlerContext,
): Promise<void> {
  if (before === CodeSigningConfigArn) return;
  if (CodeSigningConfigArn === undefined) {
    await clients.lambda.send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName }));
  } else {
    await clients.lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName, CodeSigningConfigArn }));
  }
}

const lambdaFunction = handler<FunctionInputs>({
  replaceOnChanges: ["name", "packageType", "architectures"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName();
    const code = await codeOf(inputs);
    const made = await ctx.clients.lambda.send(
      new CreateFunctionCommand({
        ...configuration(inputs),
        FunctionName: name,
        Code: code,
        CodeSigningConfigArn: inputs.codeSigningConfigArn,
        Architectures: inputs.architectures as Architecture[] | undefined,
        Publish: inputs.publish,
        Tags: inputs.tags,
      }),
    );
    await limitConcurrency(name, inputs.reservedConcurrentExecutions, ctx);
    const hash = codeId(code);
    return { id: name, outputs: functionOutputs(made, inputs.publish ? (made.Version ?? "1") : "$LATEST", hash, ctx) };
  },
  async update(id, olds, news, ctx) {
    const { lambda } = ctx.clients;
    const code = await codeOf(news);
    const hash = codeId(code);
    await trust(id, olds.codeSigningConfigArn as string | undefined, news.codeSigningConfigArn, ctx);
    let made = await lambda.send(new UpdateFunctionConfigurationCommand({ ...configuration(news), FunctionName: id }));
    if (hash !== olds.sourceCodeHash) {
      made = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: id, ...code }));
    }
    if ((news.reservedConcurrentExecutions ?? -1) < 0) {
      await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: id }));
    }
    await limitConcurrency(id, news.reservedConcurrentExecutions, ctx);
    const version = news.publish
      ? (await lambda.send(new PublishVersionCommand({ FunctionName: id }))).Version
      : "$LATEST";
    return { id, outputs: functionOutputs(made, version ?? "$LATEST", hash, ctx) };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.lambda.send(new DeleteFunctionCommand({ FunctionName: id })));
  },
});

interface AliasInputs {
  name?: string;
  functionName: string;
  functionVersion: string;
  description?: string;
}

/** The function's name, of a name or an ARN. */
function functionName(nameOrArn: string): string {
  return nameOrArn.startsWith("arn:") ? (nameOrArn.split(":")[6] as string) : nameOrArn;
}

const alias = handler<AliasInputs>({
  replaceOnChanges: ["name", "functionName"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(128);
    const { AliasArn = "" } = await ctx.clients.lambda.send(
      new CreateAliasCommand({
        Name: name,
        FunctionName: functionName(inputs.functionName),
        FunctionVersion: inputs.functionVersion,
        Description: inputs.description,
      }),
    );
    return { id: AliasArn, outputs: { name, arn: AliasArn, invokeArn: invokeArn(AliasArn, ctx) } };
  },
  async update(id, olds, news, ctx) {
    await ctx.clients.lambda.send(
      new UpdateAliasCommand({
        Name: olds.name as string,
        FunctionName: functionName(news.functionName),
        FunctionVersion: news.functionVersion,
        Description: news.description,
      }),
    );
    return { id, outputs: { name: olds.name, arn: id, invokeArn: invokeArn(id, ctx) } };
  },
  async delete(_id, olds, { clients }) {
    const name = functionName(olds.functionName as string);
    await ignoreMissing(clients.lambda.send(new DeleteAliasCommand({ FunctionName: name, Name: olds.name as string })));
  },
});

interface PermissionInputs {
  statementId?: string;
  action: string;
  function: string;
  principal: string;
  qualifier?: string;
  sourceArn?: string;
  sourceAccount?: string;
  eventSourceToken?: string;
  principalOrgId?: string;
}

const permission = handler<PermissionInputs>({
  replaceOnChanges: [
    "action",
    "eventSourceToken",
    "function",
    "principal",
    "principalOrgId",
    "qualifier",
    "sourceAccount",
    "sourceArn",
    "statementId",
  ],
  async create(inputs, { clients, physicalName }) {
    const statementId = inputs.statementId ?? physicalName(100);
    await clients.lambda.send(
      new AddPermissionCommand({
        StatementId: statementId,
        Action: inputs.action,
        FunctionName: functionName(inputs.function),
        Principal: inputs.principal,
        Qualifier: inputs.qualifier ?? qualifierOf(inputs.function),
        SourceArn: inputs.sourceArn,
        SourceAccount: inputs.sourceAccount,
        EventSourceToken: inputs.eventSourceToken,
        PrincipalOrgID: inputs.principalOrgId,
      }),
    );
    return { id: statementId, outputs: { statementId } };
  },
  async delete(id, olds, { clients }) {
    const target = olds.function as string;
    await ignoreMissing(
      clients.lambda.send(
        new RemovePermissionCommand({
          FunctionName: functionName(target),
          StatementId: id,
          Qualifier: (olds.qualifier as string | undefined) ?? qualifierOf(target),
        }),
      ),
    );
  },
});

/** The version or alias at the end of a qualified function ARN. */
function qualifierOf(nameOrArn: string): string | undefined {
  return nameOrArn.startsWith("arn:") ? nameOrArn.split(":")[7] : undefined;
}

interface EventInvokeConfigInputs {
  functionName: string;
  qualifier?: string;
  maximumEventAgeInSeconds?: number;
  maximumRetryAttempts?: number;
  destinationConfig?: { onFailure?: { destination: string }; onSuccess?: { destination: string } };
}

function eventInvokeConfig(inputs: EventInvokeConfigInputs): PutFunctionEventInvokeConfigCommand {
  return new PutFunctionEventInvokeConfigCommand({
    FunctionName: functionName(inputs.functionName),
    Qualifier: inputs.qualifier ?? qualifierOf(inputs.functionName),
    MaximumEventAgeInSeconds: inputs.maximumEventAgeInSeconds,
    MaximumRetryAttempts: inputs.maximumRetryAttempts,
    DestinationConfig: pascalCase(inputs.destinationConfig),
  });
}

const functionEventInvokeConfig = handler<EventInvokeConfigInputs>({
  replaceOnChanges: ["functionName", "qualifier"],
  async create(inputs, { clients }) {
    await clients.lambda.send(eventInvokeConfig(inputs));
    return { id: [inputs.functionName, inputs.qualifier].filter(Boolean).join(":"), outputs: {} };
  },
  async update(id, _olds, news, { clients }) {
    await clients.lambda.send(eventInvokeConfig(news));
    return { id, outputs: {} };
  },
  async delete(_id, olds, { clients }) {
    await ignoreMissing(
      clients.lambda.send(
        new DeleteFunctionEventInvokeConfigCommand({
          FunctionName: functionName(olds.functionName as string),
          Qualifier: olds.qualifier as string | undefined,
        }),
      ),
    );
  },
});

interface InvocationInputs {
  functionName: string;
  input: string;
  qualifier?: string;
  triggers?: Record<string, string>;
}

/** Invokes the function, as the provider does, and fails where the provider fails: on a function error. */
async function invoke(inputs: InvocationInputs, { clients, name }: HandlerContext): Promise<string> {
  const { FunctionError, Payload } = await clients.lambda.send(
    new InvokeCommand({
      FunctionName: inputs.functionName,
      Qualifier: inputs.qualifier,
      Payload: Buffer.from(inputs.input),
    }),
  );
  const result = Buffer.from(Payload ?? []).toString();
  if (FunctionError) {
    throw new SandboxError(
      `aws.lambda.Invocation "${name}": ${functionName(inputs.functionName)} ended with the error ${result}.`,
      "Its log group says more.",
    );
  }
  return result;
}

const invocation = handler<InvocationInputs>({
  // With the provider's default `lifecycleScope`, CREATE_ONLY, each of these runs the function again.
  replaceOnChanges: ["functionName", "input", "qualifier", "triggers", "terraformKey"],
  async create(inputs, ctx) {
    const result = await invoke(inputs, ctx);
    const qualifier = inputs.qualifier ?? "$LATEST";
    const digest = createHash("md5").update(inputs.input).digest("hex");
    return { id: `${functionName(inputs.functionName)}_${qualifier}_${digest}`, outputs: { result } };
  },
});

interface CodeSigningConfigInputs {
  description?: string;
  allowedPublishers: { signingProfileVersionArns: string[] };
  policies?: { untrustedArtifactOnDeployment: "Enforce" | "Warn" };
  tags?: Record<string, string>;
}

function signingSettings({ description, allowedPublishers, policies }: CodeSigningConfigInputs) {
  return {
    Description: description,
    AllowedPublishers: { SigningProfileVersionArns: allowedPublishers.signingProfileVersionArns },
    CodeSigningPolicies: pascalCase(policies) as CodeSigningPolicies | undefined,
  };
}

/** Tags are not kept: the emulator has none for a configuration. */
const codeSigningConfig = handler<CodeSigningConfigInputs>({
  async create(inputs, { clients }) {
    const { CodeSigningConfig: made } = await clients.lambda.send(
      new CreateCodeSigningConfigCommand(signingSettings(inputs)),
    );
    const arn = made?.CodeSigningConfigArn as string;
    return { id: arn, outputs: { arn, configId: made?.CodeSigningConfigId, lastModified: made?.LastModified } };
  },
  async update(id, olds, news, { clients }) {
    await clients.lambda.send(
      new UpdateCodeSigningConfigCommand({ CodeSigningConfigArn: id, ...signingSettings(news) }),
    );
    return { id, outputs: { arn: id, configId: olds.configId, lastModified: olds.lastModified } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.lambda.send(new DeleteCodeSigningConfigCommand({ CodeSigningConfigArn: id })));
  },
});

/**
 * Lambda: functions run as local processes of the workspace's Node, with the role's own credentials in their environment.
 * Neither the CPU architecture nor the VPC is enforced. Code signing is, by `emulator/code_signing.py`.
 */
export const lambda: ServiceHandlers = {
  types: {
    "aws:lambda/function:Function": lambdaFunction,
    "aws:lambda/alias:Alias": alias,
    "aws:lambda/codeSigningConfig:CodeSigningConfig": codeSigningConfig,
    "aws:lambda/permission:Permission": permission,
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": functionEventInvokeConfig,
    "aws:lambda/invocation:Invocation": invocation,
  },
};
