import {
  CreateDistributionCommand,
  CreateOriginAccessControlCommand,
  CreateResponseHeadersPolicyCommand,
  DeleteDistributionCommand,
  DeleteOriginAccessControlCommand,
  DeleteResponseHeadersPolicyCommand,
  type DistributionConfig,
  GetDistributionConfigCommand,
  GetOriginAccessControlConfigCommand,
  GetResponseHeadersPolicyConfigCommand,
  type OriginAccessControlConfig,
  type ResponseHeadersPolicyConfig,
  UpdateDistributionCommand,
} from "@aws-sdk/client-cloudfront";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing } from "./values.ts";

interface Origin {
  originId: string;
  domainName: string;
  originPath?: string;
  originAccessControlId?: string;
  customHeaders?: { name: string; value: string }[];
  customOriginConfig?: {
    httpPort: number;
    httpsPort: number;
    originProtocolPolicy: "https-only";
    originSslProtocols: "TLSv1.2"[];
    originReadTimeout?: number;
  };
}

interface Behavior {
  pathPattern?: string;
  targetOriginId: string;
  viewerProtocolPolicy: "https-only";
  allowedMethods: "GET"[];
  cachedMethods: "GET"[];
  compress?: boolean;
  cachePolicyId?: string;
  originRequestPolicyId?: string;
  responseHeadersPolicyId?: string;
}

interface DistributionInputs extends Properties {
  comment?: string;
  enabled: boolean;
  isIpv6Enabled?: boolean;
  httpVersion?: "http2and3";
  priceClass?: "PriceClass_100";
  aliases?: string[];
  defaultRootObject?: string;
  webAclId?: string;
  viewerCertificate: {
    cloudfrontDefaultCertificate?: boolean;
    acmCertificateArn?: string;
    sslSupportMethod?: "sni-only";
    minimumProtocolVersion?: "TLSv1.2_2021";
  };
  origins: Origin[];
  defaultCacheBehavior: Behavior;
  orderedCacheBehaviors?: Behavior[];
}

/** A list as CloudFront's API wants it. */
function counted<T>(Items: T[] | undefined): { Quantity: number; Items: T[] } {
  return { Quantity: Items?.length ?? 0, Items: Items ?? [] };
}

function origin({
  originId,
  domainName,
  originPath,
  originAccessControlId,
  customHeaders,
  customOriginConfig,
}: Origin) {
  return {
    Id: originId,
    DomainName: domainName,
    OriginPath: originPath ?? "",
    OriginAccessControlId: originAccessControlId ?? "",
    CustomHeaders: counted(customHeaders?.map(({ name, value }) => ({ HeaderName: name, HeaderValue: value }))),
    ...(customOriginConfig === undefined
      ? { S3OriginConfig: { OriginAccessIdentity: "" } }
      : {
          CustomOriginConfig: {
            HTTPPort: customOriginConfig.httpPort,
            HTTPSPort: customOriginConfig.httpsPort,
            OriginProtocolPolicy: customOriginConfig.originProtocolPolicy,
            OriginSslProtocols: counted(customOriginConfig.originSslProtocols),
            OriginReadTimeout: customOriginConfig.originReadTimeout ?? 30,
          },
        }),
  };
}

function behavior(inputs: Behavior) {
  return {
    TargetOriginId: inputs.targetOriginId,
    ViewerProtocolPolicy: inputs.viewerProtocolPolicy,
    AllowedMethods: { ...counted(inputs.allowedMethods), CachedMethods: counted(inputs.cachedMethods) },
    Compress: inputs.compress ?? false,
    CachePolicyId: inputs.cachePolicyId,
    OriginRequestPolicyId: inputs.originRequestPolicyId,
    ResponseHeadersPolicyId: inputs.responseHeadersPolicyId,
  };
}

function distributionConfig(inputs: DistributionInputs, CallerReference: string): DistributionConfig {
  const { viewerCertificate: certificate } = inputs;
  return {
    CallerReference,
    Comment: inputs.comment ?? "",
    Enabled: inputs.enabled,
    IsIPV6Enabled: inputs.isIpv6Enabled,
    HttpVersion: inputs.httpVersion,
    PriceClass: inputs.priceClass,
    Aliases: counted(inputs.aliases),
    DefaultRootObject: inputs.defaultRootObject ?? "",
    WebACLId: inputs.webAclId ?? "",
    ViewerCertificate: {
      CloudFrontDefaultCertificate: certificate.cloudfrontDefaultCertificate,
      ACMCertificateArn: certificate.acmCertificateArn,
      SSLSupportMethod: certificate.sslSupportMethod,
      MinimumProtocolVersion: certificate.minimumProtocolVersion,
    },
    Origins: counted(inputs.origins.map(origin)),
    DefaultCacheBehavior: behavior(inputs.defaultCacheBehavior),
    CacheBehaviors: counted(
      (inputs.orderedCacheBehaviors ?? []).map((one) => ({ PathPattern: one.pathPattern ?? "", ...behavior(one) })),
    ),
  };
}

