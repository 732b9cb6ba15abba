import { ExecutionLogLevel, QuotaPeriod, type ThrottlingArgs } from "./args.ts";
import { CacheClusterSize } from "./cache-args.ts";
import { TlsPolicy } from "./domain-args.ts";

/** What an option is where it is not given. The reason of each number stands beside its option in args.ts, or here. */
export const DEFAULTS = {
  stageName: "live",
  /** AWS's own default of 300 seconds is too long for a revocation; see `AuthorizerArgs.resultTtlSeconds`. */
  resultTtlSeconds: 30,
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html: the most that needs no quota increase. */
  integrationTimeoutMilliseconds: 29_000,
  throttling: { rateLimit: 50, burstLimit: 100 } satisfies ThrottlingArgs,
  executionLogLevel: ExecutionLogLevel.Error,
  /** Three months: long enough to look back from a slow disclosure; PCI DSS 10.5.1 asks for three at hand. */
  logRetentionDays: 90,
  quotaPeriod: QuotaPeriod.Month,
  /**
   * AWS's own default for a regional API accepts TLS 1.0. Partners' machines may not speak TLS 1.3; with forward secrecy 1.2 is no less
   * (APIGateway.11 takes both).
   */
  tlsPolicy: TlsPolicy.Tls12PfsPq,
  corsMaxAgeSeconds: 600,
  cacheClusterSize: CacheClusterSize.Gb05,
} as const;

/** What no option changes. */
export const FIXED = {
  /** Regional: a web ACL of the region sees every request, and there is no CloudFront in front that is not ours. */
  endpointType: "REGIONAL",
  /** Of a private API. */
  privateEndpointType: "PRIVATE",
  /** The name of the handshake must be the request's host: no address stands in front of another. */
  endpointAccessMode: "STRICT",
  /** AWS has none of its newer TLS policies for a domain with mutual TLS. */
  mutualTlsPolicy: "TLS_1_2",
  /** An API key is read from the header, never from an authorizer's answer. */
  apiKeySource: "HEADER",
  /** Request and response data, tokens among them, are never written to the execution log. */
  dataTraceEnabled: false,
  metricsEnabled: true,
  /** What `responseCache` does not name is not kept. */
  cachingEnabled: false,
  /** What is kept is encrypted (APIGateway.5). */
  cacheDataEncrypted: true,
  /** A caller may renew an answer only with the permission `execute-api:InvalidateCache`; any other gets 403, not an old answer. */
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403",
  xrayTracingEnabled: true,
} as const;
