import {
  CreateAuthorizerCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  DeleteAuthorizerCommand,
  DeleteGatewayResponseCommand,
  DeleteIntegrationCommand,
  DeleteMethodCommand,
  DeleteModelCommand,
  DeleteRequestValidatorCommand,
  DeleteResourceCommand,
  type IntegrationType,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { type HandlerContext, handler } from "../handler.ts";
import { ignoreMissing } from "../values.ts";

/*
 * The parts of a REST API that is written resource by resource instead of as a document. None has an update: a change replaces
 * the part, which for each of these is a call of the same cost.
 */

interface ResourceInputs {
  restApi: string;
  parentId: string;
  pathPart: string;
}

export const resource = handler<ResourceInputs>({
  replaceOnChanges: ["restApi", "parentId", "pathPart"],
  async create({ restApi: restApiId, parentId, pathPart }, { clients }) {
    const { id = "", path } = await clients.apiGateway.send(
      new CreateResourceCommand({ restApiId, parentId, pathPart }),
    );
    return { id, outputs: { path } };
  },
  async delete(resourceId, { restApi }, { clients }) {
    const restApiId = restApi as string;
    await ignoreMissing(clients.apiGateway.send(new DeleteResourceCommand({ restApiId, resourceId })));
  },
});

interface MethodInputs {
  restApi: string;
  resourceId: string;
  httpMethod: string;
  authorization: string;
  authorizerId?: string;
  authorizationScopes?: string[];
  apiKeyRequired?: boolean;
  operationName?: string;
  requestModels?: Record<string, string>;
  requestParameters?: Record<string, boolean>;
  requestValidatorId?: string;
}

function place(olds: Record<string, unknown>): { restApiId: string; resourceId: string; httpMethod: string } {
  return {
    restApiId: olds.restApi as string,
    resourceId: olds.resourceId as string,
    httpMethod: olds.httpMethod as string,
  };
}

export const method = handler<MethodInputs>({
  replaceOnChanges: ["restApi", "resourceId", "httpMethod"],
  async create({ restApi, authorization, ...rest }, { clients }) {
    await clients.apiGateway.send(
      new PutMethodCommand({ ...rest, restApiId: restApi, authorizationType: authorization }),
    );
    return { id: `agm-${restApi}-${rest.resourceId}-${rest.httpMethod}`, outputs: {} };
  },
  async delete(_id, olds, { clients }) {
    await ignoreMissing(clients.apiGateway.send(new DeleteMethodCommand(place(olds))));
  },
});

interface IntegrationInputs {
  restApi: string;
  resourceId: string;
  httpMethod: string;
  type: string;
  integrationHttpMethod?: string;
  uri?: string;
  credentials?: string;
  passthroughBehavior?: string;
  requestParameters?: Record<string, string>;
  requestTemplates?: Record<string, string>;
  timeoutMilliseconds?: number;
}

export const integration = handler<IntegrationInputs>({
  replaceOnChanges: ["restApi", "resourceId", "httpMethod", "integrationHttpMethod", "type"],
  async create({ restApi, type, timeoutMilliseconds, ...rest }, { clients }) {
    await clients.apiGateway.send(
      new PutIntegrationCommand({
        ...rest,
        restApiId: restApi,
        type: type as IntegrationType,
        timeoutInMillis: timeoutMilliseconds,
      }),
    );
    return { id: `agi-${restApi}-${rest.resourceId}-${rest.httpMethod}`, outputs: {} };
  },
  async delete(_id, olds, { clients }) {
    await ignoreMissing(clients.apiGateway.send(new DeleteIntegrationCommand(place(olds))));
  },
});

interface AuthorizerInputs {
  restApi: string;
  name?: string;
  type?: "TOKEN" | "REQUEST" | "COGNITO_USER_POOLS";
  authorizerUri?: string;
  authorizerCredentials?: string;
  identitySource?: string;
  identityValidationExpression?: string;
  authorizerResultTtlInSeconds?: number;
  providerArns?: string[];
}

export const authorizer = handler<AuthorizerInputs>({
  replaceOnChanges: ["restApi"],
  async create({ restApi, name = "", providerArns, type = "TOKEN", ...rest }, ctx: HandlerContext) {
    const { id = "" } = await ctx.clients.apiGateway.send(
      new CreateAuthorizerCommand({
        identitySource: "method.request.header.Authorization",
        authorizerResultTtlInSeconds: 300,
        ...rest,
        restApiId: restApi,
        name: name || ctx.physicalName(128),
        type,
        providerARNs: providerArns,
      }),
    );
    return { id, outputs: {} };
  },
  async delete(authorizerId, { restApi }, { clients }) {
    const restApiId = restApi as string;
    await ignoreMissing(clients.apiGateway.send(new DeleteAuthorizerCommand({ restApiId, authorizerId })));
  },
});

interface ModelInputs {
  restApi: string;
  name?: string;
  contentType: string;
  schema?: string;
  description?: string;
}

export const model = handler<ModelInputs>({
  replaceOnChanges: ["restApi", "name", "contentType"],
  async create({ restApi, ...rest }, { clients, physicalName }) {
    const name = rest.name ?? physicalName().replace(/[^A-Za-z0-9]/g, "");
    const { id = "" } = await clients.apiGateway.send(new CreateModelCommand({ ...rest, restApiId: restApi, name }));
    return { id, outputs: { name } };
  },
  async delete(_id, olds, { clients }) {
    const at = { restApiId: olds.restApi as string, modelName: olds.name as string };
    await ignoreMissing(clients.apiGateway.send(new DeleteModelCommand(at)));
  },
});

interface RequestValidatorInputs {
  restApi: string;
  name?: string;
  validateRequestBody?: boolean;
  validateRequestParameters?: boolean;
}

export const requestValidator = handler<RequestValidatorInputs>({
  replaceOnChanges: ["restApi"],
  async create({ restApi, ...rest }, { clients, physicalName }) {
    const name = rest.name ?? physicalName();
    const { id = "" } = await clients.apiGateway.send(
      new CreateRequestValidatorCommand({ ...rest, restApiId: restApi, name }),
    );
    return { id, outputs: { name } };
  },
  async delete(requestValidatorId, { restApi }, { clients }) {
    const restApiId = restApi as string;
    await ignoreMissing(clients.apiGateway.send(new DeleteRequestValidatorCommand({ restApiId, requestValidatorId })));
  },
});

interface ResponseInputs {
  restApiId: string;
  responseType: string;
  statusCode?: string;
  responseParameters?: Record<string, string>;
  responseTemplates?: Record<string, string>;
}

export const gatewayResponse = handler<ResponseInputs>({
  replaceOnChanges: ["restApiId", "responseType"],
  async create({ responseType, ...rest }, { clients }) {
    await clients.apiGateway.send(new PutGatewayResponseCommand({ ...rest, responseType: responseType as never }));
    return { id: `aggr-${rest.restApiId}-${responseType}`, outputs: {} };
  },
  async delete(_id, olds, { clients }) {
    const at = { restApiId: olds.restApiId as string, responseType: olds.responseType as never };
    await ignoreMissing(clients.apiGateway.send(new DeleteGatewayResponseCommand(at)));
  },
});