const distribution = handler<DistributionInputs>({
  async create(inputs, { clients, physicalName }) {
    const { Distribution } = await clients.cloudFront.send(
      new CreateDistributionCommand({ DistributionConfig: distributionConfig(inputs, physicalName()) }),
    );
    const { Id, ARN, DomainName } = Distribution ?? {};
    return { id: Id as string, outputs: { arn: ARN, domainName: DomainName, hostedZoneId: "Z2FDTNDATAQYW2" } };
  },
  async update(Id, olds, news, { clients }) {
    const { ETag, DistributionConfig: before } = await clients.cloudFront.send(
      new GetDistributionConfigCommand({ Id }),
    );
    const DistributionConfig = distributionConfig(news, before?.CallerReference as string);
    await clients.cloudFront.send(new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig }));
    return { id: Id, outputs: { arn: olds.arn, domainName: olds.domainName, hostedZoneId: olds.hostedZoneId } };
  },
  async delete(Id, _olds, { clients }) {
    const { cloudFront } = clients;
    await ignoreMissing(
      (async () => {
        const { ETag, DistributionConfig } = await cloudFront.send(new GetDistributionConfigCommand({ Id }));
        // Only one that is off can be deleted.
        const off = { ...(DistributionConfig as DistributionConfig), Enabled: false };
        const changed = await cloudFront.send(
          new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig: off }),
        );
        await cloudFront.send(new DeleteDistributionCommand({ Id, IfMatch: changed.ETag }));
      })(),
    );
  },
});

interface AccessInputs {
  name?: string;
  description?: string;
  originAccessControlOriginType: "s3";
  signingBehavior: "always";
  signingProtocol: "sigv4";
}

const originAccessControl = handler<AccessInputs>({
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(64);
    const config: OriginAccessControlConfig = {
      Name: name,
      Description: inputs.description ?? "",
      OriginAccessControlOriginType: inputs.originAccessControlOriginType,
      SigningBehavior: inputs.signingBehavior,
      SigningProtocol: inputs.signingProtocol,
    };
    const made = await clients.cloudFront.send(
      new CreateOriginAccessControlCommand({ OriginAccessControlConfig: config }),
    );
    return { id: made.OriginAccessControl?.Id as string, outputs: { name } };
  },
  async delete(Id, _olds, { clients: { cloudFront } }) {
    await ignoreMissing(
      (async () => {
        const { ETag } = await cloudFront.send(new GetOriginAccessControlConfigCommand({ Id }));
        await cloudFront.send(new DeleteOriginAccessControlCommand({ Id, IfMatch: ETag }));
      })(),
    );
  },
});

interface HeadersInputs {
  name?: string;
  comment?: string;
  securityHeadersConfig?: {
    contentSecurityPolicy?: { contentSecurityPolicy: string; override: boolean };
    contentTypeOptions?: { override: boolean };
    frameOptions?: { frameOption: "DENY"; override: boolean };
    referrerPolicy?: { referrerPolicy: "same-origin"; override: boolean };
    strictTransportSecurity?: {
      accessControlMaxAgeSec: number;
      includeSubdomains?: boolean;
      preload?: boolean;
      override: boolean;
    };
  };
  customHeadersConfig?: { items?: { header: string; value: string; override: boolean }[] };
  removeHeadersConfig?: { items?: { header: string }[] };
}

function headersConfig(inputs: HeadersInputs, Name: string): ResponseHeadersPolicyConfig {
  const security = inputs.securityHeadersConfig;
  const [policy, type, frame, referrer, transport] = [
    security?.contentSecurityPolicy,
    security?.contentTypeOptions,
    security?.frameOptions,
    security?.referrerPolicy,
    security?.strictTransportSecurity,
  ];
  return {
    Name,
    Comment: inputs.comment ?? "",
    SecurityHeadersConfig: security && {
      ...(policy && {
        ContentSecurityPolicy: { Override: policy.override, ContentSecurityPolicy: policy.contentSecurityPolicy },
      }),
      ...(type && { ContentTypeOptions: { Override: type.override } }),
      ...(frame && { FrameOptions: { Override: frame.override, FrameOption: frame.frameOption } }),
      ...(referrer && { ReferrerPolicy: { Override: referrer.override, ReferrerPolicy: referrer.referrerPolicy } }),
      ...(transport && {
        StrictTransportSecurity: {
          Override: transport.override,
          AccessControlMaxAgeSec: transport.accessControlMaxAgeSec,
          IncludeSubdomains: transport.includeSubdomains ?? false,
          Preload: transport.preload ?? false,
        },
      }),
    },
    CustomHeadersConfig:
      inputs.customHeadersConfig &&
      counted(
        inputs.customHeadersConfig.items?.map(({ header, value, override }) => ({
          Header: header,
          Value: value,
          Override: override,
        })),
      ),
    RemoveHeadersConfig:
      inputs.removeHeadersConfig &&
      counted(inputs.removeHeadersConfig.items?.map(({ header }) => ({ Header: header }))),
  };
}

const responseHeadersPolicy = handler<HeadersInputs & Properties>({
  async create(inputs, { clients, physicalName }: HandlerContext) {
    const name = inputs.name ?? physicalName(128);
    const made = await clients.cloudFront.send(
      new CreateResponseHeadersPolicyCommand({ ResponseHeadersPolicyConfig: headersConfig(inputs, name) }),
    );
    return { id: made.ResponseHeadersPolicy?.Id as string, outputs: { name, etag: made.ETag } };
  },
  async delete(Id, _olds, { clients: { cloudFront } }) {
    await ignoreMissing(
      (async () => {
        const { ETag } = await cloudFront.send(new GetResponseHeadersPolicyConfigCommand({ Id }));
        await cloudFront.send(new DeleteResponseHeadersPolicyCommand({ Id, IfMatch: ETag }));
      })(),
    );
  },
});

/** CloudFront. The emulator serves a distribution: behaviors, policies of headers, and a bucket that only its distribution reads. It keeps no cache. */
export const cloudfront: ServiceHandlers = {
  types: {
    "aws:cloudfront/distribution:Distribution": distribution,
    "aws:cloudfront/originAccessControl:OriginAccessControl": originAccessControl,
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": responseHeadersPolicy,
  },
};
