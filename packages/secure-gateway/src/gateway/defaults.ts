import { ExecutionLogLevel, QuotaPeriod, type ThrottlingArgs } from "./args.ts";

/** What an option is where it is not given. The reason of each number stands beside its option in args.ts, or here. */
export const DEFAULTS = {
  stageName: "live",
  /** AWS's own default of 300 seconds is too long for a revocation; see `AuthorizerArgs.resultTtlSeconds`. */
  resultTtlSeconds: 60,
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html: the most that needs no quota increase. */
  integrationTimeoutMilliseconds: 29_000,
  throttling: { rateLimit: 50, burstLimit: 100 } satisfies ThrottlingArgs,
  executionLogLevel: ExecutionLogLevel.Error,
  /** Three months: long enough to look back from a slow disclosure; PCI DSS 10.5.1 asks for three at hand. */
  logRetentionDays: 90,
  quotaPeriod: QuotaPeriod.Month,
} as const;

/** What no option changes. */
export const FIXED = {
  /** Regional: a web ACL of the region sees every request, and there is no CloudFront in front that is not ours. */
  endpointType: "REGIONAL",
  /** An API key is read from the header, never from an authorizer's answer. */
  apiKeySource: "HEADER",
  /** Request and response data, tokens among them, are never written to the execution log. */
  dataTraceEnabled: false,
  metricsEnabled: true,
  /** A cache of answers that ignores the caller's identity hands one caller's answer to another. */
  cachingEnabled: false,
  xrayTracingEnabled: true,
} as const;
