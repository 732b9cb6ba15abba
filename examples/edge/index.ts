import { EdgeFirewall, FirewallScope, ManagedGroup } from "@palisade/edge-firewall";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const host = config.require("host");
const stageArn = config.require("stageArn");
const apiUrl = new URL(config.require("apiUrl"));

// Both firewalls know the secret: CloudFront writes it, the stage's asks for it before anything else. While a new one is rolled out the stage
// accepts the one before as well: CloudFront's edge locations take minutes to change.
const previousValue = config.getSecret("previousOriginSecret");
const originSecret = {
  value: config.requireSecret("originSecret"),
  ...(previousValue === undefined ? {} : { previousValue }),
};

// Shield Advanced names the distribution, which names the web ACL: the distribution's ARN is given when there is one.
const [distributionArn, setDistributionArn] = pulumi.deferredOutput<string>();

/** In front of CloudFront: the only place with Shield Advanced, and where AWS reads the answers to sign-ins. */
const edge = new EdgeFirewall("edge", {
  scope: FirewallScope.CloudFront,
  originSecret,
  accountTakeover: {
    loginPath: "/session",
    usernameField: "/username",
    passwordField: "/password",
    responseInspection: { successCodes: [204], failureCodes: [400, 401] },
  },
  ...(config.getBoolean("confirmPriceOf3000DollarsAMonthForAYear") === true && {
    shieldAdvanced: { distributionArn, confirmPriceOf3000DollarsAMonthForAYear: true },
  }),
});

/** In front of the stage: who does not come through CloudFront is refused. What the edge has looked for is looked for once. */
const door = new EdgeFirewall("door", {
  stageArn,
  originSecret,
  managedGroups: [{ group: ManagedGroup.KnownBadInputs }],
  omittedRules: {
    "rate-per-address": "the edge counts by address; behind it every request comes from CloudFront's addresses",
    "managed-ip-reputation": "the edge judges addresses; behind it every request comes from CloudFront's addresses",
  },
});

const distribution = new aws.cloudfront.Distribution("api", {
  enabled: true,
  comment: "The API, behind its firewall",
  aliases: [host],
  webAclId: edge.webAclArn,
  httpVersion: "http2and3",
  isIpv6Enabled: true,
  origins: [
    {
      originId: "api",
      domainName: apiUrl.hostname,
      originPath: apiUrl.pathname.replace(/\/$/, ""),
      customHeaders: pulumi
        .all([edge.originSecretHeader, edge.originSecret])
        .apply(([name = "", value = ""]) => [{ name, value }]),
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
      },
    },
  ],
  defaultCacheBehavior: {
    targetOriginId: "api",
    viewerProtocolPolicy: "https-only",
    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    // AWS's own policies CachingDisabled and AllViewerExceptHostHeader: an API's answers are one caller's, and the API knows its own host.
    cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: {
    acmCertificateArn: config.require("certificateArn"),
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021",
  },
});
setDistributionArn(distribution.arn);

// CloudFront's own log: who asked for what, without cookies and queries. AWS keeps its delivery in us-east-1.
const region = "us-east-1";
const source = new aws.cloudwatch.LogDeliverySource("api", {
  name: "edge-api",
  region,
  logType: "ACCESS_LOGS",
  resourceArn: distribution.arn,
});
const requests = new aws.cloudwatch.LogGroup("requests", {
  name: "/aws/vendedlogs/cloudfront/edge-api",
  region,
  retentionInDays: 365,
});
const destination = new aws.cloudwatch.LogDeliveryDestination("api", {
  name: "edge-api",
  region,
  outputFormat: "json",
  deliveryDestinationConfiguration: { destinationResourceArn: requests.arn },
});
new aws.cloudwatch.LogDelivery("api", {
  region,
  deliverySourceName: source.name,
  deliveryDestinationArn: destination.arn,
  recordFields: [
    "timestamp",
    "c-ip",
    "cs-method",
    "cs-uri-stem",
    "sc-status",
    "x-edge-result-type",
    "x-edge-request-id",
  ],
});

/** Where the DNS record of the host must point. */
export const target = distribution.domainName;
/** The two logs: what was stopped at the edge, and who tried to come around it. */
export const logGroups = [edge.logGroupName, door.logGroupName];
