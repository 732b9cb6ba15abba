import {
  CreateRestApiCommand,
  DeleteRestApiCommand,
  type EndpointAccessMode,
  GetResourcesCommand,
  GetRestApiCommand,
  type SecurityPolicy,
  UpdateRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { type HandlerContext, handler, type Properties } from "../handler.ts";
import { ignoreMissing, policyJson } from "../values.ts";
import { emptyApi, importApi, readBody } from "./import.ts";
import type { ApiPlan } from "./openapi.ts";

interface RestApiInputs {
  name?: string;
  description?: string;
  body?: string;
  policy?: unknown;
  endpointConfiguration?: { types: string; vpcEndpointIds?: string[]; ipAddressType?: string };
  binaryMediaTypes?: string[];
  minimumCompressionSize?: string;
  apiKeySource?: "HEADER" | "AUTHORIZER";
  disableExecuteApiEndpoint?: boolean;
  securityPolicy?: string;
  endpointAccessMode?: string;
  tags?: Record<string, string>;
}

function policyOf(inputs: RestApiInputs, plan: ApiPlan | undefined): string | undefined {
  const policy = inputs.policy ?? plan?.policy;
  return policy === undefined ? undefined : policyJson(policy);
}

async function outputs(id: string, name: string, ctx: HandlerContext): Promise<Properties> {
  const { clients, partition, region, accountId } = ctx;
  const { items = [] } = await clients.apiGateway.send(new GetResourcesCommand({ restApiId: id, limit: 500 }));
  const { createdDate } = await clients.apiGateway.send(new GetRestApiCommand({ restApiId: id }));
  return {
    name,
    arn: `arn:${partition}:apigateway:${region}::/restapis/${id}`,
    executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${id}`,
    rootResourceId: items.find(({ path }) => path === "/")?.id,
    createdDate: createdDate?.toISOString(),
  };
}

/** A REST API. Where it is private or its own address is off, `src/gateway` enforces it; TLS policies at that address are stored. */
export const restApi = handler<RestApiInputs>({
  // In place on AWS.
  replaceOnChanges: ["apiKeySource", "binaryMediaTypes", "endpointConfiguration", "minimumCompressionSize"],
  async create(inputs, ctx) {
    const plan = inputs.body === undefined ? undefined : readBody(inputs.body);
    const name = inputs.name ?? ctx.physicalName(1024);
    const compression = inputs.minimumCompressionSize ?? plan?.minimumCompressionSize;
    const { id = "" } = await ctx.clients.apiGateway.send(
      new CreateRestApiCommand({
        name,
        description: inputs.description,
        policy: policyOf(inputs, plan),
        endpointConfiguration: inputs.endpointConfiguration && {
          types: [inputs.endpointConfiguration.types as "REGIONAL"],
          vpcEndpointIds: inputs.endpointConfiguration.vpcEndpointIds,
        },
        binaryMediaTypes: inputs.binaryMediaTypes ?? plan?.binaryMediaTypes,
        minimumCompressionSize: compression === undefined ? undefined : Number(compression),
        apiKeySource: inputs.apiKeySource ?? (plan?.apiKeySource as "HEADER" | undefined),
        disableExecuteApiEndpoint: inputs.disableExecuteApiEndpoint,
        securityPolicy: inputs.securityPolicy as SecurityPolicy | undefined,
        endpointAccessMode: inputs.endpointAccessMode as EndpointAccessMode | undefined,
        tags: inputs.tags,
      }),
    );
    if (plan) await importApi(ctx.clients.apiGateway, id, plan);
    return { id, outputs: await outputs(id, name, ctx) };
  },
  async update(id, olds, news, ctx) {
    const client = ctx.clients.apiGateway;
    const plan = news.body === undefined ? undefined : readBody(news.body);
    const name = news.name ?? (olds.name as string);
    await client.send(
      new UpdateRestApiCommand({
        restApiId: id,
        patchOperations: [
          { op: "replace", path: "/name", value: name },
          { op: "replace", path: "/description", value: news.description ?? "" },
          { op: "replace", path: "/policy", value: policyOf(news, plan) ?? "" },
          {
            op: "replace",
            path: "/disableExecuteApiEndpoint",
            value: String(news.disableExecuteApiEndpoint ?? false),
          },
          ...(news.securityPolicy === undefined
            ? []
            : [{ op: "replace" as const, path: "/securityPolicy", value: news.securityPolicy }]),
        ],
      }),
    );
    if (plan && news.body !== olds.body) {
      await emptyApi(client, id);
      await importApi(client, id, plan);
    }
    return { id, outputs: await outputs(id, name, ctx) };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.apiGateway.send(new DeleteRestApiCommand({ restApiId: id })));
  },
});
