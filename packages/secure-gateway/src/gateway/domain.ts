import { childName, resourceTags } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";
import { FIXED } from "./defaults.ts";

/** Where the API is at its custom domain. */
export interface Domain {
  url: pulumi.Output<string>;
  targetName: pulumi.Output<string>;
  targetZoneId: pulumi.Output<string>;
}

/** The custom domain, mapped to the stage, and its record in DNS; nothing where there is none. */
export function createDomain(
  { name, args, settings, child }: BuildContext,
  stage: aws.apigateway.Stage,
): Domain | undefined {
  const { customDomain, teamTags } = args;
  const { domain, tlsPolicy } = settings.addresses;
  if (customDomain === undefined || domain === undefined) return undefined;
  const { mutualTls, hostedZoneId } = customDomain;
  // AWS: "You can't enable mutual TLS on a domain name that uses an enhanced security policy."
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
  const tls =
    mutualTls === undefined
      ? { securityPolicy: tlsPolicy, endpointAccessMode: FIXED.endpointAccessMode }
      : { securityPolicy: FIXED.mutualTlsPolicy };
  const lowered =
    mutualTls === undefined
      ? []
      : [{ floor: "domain-tls-policy", reason: "AWS has none of its newer TLS policies for a domain with mutual TLS" }];
  const made = new aws.apigateway.DomainName(
    childName(name, "domain"),
    {
      domainName: domain.name,
      regionalCertificateArn: domain.certificateArn,
      ownershipVerificationCertificateArn: customDomain.ownershipCertificateArn,
      endpointConfiguration: { types: FIXED.endpointType },
      ...tls,
      mutualTlsAuthentication: mutualTls,
      tags: resourceTags({ component: "SecureGateway", name, teamTags, lowered }),
    },
    child,
  );
  new aws.apigateway.BasePathMapping(
    childName(name, "domain-mapping"),
    {
      domainName: made.domainName,
      restApi: stage.restApi,
      stageName: stage.stageName,
      basePath: domain.basePath,
    },
    child,
  );
  if (hostedZoneId !== undefined) {
    new aws.route53.Record(
      childName(name, "domain-record"),
      {
        zoneId: hostedZoneId,
        name: made.domainName,
        type: "A",
        aliases: [{ name: made.regionalDomainName, zoneId: made.regionalZoneId, evaluateTargetHealth: false }],
      },
      child,
    );
  }
  const path = domain.basePath === undefined ? "" : `/${domain.basePath}`;
  return {
    url: pulumi.interpolate`https://${made.domainName}${path}`,
    targetName: made.regionalDomainName,
    targetZoneId: made.regionalZoneId,
  };
}
