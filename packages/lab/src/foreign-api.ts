import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { GetFunctionConfigurationCommand, ListAliasesCommand } from "@aws-sdk/client-lambda";
import { type Exchange, exchange, type LabRequest } from "./exchange.ts";
import { routeOf } from "./removals/gateway-method.ts";
import { functionOf, type RunningStage } from "./stage.ts";

/** The attacker's own account: the emulator takes twelve digits for the credentials of that account's root. */
export const FOREIGN_ACCOUNT = "444455556666";

/** An API that an attacker made in an account of their own. */
export interface ForeignApi {
  readonly id: string;
  readonly account: string;
  /** Sends a request to it and keeps it as evidence of the attack. */
  send(request: LabRequest): Promise<Exchange>;
  close(): Promise<void>;
}

/**
 * Makes an API in another account that names the stage's functions by their ARNs: its authorizer, where the stage has one, and the function
 * of one operation. Making it needs no permission of the stage's account; that it may call is for the functions to say.
 */
export async function openForeignApi(
  stage: RunningStage,
  { operation, target }: { operation: string; target: string },
  keep: (exchange: Exchange) => Exchange,
): Promise<ForeignApi> {
  const credentials = { accessKeyId: FOREIGN_ACCOUNT, secretAccessKey: FOREIGN_ACCOUNT };
  const client = new APIGatewayClient({ endpoint: stage.emulatorUrl, region: stage.region, credentials });
  const { id: restApiId = "" } = await client.send(new CreateRestApiCommand({ name: "foreign" }));
  const { path, httpMethod } = routeOf(operation);
  const method = { restApiId, resourceId: await resourceAt(client, restApiId, path), httpMethod };
  const authorizer = stage.outputs.functions.authorizer && (await uriOf(stage, "authorizer"));
  const authorizerId = authorizer && (await authorizerOf(client, restApiId, authorizer));
  await client.send(
    new PutMethodCommand({ ...method, authorizationType: authorizerId ? "CUSTOM" : "NONE", authorizerId }),
  );
  await client.send(
    new PutIntegrationCommand({
      ...method,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: await uriOf(stage, target),
    }),
  );
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: "live" }));
  const url = `${stage.emulatorUrl}/_aws/execute-api/${restApiId}/live`;
  return {
    id: restApiId,
    account: FOREIGN_ACCOUNT,
    send: async (request) => keep(await exchange(url, request, "attack")),
    close: async () => {
      await client.send(new DeleteRestApiCommand({ restApiId }));
      client.destroy();
    },
  };
}

async function authorizerOf(client: APIGatewayClient, restApiId: string, authorizerUri: string) {
  const { id } = await client.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: "borrowed",
      type: "REQUEST",
      authorizerUri,
      identitySource: "method.request.header.Authorization",
      authorizerResultTtlInSeconds: 0,
    }),
  );
  return id;
}

async function resourceAt(client: APIGatewayClient, restApiId: string, path: string): Promise<string> {
  const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
  let parentId = items[0]?.id ?? "";
  for (const pathPart of path.split("/").filter(Boolean)) {
    const { id = "" } = await client.send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
    parentId = id;
  }
  return parentId;
}

/** What API Gateway calls: of the function's alias, where it has one. */
async function uriOf(stage: RunningStage, target: string): Promise<string> {
  const { functionName: FunctionName } = functionOf(stage, target);
  const { Aliases = [] } = await stage.clients.lambda.send(new ListAliasesCommand({ FunctionName }));
  const { FunctionArn } = await stage.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const arn = Aliases[0]?.AliasArn ?? FunctionArn;
  return `arn:aws:apigateway:${stage.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}
