import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  type EndpointAccessMode,
  type SecurityPolicy,
} from "@aws-sdk/client-api-gateway";
import { handler } from "../handler.ts";
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

/**
 * A custom domain: served over TLS by `src/gateway/domains.ts`, with a certificate of the sandbox's own. The emulator has no
 * UpdateDomainName, so every change replaces it.
 */
export const domainName = handler<DomainNameInputs>({
  async create(inputs, { clients, partition, region }) {
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

/** Every change replaces a mapping: the emulator has no UpdateBasePathMapping. */
export const basePathMapping = handler<MappingInputs>({
  async create({ domainName: name, restApi, stageName, basePath }, { clients }) {
    await clients.apiGateway.send(
      new CreateBasePathMappingCommand({ domainName: name, restApiId: restApi, stage: stageName, basePath }),
    );
    return { id: `${name}/${basePath ?? ""}`, outputs: {} };
  },
  async delete(_id, olds, { clients }) {
    const { domainName: name, basePath = "(none)" } = olds as unknown as MappingInputs;
    await ignoreMissing(clients.apiGateway.send(new DeleteBasePathMappingCommand({ domainName: name, basePath })));
  },
});
