import {
  type APIGatewayClient,
  type BasePathMapping,
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  type EndpointAccessMode,
  GetBasePathMappingsCommand,
  type SecurityPolicy,
} from "@aws-sdk/client-api-gateway";
import { type HandlerContext, handler, type ResourceState } from "../handler.ts";
import { ignoreMissing } from "../values.ts";

interface DomainNameInputs {
  domainName: string;
  regionalCertificateArn?: string;
  certificateArn?: string;
  ownershipVerificationCertificateArn?: string;
  endpointConfiguration?: { types: string };
  endpointAccessMode?: string;
  securityPolicy?: string;
  mutualTlsAuthentication?: { truststoreUri: string; truststoreVersion?: string };
  tags?: Record<string, string>;
}

async function createDomain(inputs: DomainNameInputs, ctx: HandlerContext): Promise<ResourceState> {
  const { clients, partition, region } = ctx;
  const made = await clients.apiGateway.send(
    new CreateDomainNameCommand({
      domainName: inputs.domainName,
      regionalCertificateArn: inputs.regionalCertificateArn,
      certificateArn: inputs.certificateArn,
      ownershipVerificationCertificateArn: inputs.ownershipVerificationCertificateArn,
      endpointConfiguration: inputs.endpointConfiguration && {
        types: [inputs.endpointConfiguration.types as "REGIONAL"],
      },
      endpointAccessMode: inputs.endpointAccessMode as EndpointAccessMode | undefined,
      securityPolicy: inputs.securityPolicy as SecurityPolicy | undefined,
      mutualTlsAuthentication: inputs.mutualTlsAuthentication,
      tags: inputs.tags,
    }),
  );
  return {
    id: inputs.domainName,
    outputs: {
      arn: `arn:${partition}:apigateway:${region}::/domainnames/${inputs.domainName}`,
      regionalDomainName: made.regionalDomainName,
      regionalZoneId: made.regionalHostedZoneId,
    },
  };
}

async function mappingsOf(client: APIGatewayClient, domainName: string): Promise<BasePathMapping[]> {
  const { items = [] } = await client.send(new GetBasePathMappingsCommand({ domainName, limit: 500 }));
  return items;
}

/** A custom domain: served over TLS by `src/gateway/domains.ts`, with a certificate of the sandbox's own. */
export const domainName = handler<DomainNameInputs>({
  replaceOnChanges: ["domainName"],
  create: createDomain,
  async update(id, _olds, news, ctx) {
    const client = ctx.clients.apiGateway;
    // The emulator has no UpdateDomainName: the domain is made anew, with its mappings.
    const mappings = await mappingsOf(client, id);
    await client.send(new DeleteDomainNameCommand({ domainName: id }));
    const state = await createDomain(news, ctx);
    for (const { basePath, restApiId, stage } of mappings) {
      await client.send(new CreateBasePathMappingCommand({ domainName: id, basePath, restApiId, stage }));
    }
    return state;
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.apiGateway.send(new DeleteDomainNameCommand({ domainName: id })));
  },
});

interface MappingInputs {
  domainName: string;
  restApi: string;
  stageName?: string;
  basePath?: string;
}

/** A mapping. The provider changes its API, stage and path in place; the emulator has no UpdateBasePathMapping. */
export const basePathMapping = handler<MappingInputs>({
  replaceOnChanges: ["domainName"],
  create: createMapping,
  async update(_id, olds, news, ctx) {
    await deleteMapping(olds as unknown as MappingInputs, ctx);
    return createMapping(news, ctx);
  },
  async delete(_id, olds, ctx) {
    await deleteMapping(olds as unknown as MappingInputs, ctx);
  },
});

async function createMapping(inputs: MappingInputs, { clients }: HandlerContext): Promise<ResourceState> {
  const { domainName: name, restApi: restApiId, stageName: stage, basePath } = inputs;
  await clients.apiGateway.send(new CreateBasePathMappingCommand({ domainName: name, restApiId, stage, basePath }));
  return { id: `${name}/${basePath ?? ""}`, outputs: {} };
}

async function deleteMapping({ domainName: name, basePath = "(none)" }: MappingInputs, { clients }: HandlerContext) {
  await ignoreMissing(clients.apiGateway.send(new DeleteBasePathMappingCommand({ domainName: name, basePath })));
}
