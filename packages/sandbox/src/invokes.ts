import { SandboxError } from "./errors.ts";
import type { Identity } from "./identity.ts";
import type { Properties } from "./resources/handler.ts";

type Invoke = (inputs: Properties, identity: Identity) => Properties;

interface Statement {
  sid?: string;
  effect?: string;
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  principals?: { type: string; identifiers: string[] }[];
  conditions?: { test: string; variable: string; values: string[] }[];
}

/** One value alone, several as a sorted list: the form in which the provider writes a policy. */
function oneOrMany(values: string[] | undefined): string | string[] | undefined {
  return values?.length === 1 ? values[0] : values && [...values].sort();
}

function policyStatement(statement: Statement): Properties {
  const principals: Record<string, string | string[] | undefined> = {};
  for (const { type, identifiers } of statement.principals ?? []) principals[type] = oneOrMany(identifiers);
  const conditions: Record<string, Record<string, string | string[] | undefined>> = {};
  for (const { test, variable, values } of statement.conditions ?? []) {
    conditions[test] = { ...conditions[test], [variable]: oneOrMany(values) };
  }
  return {
    Sid: statement.sid,
    Effect: statement.effect ?? "Allow",
    Action: oneOrMany(statement.actions),
    NotAction: oneOrMany(statement.notActions),
    Resource: oneOrMany(statement.resources),
    NotResource: oneOrMany(statement.notResources),
    Principal: statement.principals && (principals["*"] ? "*" : principals),
    Condition: statement.conditions && conditions,
  };
}

const INVOKES: Record<string, Invoke> = {
  "aws:index/getRegion:getRegion": (_inputs, { region }) => ({ id: region, region, name: region, description: region }),
  "aws:index/getPartition:getPartition": (_inputs, { partition }) => ({
    id: partition,
    partition,
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_inputs, { partition, accountId }) => ({
    id: accountId,
    accountId,
    arn: `arn:${partition}:iam::${accountId}:root`,
    userId: accountId,
  }),
  // Whether there is such a function or log group, the sandbox does not ask; its name says everything else about it.
  "aws:lambda/getFunction:getFunction": ({ functionName }, { partition, region, accountId }) => {
    const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}`;
    const path = "lambda:path/2015-03-31/functions";
    return {
      id: functionName,
      functionName,
      arn,
      invokeArn: `arn:${partition}:apigateway:${region}:${path}/${arn}/invocations`,
    };
  },
  "aws:cloudwatch/getLogGroup:getLogGroup": ({ name }, { partition, region, accountId }) => ({
    id: name,
    name,
    arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`,
  }),
  // The account of SageMaker's own images differs by region; this is no region's.
  "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage": ({ repositoryName, imageTag }, { region }) => ({
    id: `${repositoryName}:${imageTag}`,
    registryId: "000000000000",
    registryPath: `000000000000.dkr.ecr.${region}.amazonaws.com/${repositoryName}:${imageTag}`,
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_inputs, { region }) => ({
    id: region,
    names: ["a", "b", "c"].map((zone) => `${region}${zone}`),
    zoneIds: ["az1", "az2", "az3"].map((zone) => `${region}-${zone}`),
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (inputs) => {
    const document = {
      Version: inputs.version ?? "2012-10-17",
      Statement: ((inputs.statements as Statement[] | undefined) ?? []).map(policyStatement),
    };
    const json = JSON.stringify(document);
    return { id: json.length.toString(), json, minifiedJson: json };
  },
};

/**
 * Answers a provider function (`aws.getRegion` and the like) for the sandbox's account.
 *
 * @throws SandboxError for a function that has no answer here: an invented one would look like AWS's.
 */
export function answerInvoke(token: string, inputs: Properties, identity: Identity): Properties {
  const invoke = INVOKES[token];
  if (!invoke) {
    throw new SandboxError(
      `The program calls ${token}, which the sandbox has no answer for (it knows ${Object.keys(INVOKES).join(", ")}).`,
      "Add the function to packages/sandbox/src/invokes.ts.",
    );
  }
  return invoke(inputs, identity);
}
