import { type CorsPolicy, preflight } from "./cors.ts";
import { type DocumentOwner, fault, type Json, own, titleOf } from "./document.ts";
import { gatewayResponses } from "./gateway-responses.ts";
import { type ApiContract, type ApiOperation, readContract } from "./operations.ts";

/** What the document is bound to in one account. */
export interface Bindings {
  /** The `invokeArn` of each operation's function, by `operationId`. */
  invokeArns: Record<string, string>;
  /** The `invokeArn` of the authorizer's function. */
  authorizerInvokeArn: string;
  /** Seconds that API Gateway keeps the authorizer's policy. */
  authorizerResultTtlSeconds: number;
  /** Milliseconds that API Gateway waits for a function. */
  timeoutMilliseconds: number;
  /** True where each operation with an authorizer needs an API key too, for metering. */
  meteredByApiKey: boolean;
  /** The page of another origin that may call. Default: none. */
  cors?: CorsPolicy;
  /** What the answers of an operation are kept under, by `operationId` (`method.request.path.id`, ...). Default: no answer is kept. */
  cacheKeys?: Record<string, string[]>;
  /** AWS's name of the TLS policy. Default: AWS's own, which accepts TLS 1.0. */
  securityPolicy?: string;
  /** `STRICT` or `BASIC`, of a newer TLS policy. Default: none. */
  endpointAccessMode?: string;
  /** True where the API's own address is off. Default: false. */
  defaultEndpointDisabled?: boolean;
  /** Endpoints at which a private API gets a name of its own. Default: none. */
  vpcEndpointIds?: string[];
}

/** The name of the scheme that asks for an API key. */
const API_KEY_SCHEME = "palisadeApiKey";
/** The name of the one validator: bodies against their model, and required parameters. */
const VALIDATOR = "all";

/**
 * An OpenAPI document as API Gateway imports it: the contract with AWS's documented extensions, without ours and without what the
 * import ignores. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 *
 * @param document A parsed OpenAPI 3.0 document.
 * @throws PalisadeError when the document is not fit for the gateway, or an operation has no function.
 */
export function gatewayBody(document: unknown, bindings: Bindings): Json {
  const owner = titleOf(document);
  return bodyOf(readContract(document, owner), bindings, owner);
}

/** As `gatewayBody`, of a document that was read already. */
export function bodyOf(contract: ApiContract, bindings: Bindings, owner: DocumentOwner): Json {
  const { title, version, operations, models } = contract;
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const method = operation.method.toLowerCase();
    paths[operation.path] = { ...paths[operation.path], [method]: operationBody(operation, bindings, owner) };
  }
  if (bindings.cors !== undefined) {
    for (const [path, item] of Object.entries(paths)) {
      const methods = Object.keys(item).map((method) => method.toUpperCase());
      paths[path] = { ...item, options: preflight(bindings.cors, methods) };
    }
  }
  return {
    openapi: "3.0.1",
    info: { title, version },
    ...addresses(bindings),
    paths,
    components: { schemas: models, securitySchemes: securitySchemes(operations, bindings) },
    "x-amazon-apigateway-request-validators": {
      [VALIDATOR]: { validateRequestBody: true, validateRequestParameters: true },
    },
    "x-amazon-apigateway-request-validator": VALIDATOR,
    "x-amazon-apigateway-gateway-responses": gatewayResponses(bindings.cors),
  };
}

/**
 * What an import in the mode `overwrite` sets back to AWS's defaults where the document does not say it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-endpoint-configuration.html
 */
