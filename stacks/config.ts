import * as pulumi from "@pulumi/pulumi";
import { type AnalyticsConfig, analyticsConfig } from "./analytics.ts";
import { type GatewayConfig, gatewayConfig } from "./gateway-config.ts";
import { type PageConfig, pageConfig } from "./page.ts";

/** The configuration of a stage, `palisade:<key>` in `Pulumi.<stage>.yaml`. */
export interface StageConfig extends GatewayConfig, AnalyticsConfig {
  /**
   * Whose certificate the database's may be signed by, for the functions: `rds` for the trust store of RDS, or certificates in
   * PEM. The sandbox sets the certificate of its own database server. Default: `rds`.
   */
  databaseCa: string;
  /**
   * Where the keys that sign tokens are, as a URL. The sandbox sets its emulator's, whose tokens name the real issuer. Default:
   * none, the authorizer asks the issuer. Up to three URLs of copies of one set, separated by commas, are tried in order.
   */
  jwksUri?: string;
  /**
   * Whether migrations run on deploy, with their function and the endpoint that it needs (docs/decisions/0001). Off, nothing of
   * them costs or can read the master user's secret; the tables stay as they are. Default: true.
   */
  migrations: boolean;
  /**
   * Addresses and ranges that the firewall refuses, IPv4 in CIDR notation, as they become known to attack. Default: none, and no rule.
   */
  deniedAddresses: string[];
  /**
   * ARNs of the principals that may be a team's developers (`TeamAccess`), such as the role of your single sign-on. Default: whoever the
   * account's own policies let assume the teams' roles.
   */
  developerPrincipals?: string[];
  /**
   * A written reason to ask the policies only whether a caller may call an operation, and not whether it may touch the order that it names:
   * without the endpoint that the question needs, a stage costs about 7.30 US dollars a month less (docs/decisions/0004). The functions' own check of
   * the company stays. It becomes the tag `palisade:lowered:resource-permissions` of the policy store. Default: none, and it is asked.
   */
  allowUnaskedOrders?: string;
  /** The partners' page, where `pageDomain` is set. Default: none, and people sign in by the API alone. */
  page?: PageConfig;
}

/** Reads the configuration of the stage that is deployed. */
export function stageConfig(): StageConfig {
  const config = new pulumi.Config("palisade");
  return {
    ...gatewayConfig(config),
    ...analyticsConfig(config),
    databaseCa: config.get("databaseCa") ?? "rds",
    jwksUri: jwksUri(config.get("jwksUri")),
    migrations: config.getBoolean("migrations") ?? true,
    deniedAddresses: config.getObject<string[]>("deniedAddresses") ?? [],
    developerPrincipals: config.getObject<string[]>("developerPrincipals"),
    allowUnaskedOrders: config.get("allowUnaskedOrders"),
    page: pageConfig(config),
  };
}

/**
 * @throws RunError when the keys could be changed on their way: whoever can do that can make tokens. The authorizer checks it again.
 */
function jwksUri(value: string | undefined): string | undefined {
  const fetched = (address: string) =>
    URL.canParse(address) &&
    (address.startsWith("https://") || /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])[:/]/.test(address));
  if (value === undefined || value.split(",").every(fetched)) return value;
  throw new pulumi.RunError(
    `The config key "palisade:jwksUri" is "${value}"; allowed: URLs of https, or of http on this machine, separated by commas. ` +
      "To fix it, set it to an https URL, or remove it: the authorizer then asks the issuer.",
  );
}
