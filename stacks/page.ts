import { EdgeFirewall, FirewallScope } from "@palisade/edge-firewall";
import { pageFolder } from "@palisade/functions/page";
import type { SecureGateway, UserPool } from "@palisade/secure-gateway";
import { WebFrontend } from "@palisade/web-frontend";
import * as pulumi from "@pulumi/pulumi";
import type { StageData } from "./stages/stage.ts";

/** The page of a stage, as its configuration says. */
export interface PageConfig {
  /** Host name of the page, whose DNS record is kept elsewhere. */
  domain: string;
  /** ARN of the host's certificate in ACM, in us-east-1. */
  certificateArn: string;
  /** What CloudFront adds for the API to know. */
  originSecret: pulumi.Output<string>;
  /** Scheme, host and port of the page in the browser. The sandbox sets its own, whose host no resolver must know. */
  origin: string;
  /** Where people sign in, as a URL without a trailing slash. The sandbox sets its emulator's. Default: the user pool's own page. */
  loginUrl?: string;
}

/** Below these paths the API answers on the page's host; everything else is a file. */
const API_PATHS = ["/page/*", "/session", "/session/*", "/orders/*/receipt"];

/**
 * Reads the page's configuration: there is a page where `palisade:pageDomain` is set. People sign in at the user pool's own page, which sends them
 * back to an address that is known before anything is made, so that a page without a host name of its own is none.
 *
 * @throws RunError when one of the three keys is missing.
 */
export function pageConfig(config: pulumi.Config): PageConfig | undefined {
  const domain = config.get("pageDomain");
  if (domain === undefined) return undefined;
  const certificateArn = config.get("pageCertificateArn");
  const originSecret = config.getSecret("pageOriginSecret");
  if (certificateArn === undefined || originSecret === undefined) {
    const missing = certificateArn === undefined ? "pageCertificateArn" : "pageOriginSecret";
    throw new pulumi.RunError(
      `The config key "palisade:${missing}" is not set beside palisade:pageDomain. To fix it, set palisade:pageCertificateArn to the host's ` +
        "certificate in us-east-1 and, as a secret, palisade:pageOriginSecret to 32 random bytes in hexadecimal, or remove palisade:pageDomain.",
    );
  }
  const origin = config.get("pageOrigin") ?? `https://${domain}`;
  return { domain, certificateArn, originSecret, origin, loginUrl: config.get("loginUrl") };
}

/** Where Cognito sends people back to. */
export function redirectUri({ origin }: PageConfig): string {
  return `${origin}/`;
}

/** The user pool's own page to sign in at, under a name that follows from the page's. */
export function managedLogin(page: PageConfig) {
  return { domainPrefix: page.domain.replaceAll(".", "-"), callbackUrls: [redirectUri(page)] };
}

/** Where people sign in. */
export function loginUrl(page: PageConfig, users: UserPool): pulumi.Input<string> {
  return page.loginUrl ?? users.loginUrl ?? "-";
}

/** The page, behind a web ACL of its own. */
export async function createPage(
  page: PageConfig,
  stage: StageData,
  { users, gateway }: { users: UserPool; gateway: SecureGateway },
): Promise<WebFrontend> {
  const { logRetentionDays, firewall, allowDeletion } = stage;
  const edge = new EdgeFirewall("page-edge", {
    scope: FirewallScope.CloudFront,
    originSecret: { value: page.originSecret },
    rateRules: { "per-address": { limit: firewall.requestsPerMinute } },
    countryRules: { denied: { countryCodes: firewall.deniedCountries } },
    logRetentionDays,
  });
  return new WebFrontend("page", {
    folder: await pageFolder(),
    files: {
      "config.json": pulumi.jsonStringify({
        loginUrl: loginUrl(page, users),
        clientId: users.sessionClientId,
        redirectUri: redirectUri(page),
      }),
    },
    domain: { name: page.domain, certificateArn: page.certificateArn },
    webAclArn: edge.webAclArn,
    api: {
      url: pulumi.output(gateway.domainUrl ?? gateway.url),
      paths: API_PATHS,
      ...(edge.originSecretHeader &&
        edge.originSecret && { originHeader: { name: edge.originSecretHeader, value: edge.originSecret } }),
    },
    logRetentionDays,
    allowDeletion,
  });
}
