import { childName, invalid, validatedInput } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bodyOf } from "../openapi/body.ts";
import type { BuildContext } from "./context.ts";
import { FIXED } from "./defaults.ts";
import { redeployTriggers } from "./triggers.ts";
import { documentOwner } from "./validate.ts";
import { cacheKeyParameters } from "./validate-cache.ts";

/** The API and its deployment, which is replaced, the new one first, whenever anything of the API changes. */
export function createRestApi(context: BuildContext): {
  restApi: aws.apigateway.RestApi;
  deployment: aws.apigateway.Deployment;
} {
  const { name, args, settings, apiTags, child } = context;
  const { access, addresses } = settings;
  const endpointType = access.isPrivate ? FIXED.privateEndpointType : FIXED.endpointType;
  const vpcEndpointIds = access.vpcEndpointIds;
  const body = apiBody(context);
  const minimumCompressionSize = compressionSize(name, args.minimumCompressionBytes);
  const restApi = new aws.apigateway.RestApi(
    childName(name, "rest-api"),
    {
      description: args.description ?? settings.contract.title,
      endpointConfiguration: {
        types: endpointType,
        vpcEndpointIds: vpcEndpointIds.length > 0 ? vpcEndpointIds : undefined,
      },
      securityPolicy: addresses.securityPolicy,
      endpointAccessMode: addresses.endpointAccessMode,
      apiKeySource: FIXED.apiKeySource,
      body,
      failOnWarnings: settings.failOnWarnings,
      policy: access.policyJson,
      disableExecuteApiEndpoint: addresses.defaultEndpointDisabled,
      minimumCompressionSize,
      binaryMediaTypes: settings.binaryMediaTypes.length > 0 ? settings.binaryMediaTypes : undefined,
      tags: apiTags,
    },
    child,
  );
  const triggers = pulumi
    .all([
      body,
      access.policyJson,
      addresses.defaultEndpointDisabled,
      minimumCompressionSize,
      pulumi.all(vpcEndpointIds),
    ])
    .apply(([text, resourcePolicy, disableExecuteApiEndpoint, compression, endpoints]) =>
      redeployTriggers({
        body: text,
        resourcePolicy,
        disableExecuteApiEndpoint,
        minimumCompressionSize: compression,
        binaryMediaTypes: settings.binaryMediaTypes,
        apiKeySource: FIXED.apiKeySource,
        endpointType,
        securityPolicy: addresses.securityPolicy,
        endpointAccessMode: addresses.endpointAccessMode,
        vpcEndpointIds: endpoints,
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
  const { access, addresses, cache, cors } = settings;
  const known = pulumi.all([
    pulumi.all(invokeArns),
    settings.authorizer.invokeArn,
    addresses.defaultEndpointDisabled,
    pulumi.all(access.vpcEndpointIds),
  ]);
  return known.apply(([uris, authorizerInvokeArn, defaultEndpointDisabled, vpcEndpointIds]) =>
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
          cors,
          cacheKeys: Object.fromEntries(
            settings.contract.operations
              .filter(({ operationId }) => cache?.ttlSeconds.has(operationId))
              .map((operation) => [operation.operationId, cacheKeyParameters(operation, cors !== undefined)]),
          ),
          securityPolicy: addresses.securityPolicy,
          endpointAccessMode: addresses.endpointAccessMode,
          defaultEndpointDisabled,
          vpcEndpointIds,
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
