import { bundle } from "@palisade/functions/bundle";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FUNCTIONS, type FunctionName, zipOf } from "./zip.ts";

export type Lambdas = Record<FunctionName, aws.lambda.Function>;

/** WEAK: one role that may do everything, shared by every function. */
export function createRole(): aws.iam.Role {
  const role = new aws.iam.Role("weak-functions", {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    }),
  });
  new aws.iam.RolePolicy("weak-functions", {
    role: role.name,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
  });
  return role;
}

/** WEAK: whoever develops one function may do everything, to every function and to the account. */
export function createDevelopers(): aws.iam.Role {
  const account = aws.getCallerIdentityOutput().accountId;
  const role = new aws.iam.Role("weak-developers", {
    assumeRolePolicy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: pulumi.interpolate`arn:aws:iam::${account}:root` },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  });
  new aws.iam.RolePolicy("weak-developers", {
    role: role.name,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
  });
  return role;
}

/** WEAK: the same environment for all, the database's password in it. */
export function createFunctions(role: aws.iam.Role, environment: Record<string, pulumi.Input<string>>): Lambdas {
  const functions = FUNCTIONS.map((name) => [
    name,
    new aws.lambda.Function(`weak-${name}`, {
      role: role.arn,
      runtime: "nodejs24.x",
      handler: "index.handler",
      code: new pulumi.asset.FileArchive(zipOf(name)),
      timeout: 29,
      memorySize: 512,
      environment: { variables: environment },
    }),
  ]);
  return Object.fromEntries(functions) as Lambdas;
}

/**
 * The paper's function that calls a malicious address: one of a range where nobody is (RFC 5737). WEAK: the account has no GuardDuty, and nobody is told.
 *
 * @param threatSink where the sandbox lets it through to; only the sandbox sets it
 */
export function createThreatCaller(
  role: aws.iam.Role,
  environment: Record<string, pulumi.Input<string>>,
  threatSink: string | undefined,
): aws.lambda.Function {
  return new aws.lambda.Function("weak-threat-caller", {
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: new pulumi.asset.FileArchive(bundle("threat-simulator")),
    timeout: 10,
    environment: {
      variables: {
        ...environment,
        LISTED_ADDRESS: "198.51.100.66",
        ...(threatSink !== undefined && { THREAT_SINK: threatSink }),
      },
    },
  });
}