function addresses(bindings: Bindings): Json {
  const { securityPolicy, endpointAccessMode, defaultEndpointDisabled, vpcEndpointIds = [] } = bindings;
  const endpoint = {
    ...(defaultEndpointDisabled === undefined ? {} : { disableExecuteApiEndpoint: defaultEndpointDisabled }),
    ...(vpcEndpointIds.length === 0 ? {} : { vpcEndpointIds }),
  };
  return {
    ...(Object.keys(endpoint).length === 0 ? {} : { "x-amazon-apigateway-endpoint-configuration": endpoint }),
    ...(securityPolicy === undefined ? {} : { "x-amazon-apigateway-security-policy": securityPolicy }),
    ...(endpointAccessMode === undefined ? {} : { "x-amazon-apigateway-endpoint-access-mode": endpointAccessMode }),
  };
}

function operationBody(operation: ApiOperation, bindings: Bindings, owner: DocumentOwner): Json {
  const { operationId, summary, parameters, body, authentication, responses } = operation;
  const uri = own(bindings.invokeArns, operationId);
  if (typeof uri !== "string") {
    throw fault(owner, `${operation.place}.operationId`, {
      receivedText: `${JSON.stringify(operationId)}, which has no function`,
      allowed: "an operation with a function",
      fix: `add ${operationId} to functions`,
    });
  }
  const cacheKey = own(bindings.cacheKeys, operationId) as string[] | undefined;
  return {
    operationId,
    ...(summary === undefined ? {} : { summary }),
    parameters: [
      ...parameters.map(({ type, ...parameter }) => ({ ...parameter, schema: { type } })),
      ...keyHeaders(operation, cacheKey),
    ],
    ...(body === undefined || body.models.length === 0 ? {} : { requestBody: requestBody(body) }),
    responses: Object.fromEntries(Object.entries(responses).map(([status, description]) => [status, { description }])),
    security: security(authentication.scheme?.name, bindings.meteredByApiKey),
    "x-amazon-apigateway-request-validator": VALIDATOR,
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      // Lambda is invoked by POST, whatever the caller's method.
      httpMethod: "POST",
      uri,
      passthroughBehavior: "never",
      timeoutInMillis: bindings.timeoutMilliseconds,
      ...(cacheKey === undefined ? {} : { cacheKeyParameters: cacheKey }),
    },
  };
}

/** The headers of a key that are no parameters of the operation: a key is made of a method's declared parameters only. */
function keyHeaders({ parameters }: ApiOperation, cacheKey: string[] = []): Json[] {
  const prefix = "method.request.header.";
  const declared = new Set(parameters.filter((one) => one.in === "header").map(({ name }) => name));
  return cacheKey
    .filter((key) => key.startsWith(prefix) && !declared.has(key.slice(prefix.length)))
    .map((key) => ({ name: key.slice(prefix.length), in: "header", required: false, schema: { type: "string" } }));
}

function requestBody({ required, models }: NonNullable<ApiOperation["body"]>): Json {
  const content = models.map(({ mediaType, model }) => [
    mediaType,
    { schema: { $ref: `#/components/schemas/${model}` } },
  ]);
  return { required, content: Object.fromEntries(content) };
}

function security(scheme: string | undefined, metered: boolean): Json[] {
  if (scheme === undefined) return [];
  return [{ [scheme]: [], ...(metered ? { [API_KEY_SCHEME]: [] } : {}) }];
}

function securitySchemes(operations: ApiOperation[], bindings: Bindings): Record<string, Json> {
  const schemes: Record<string, Json> = {};
  for (const { authentication } of operations) {
    if (authentication.scheme === undefined) continue;
    const { name, identitySource } = authentication.scheme;
    schemes[name] = {
      // The import takes `apiKey` only; the extensions make a request authorizer of it.
      type: "apiKey",
      name: identitySource.slice(identitySource.lastIndexOf(".") + 1),
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": {
        type: "request",
        identitySource,
        authorizerUri: bindings.authorizerInvokeArn,
        authorizerResultTtlInSeconds: bindings.authorizerResultTtlSeconds,
      },
    };
  }
  if (bindings.meteredByApiKey) schemes[API_KEY_SCHEME] = { type: "apiKey", name: "x-api-key", in: "header" };
  return schemes;
}
