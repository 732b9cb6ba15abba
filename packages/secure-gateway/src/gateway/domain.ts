import { childName } from "@palisade/core";
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
  { name, args, settings, tags, child }: BuildContext,
  stage: aws.apigateway.Stage,
): Domain | undefined {
  const { customDomain } = args;
  const { domain, securityPolicy, endpointAccessMode } = settings.addresses;
  if (customDomain === undefined || domain === undefined) return undefined;
  const { mutualTls, hostedZoneId } = customDomain;
  const made = new aws.apigateway.DomainName(
    childName(name, "domain"),
    {
      domainName: domain.name,
      regionalCertificateArn: domain.certificateArn,
      ownershipVerificationCertificateArn: customDomain.ownershipCertificateArn,
      endpointConfiguration: { types: FIXED.endpointType },
      securityPolicy,
      endpointAccessMode,
      mutualTlsAuthentication: mutualTls,
      tags,
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
