import { childName, type FunctionRef } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnPath } from "../openapi/paths.ts";
import type { BuildContext } from "./context.ts";

/**
 * Lets this API call its functions: each for the stage, the method and the path of an operation, never from the console's test
 * stage, and the authorizer for this API's authorizers.
 */
export function createPermissions({ name, settings, child }: BuildContext, executionArn: pulumi.Output<string>): void {
  for (const { operationId, method, path } of settings.contract.operations) {
    const source = pulumi.interpolate`${executionArn}/${settings.stageName}/${method}${arnPath(path)}`;
    permit(`${name}-invoke-${operationId}`, settings.functions.get(operationId) as FunctionRef, source, child);
  }
  // The owner of another account's function makes it: SharedAuthorizer.
  if (settings.permittedElsewhere) return;
  // Not `invoke-...`: an operation may be called `authorizer`.
  // The ids of authorizers that an import makes are not known to the program.
  const authorizers = pulumi.interpolate`${executionArn}/authorizers/*`;
  permit(childName(name, "authorizer-invoke"), settings.authorizer, authorizers, child);
}

function permit(
  logicalName: string,
  ref: FunctionRef,
  sourceArn: pulumi.Output<string>,
  opts: BuildContext["child"],
): void {
  new aws.lambda.Permission(
    logicalName,
    {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: ref.functionName,
      qualifier: ref.qualifier,
      sourceArn,
    },
    opts,
  );
}
