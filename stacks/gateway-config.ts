import type { CustomDomainArgs } from "@palisade/secure-gateway";
import * as pulumi from "@pulumi/pulumi";

/** What a stage's configuration says of the gateway's addresses, `palisade:<key>` in `Pulumi.<stage>.yaml`. */
export interface GatewayConfig {
  /**
   * A domain of your own in front of the API: an object with `name` and `certificateArn` (of ACM, in the stage's region), and where
   * wanted `basePath`, `hostedZoneId` (the record is then made), `truststoreUri` and `truststoreVersion` (clients must then show a
   * certificate), `ownershipCertificateArn`. The API's own address is then off. Default: none.
   */
  domain?: CustomDomainArgs;
  /**
   * The origin of the one page of another host that may call the API from a browser with a bearer token, as
   * `https://partners.example.com`. A page of the API's own host needs none. Default: none.
   */
  corsOrigin?: string;
}

const KEYS = [
  "name",
  "certificateArn",
  "basePath",
  "hostedZoneId",
  "truststoreUri",
  "truststoreVersion",
  "ownershipCertificateArn",
] as const;
const REQUIRED: readonly string[] = ["name", "certificateArn"];

/**
 * Reads it.
 *
 * @throws RunError when the domain is no object of these keys with texts; what they must be is said by `SecureGateway`.
 */
export function gatewayConfig(config: pulumi.Config): GatewayConfig {
  const domain = domainOf(config.getObject<unknown>("domain"));
  if (domain?.mutualTls !== undefined && config.get("pageDomain") !== undefined) {
    throw new pulumi.RunError(
      'The config key "palisade:domain" has truststoreUri beside "palisade:pageDomain"; allowed: one of the two, since the page\'s CloudFront shows ' +
        "the API no client certificate. To fix it: pulumi config rm --path palisade:domain.truststoreUri",
    );
  }
  return { domain, corsOrigin: config.get("corsOrigin") };
}

function domainOf(value: unknown): CustomDomainArgs | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse("is no object");
  const given = value as Record<string, unknown>;
  for (const key of REQUIRED) if (given[key] === undefined) throw refuse(`has no ${key}`);
  for (const [key, text] of Object.entries(given)) {
    if (!(KEYS as readonly string[]).includes(key)) throw refuse(`has ${JSON.stringify(key)}`);
    if (typeof text !== "string") throw refuse(`has ${key} that is no text`);
  }
  const { name, truststoreUri, truststoreVersion, ...others } = given as Record<(typeof KEYS)[number], string>;
  if (truststoreUri === undefined && truststoreVersion !== undefined)
    throw refuse("has truststoreVersion without truststoreUri");
  return {
    domainName: name,
    ...others,
    ...(truststoreUri !== undefined && { mutualTls: { truststoreUri, truststoreVersion } }),
  };
}

function refuse(what: string): pulumi.RunError {
  return new pulumi.RunError(
    `The config key "palisade:domain" ${what}; allowed: an object of texts with name and certificateArn, and where wanted ` +
      "basePath, hostedZoneId, truststoreUri, truststoreVersion, ownershipCertificateArn. To fix it: " +
      "pulumi config set --path palisade:domain.name api.example.com",
  );
}
