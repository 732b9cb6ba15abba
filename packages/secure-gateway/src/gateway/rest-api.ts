import { childName, invalid, validatedInput } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bodyOf } from "../openapi/body.ts";
import type { BuildContext } from "./context.ts";
import { FIXED } from "./defaults.ts";
import { redeployTriggers } from "./triggers.ts";
import { documentOwner } from "./validate.ts";

/** The API and its deployment, which is replaced, the new one first, whenever anything of the API changes. */
export function createRestApi(context: BuildContext): {
  restApi: aws.apigateway.RestApi;
  deployment: aws.apigateway.Deployment;
} {
  const { name, args, settings, apiTags, child } = context;
  const body = apiBody(context);
  const minimumCompressionSize = compressionSize(name, args.minimumCompressionBytes);
  const restApi = new aws.apigateway.RestApi(
    childName(name, "rest-api"),
    {
      description: args.description ?? settings.contract.title,
      endpointConfiguration: { types: FIXED.endpointType },
      apiKeySource: FIXED.apiKeySource,
      body,
      policy: args.resourcePolicyJson,
      disableExecuteApiEndpoint: args.disableExecuteApiEndpoint,
      minimumCompressionSize,
      binaryMediaTypes: settings.binaryMediaTypes.length > 0 ? settings.binaryMediaTypes : undefined,
      tags: apiTags,
    },
    child,
  );
  const triggers = pulumi
    .all([body, args.resourcePolicyJson, args.disableExecuteApiEndpoint, minimumCompressionSize])
    .apply(([text, resourcePolicy, disableExecuteApiEndpoint, compression]) =>
      redeployTriggers({
        body: text,
        resourcePolicy,
        disableExecuteApiEndpoint,
        minimumCompressionSize: compression,
        binaryMediaTypes: settings.binaryMediaTypes,
        apiKeySource: FIXED.apiKeySource,
        endpointType: FIXED.endpointType,
      }),
    );
  // The stage moves to the new deployment before the old one is deleted: API Gateway refuses to delete the one a stage points to.
  const deployment = new aws.apigateway.Deployment(
    childName(name, "deployment"),
    { restApi: restApi.id, triggers },
    { ...child, deleteBeforeReplace: false },
  );
  return { restApi, deployment };
}

function apiBody({ name, args, settings }: BuildContext): pulumi.Output<string> {
  const operationIds = [...settings.functions.keys()];
  const invokeArns = [...settings.functions.values()].map((ref) => ref.invokeArn);
  return pulumi.all([pulumi.all(invokeArns), settings.authorizer.invokeArn]).apply(([uris, authorizerInvokeArn]) =>
    JSON.stringify(
      bodyOf(
        settings.contract,
        {
          invokeArns: Object.fromEntries(
            operationIds.map((operationId, index) => [operationId, uris[index] as string]),
          ),
          authorizerInvokeArn,
          authorizerResultTtlSeconds: settings.resultTtlSeconds,
          timeoutMilliseconds: settings.integrationTimeoutMilliseconds,
          meteredByApiKey: args.usagePlan !== undefined,
        },
        documentOwner(name),
      ),
    ),
  );
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
const MAXIMUM_COMPRESSION_BYTES = 10_485_760;

function compressionSize(name: string, bytes: pulumi.Input<number> | undefined): pulumi.Output<string> | undefined {
  if (bytes === undefined) return undefined;
  const checked = validatedInput(bytes, (value) => {
    if (Number.isInteger(value) && value >= 0 && value <= MAXIMUM_COMPRESSION_BYTES) return;
    throw invalid({
      component: "SecureGateway",
      name,
      property: "minimumCompressionBytes",
      received: value,
      allowed: `a whole number from 0 to ${MAXIMUM_COMPRESSION_BYTES}`,
      fix: "set minimumCompressionBytes to one, or leave it out for no compression",
    });
  });
  return pulumi.output(checked).apply(String);
}
