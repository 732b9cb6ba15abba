import {
  type APIGatewayClient,
  CreateAuthorizerCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  DeleteAuthorizerCommand,
  DeleteGatewayResponseCommand,
  DeleteMethodCommand,
  DeleteModelCommand,
  DeleteRequestValidatorCommand,
  DeleteResourceCommand,
  GetAuthorizersCommand,
  GetGatewayResponsesCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  type IntegrationType,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from "@aws-sdk/client-api-gateway";
import { SandboxError } from "../../errors.ts";
import { type ApiPlan, type PlannedMethod, planApi } from "./openapi.ts";

/** Makes everything that the document says of an API that is empty. */
export async function importApi(client: APIGatewayClient, restApiId: string, plan: ApiPlan): Promise<void> {
  const [authorizers, validators, resources] = await Promise.all([
    createAuthorizers(client, restApiId, plan),
    createValidators(client, restApiId, plan),
    createResources(client, restApiId, plan),
    createModels(client, restApiId, plan),
    createGatewayResponses(client, restApiId, plan),
  ]);
  await Promise.all(
    plan.methods.map((method) =>
      createMethod(client, restApiId, method, resources.get(method.path) as string, authorizers, validators),
    ),
  );
}

/** Removes everything that a document made, so that another can be imported: the "overwrite" mode of PutRestApi. */
export async function emptyApi(client: APIGatewayClient, restApiId: string): Promise<void> {
  const api = { restApiId };
  const [resources, authorizers, validators, models, responses] = await Promise.all([
    client.send(new GetResourcesCommand({ ...api, limit: 500 })),
    client.send(new GetAuthorizersCommand({ ...api, limit: 500 })),
    client.send(new GetRequestValidatorsCommand({ ...api, limit: 500 })),
    client.send(new GetModelsCommand({ ...api, limit: 500 })),
    client.send(new GetGatewayResponsesCommand({ ...api, limit: 500 })),
  ]);
  // Deepest first: the emulator leaves the children of a resource that is deleted.
  const deepestFirst = [...(resources.items ?? [])].sort((a, b) => depth(b.path) - depth(a.path));
  for (const { id: resourceId, path, resourceMethods } of deepestFirst) {
    if (path !== "/") {
      await client.send(new DeleteResourceCommand({ ...api, resourceId }));
      continue;
    }
    for (const httpMethod of Object.keys(resourceMethods ?? {})) {
      await client.send(new DeleteMethodCommand({ ...api, resourceId, httpMethod }));
    }
  }
  for (const { id: authorizerId } of authorizers.items ?? []) {
    await client.send(new DeleteAuthorizerCommand({ ...api, authorizerId }));
  }
  for (const { id: requestValidatorId } of validators.items ?? []) {
    await client.send(new DeleteRequestValidatorCommand({ ...api, requestValidatorId }));
  }
  for (const { name: modelName } of models.items ?? []) {
    await client.send(new DeleteModelCommand({ ...api, modelName }));
  }
  for (const { responseType, defaultResponse } of responses.items ?? []) {
    if (!defaultResponse) await client.send(new DeleteGatewayResponseCommand({ ...api, responseType }));
  }
}

function depth(path = "/"): number {
  return path.split("/").filter(Boolean).length;
}

/** Reads a REST API's `body`, JSON text. */
export function readBody(body: string): ApiPlan {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch (error) {
    throw new SandboxError(
      `The body of the REST API is not JSON: ${(error as Error).message}.`,
      "Give the OpenAPI document as JSON text.",
      { cause: error },
    );
  }
  return planApi(document);
}

async function createModels(client: APIGatewayClient, restApiId: string, plan: ApiPlan): Promise<void> {
  const address = `https://apigateway.amazonaws.com/restapis/${restApiId}/models/`;
  await Promise.all(
    Object.entries(plan.models).map(([name, schema]) =>
      client.send(
        new CreateModelCommand({
          restApiId,
          name,
          contentType: "application/json",
          schema: JSON.stringify(schema, (key, value) =>
            key === "$ref" && typeof value === "string" ? value.replace(/^model:/, address) : value,
          ),
        }),
      ),
    ),
  );
}

async function createAuthorizers(
  client: APIGatewayClient,
  restApiId: string,
  plan: ApiPlan,
): Promise<Map<string, string>> {
  const made = Object.entries(plan.authorizers).map(async ([name, authorizer]) => {
    const type = String(authorizer.type).toLowerCase();
    const { id } = await client.send(
      new CreateAuthorizerCommand({
        restApiId,
        name,
        type: type === "cognito_user_pools" ? "COGNITO_USER_POOLS" : type === "request" ? "REQUEST" : "TOKEN",
        providerARNs: authorizer.providerARNs,
        authorizerUri: authorizer.authorizerUri,
        authorizerCredentials: authorizer.authorizerCredentials,
        identitySource: authorizer.identitySource ?? `method.request.header.${authorizer.header ?? "Authorization"}`,
        identityValidationExpression: authorizer.identityValidationExpression,
        // API Gateway's own default (API_CreateAuthorizer, authorizerResultTtlInSeconds).
        authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds ?? 300,
      }),
    );
    return [name, id as string] as const;
  });
  return new Map(await Promise.all(made));
}

async function createValidators(
  client: APIGatewayClient,
  restApiId: string,
  plan: ApiPlan,
): Promise<Map<string, string>> {
  const made = Object.entries(plan.validators).map(async ([name, validator]) => {
    const { id } = await client.send(new CreateRequestValidatorCommand({ restApiId, name, ...validator }));
    return [name, id as string] as const;
  });
  return new Map(await Promise.all(made));
}

/** Makes the tree of paths, parents first, and returns each path's resource id. */
async function createResources(
  client: APIGatewayClient,
  restApiId: string,
  plan: ApiPlan,
): Promise<Map<string, string>> {
  const { items = [] } = await client.send(new GetResourcesCommand({ restApiId, limit: 500 }));
  const ids = new Map(items.map(({ path, id }) => [path as string, id as string]));
  for (const { path } of plan.methods) {
    const parts = path.split("/").filter(Boolean);
    for (let depth = 1; depth <= parts.length; depth++) {
      const at = `/${parts.slice(0, depth).join("/")}`;
      if (ids.has(at)) continue;
      const parentId = ids.get(depth === 1 ? "/" : `/${parts.slice(0, depth - 1).join("/")}`);
      const { id } = await client.send(new CreateResourceCommand({ restApiId, parentId, pathPart: parts[depth - 1] }));
      ids.set(at, id as string);
    }
  }
  return ids;
}

async function createMethod(
  client: APIGatewayClient,
  restApiId: string,
  method: PlannedMethod,
  resourceId: string,
  authorizers: Map<string, string>,
  validators: Map<string, string>,
): Promise<void> {
  const at = { restApiId, resourceId, httpMethod: method.httpMethod };
  await client.send(
    new PutMethodCommand({
      ...at,
      authorizationType: method.authorizationType,
      authorizerId: method.authorizer && authorizers.get(method.authorizer),
      authorizationScopes: method.authorizationScopes.length > 0 ? method.authorizationScopes : undefined,
      apiKeyRequired: method.apiKeyRequired,
      operationName: method.operationName,
      requestValidatorId: method.validator && validators.get(method.validator),
      requestModels: method.requestModels,
      requestParameters: method.requestParameters,
    }),
  );
  await Promise.all(
    Object.entries(method.responses).map(([statusCode, responseModels]) =>
      client.send(new PutMethodResponseCommand({ ...at, statusCode, responseModels })),
    ),
  );
  const integration = method.integration;
  if (!integration) return;
  await client.send(
    new PutIntegrationCommand({
      ...at,
      type: String(integration.type).toUpperCase() as IntegrationType,
      integrationHttpMethod: integration.httpMethod,
      uri: integration.uri,
      credentials: integration.credentials,
      passthroughBehavior: integration.passthroughBehavior?.toUpperCase(),
      contentHandling: integration.contentHandling,
      timeoutInMillis: integration.timeoutInMillis,
      requestTemplates: integration.requestTemplates,
      requestParameters: integration.requestParameters,
      cacheKeyParameters: integration.cacheKeyParameters,
    }),
  );
  for (const [pattern, response] of Object.entries<{
    statusCode: string;
    responseTemplates?: Record<string, string>;
    responseParameters?: Record<string, string>;
  }>(integration.responses ?? {})) {
    await client.send(
      new PutIntegrationResponseCommand({
        ...at,
        statusCode: response.statusCode,
        selectionPattern: pattern === "default" ? undefined : pattern,
        responseTemplates: response.responseTemplates,
        responseParameters: response.responseParameters,
      }),
    );
  }
}

async function createGatewayResponses(client: APIGatewayClient, restApiId: string, plan: ApiPlan): Promise<void> {
  await Promise.all(
    Object.entries(plan.gatewayResponses).map(([responseType, response]) =>
      client.send(
        new PutGatewayResponseCommand({
          restApiId,
          responseType: responseType as never,
          statusCode: response.statusCode === undefined ? undefined : String(response.statusCode),
          responseParameters: response.responseParameters,
          responseTemplates: response.responseTemplates,
        }),
      ),
    ),
  );
}
