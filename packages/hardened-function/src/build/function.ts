import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings.ts";
import type { Tags } from "../tags.ts";
import type { FunctionRole } from "./role.ts";
import type { SignedCode } from "./signed-code.ts";

/** What the function is built from, beside its settings. */
export interface FunctionParts {
  access: FunctionRole;
  logGroup: aws.cloudwatch.LogGroup;
  /** Undefined when there are none. */
  variables: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** Where the signed code is; undefined where the code is not signed. */
  signedCode: SignedCode | undefined;
  tags: Tags;
}

/** The function, with a new published version for every change. */
export function createFunction(
  name: string,
  settings: Settings,
  parts: FunctionParts,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const { access, logGroup, variables, signedCode, tags } = parts;
  return new aws.lambda.Function(
    childName(name, "function"),
    {
      ...(signedCode ?? { code: settings.code }),
      handler: settings.handler,
      runtime: settings.runtime,
      architectures: [settings.architecture],
      description: settings.description,
      role: access.role.arn,
      memorySize: settings.memoryMegabytes,
      timeout: settings.timeoutSeconds,
      reservedConcurrentExecutions: settings.reservedConcurrency,
      environment: variables === undefined ? undefined : { variables },
      kmsKeyArn: settings.kmsKeyArn,
      codeSigningConfigArn: settings.codeSigningConfigArn,
      vpcConfig: settings.network,
      tracingConfig: { mode: settings.tracingMode },
      loggingConfig: {
        logFormat: settings.logFormat,
        logGroup: logGroup.name,
        applicationLogLevel: settings.applicationLogLevel,
        systemLogLevel: settings.systemLogLevel,
      },
      publish: true,
      tags,
    },
    // Without the policies Lambda cannot make the network interfaces, and the first records are lost.
    pulumi.mergeOptions(opts, { dependsOn: access.policies }),
  );
}

/** The alias that callers are permitted on. It follows the newest version. */
export function createAlias(
  name: string,
  settings: Settings,
  lambda: aws.lambda.Function,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Alias {
  return new aws.lambda.Alias(
    childName(name, "alias"),
    { name: settings.aliasName, functionName: lambda.name, functionVersion: lambda.version },
    opts,
  );
}

/** Where the events of asynchronous calls go when every retry has failed. */
export function createFailureHandling(
  name: string,
  settings: Settings,
  alias: aws.lambda.Alias,
  destinationArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.FunctionEventInvokeConfig {
  return new aws.lambda.FunctionEventInvokeConfig(
    childName(name, "async-calls"),
    {
      functionName: alias.functionName,
      qualifier: alias.name,
      maximumRetryAttempts: settings.maximumRetryAttempts,
      destinationConfig: { onFailure: { destination: destinationArn } },
    },
    opts,
  );
}
