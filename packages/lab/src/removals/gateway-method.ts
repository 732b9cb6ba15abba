import {
  type APIGatewayClient,
  CreateDeploymentCommand,
  GetMethodCommand,
  GetResourcesCommand,
  type Method,
  type PatchOperation,
  UpdateMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { loadOpenApi } from "@palisade/functions/openapi";
import type { RunningStage } from "../stage.ts";

/** A method of the deployed API. */
export interface DeployedMethod {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly settings: Method;
}

/** Finds the method of an operation in the deployed API by its path in functions/openapi.yaml. */
export async function findMethod(stage: RunningStage, operation: string): Promise<DeployedMethod> {
  const { path, httpMethod } = routeOf(operation);
  const { restApiId } = stage.outputs;
  const { apiGateway } = stage.clients;
  const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId, limit: 500 }));
  const resourceId = items.find((resource) => resource.path === path)?.id;
  if (resourceId === undefined) throw new Error(`the API of ${stage.stage} has no resource ${path}`);
  const settings = await apiGateway.send(new GetMethodCommand({ restApiId, resourceId, httpMethod }));
  return { restApiId, resourceId, httpMethod, settings };
}

/** Changes a method and deploys the API, since a stage serves what was deployed last. */
export async function patchMethod(
  stage: RunningStage,
  method: DeployedMethod,
  patchOperations: PatchOperation[],
): Promise<void> {
  const { restApiId, resourceId, httpMethod } = method;
  await stage.clients.apiGateway.send(new UpdateMethodCommand({ restApiId, resourceId, httpMethod, patchOperations }));
  await deploy(stage.clients.apiGateway, restApiId, stage.outputs.stageName);
}

async function deploy(apiGateway: APIGatewayClient, restApiId: string, stageName: string): Promise<void> {
  await apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName }));
}

/** The path and method of an operation. */
export function routeOf(operation: string): { path: string; httpMethod: string } {
  const { paths } = loadOpenApi() as { paths: Record<string, Record<string, { operationId?: string }>> };
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, { operationId }] of Object.entries(item)) {
      if (operationId === operation) return { path, httpMethod: method.toUpperCase() };
    }
  }
  throw new Error(`functions/openapi.yaml has no operation ${operation}`);
}
