import type { ExistingLogGroup, FunctionRef } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import type { ResponseCacheArgs } from "./cache-args.ts";
import type { CorsArgs } from "./cors-args.ts";
import type { CustomDomainArgs, TlsPolicy } from "./domain-args.ts";
import type { PrivateAccessArgs } from "./private-args.ts";

/** How much API Gateway writes to the stage's execution log. Request and response data are never written, at either level. */
export enum ExecutionLogLevel {
  /** Errors only. */
  Error = "ERROR",
  /** Errors and each step of a request. */
  Info = "INFO",
}

/** The period in which a usage plan's quota counts. */
export enum QuotaPeriod {
  Day = "DAY",
  Week = "WEEK",
  Month = "MONTH",
}

/** The Lambda function that decides who may call, and how long its answers are kept. */
export interface AuthorizerArgs {
  /**
   * The function: a `HardenedFunction` of the authorizer's bundle, or three strings of a function that exists already. It answers
   * every authorizer of the document, and must return a policy over all operations that the caller may call: API Gateway keeps
   * the policy, not the answer for one method.
   */
  function: FunctionRef;
  /**
   * Seconds that API Gateway keeps a policy for the same token or cookie, a whole number from 0 to 3600; 0 asks the function for
   * each request. What the function would refuse by now is still accepted for this long. The default is 30: a burst of a page or
   * a batch costs one decision, and with what the function itself keeps, a revocation is felt within a minute.
   *
   * @default 30
   */
  resultTtlSeconds?: number;
  /**
   * True where the function is another account's or region's, whose owner permits this API to ask it (`SharedAuthorizer`): no permission is
   * made here, which this account may not make. It must be a literal. The default is false.
   *
   * @default false
   */
  permittedElsewhere?: boolean;
}

/** How many requests are accepted. More are answered with 429. */
export interface ThrottlingArgs {
  /** Requests a second on average: a number of at least 0, where 0 refuses all. */
  rateLimit: number;
  /** Requests that may arrive at once: a whole number of at least 0, where 0 refuses all. */
  burstLimit: number;
}

/** The web ACL in front of the stage. */
export interface FirewallArgs {
  /** The ARN of a regional WAFv2 web ACL of the same account and region. */
  webAclArn: pulumi.Input<string>;
}

/**
 * Metering by API key. It identifies a customer for counting; it is neither authentication nor a limit to rely on, because AWS
 * enforces usage plans on a best-effort basis.
 */
export interface UsagePlanArgs {
  /** Requests that a key may make in a period: a whole number of at least 1. The default is no quota. */
  quotaLimit?: number;
  /**
   * The period in which `quotaLimit` counts. The default is a month.
   *
   * @default QuotaPeriod.Month
   */
  quotaPeriod?: QuotaPeriod;
  /** Throttling for each key. The default is none beyond the stage's. */
  throttling?: ThrottlingArgs;
  /**
   * Throttling for each key on single operations, by `operationId`, in the place of `throttling`: only of operations with an authorizer,
   * since the others ask for no key. It must be a literal record. The default is none.
   *
   * @example `{ operationThrottling: { placeOrder: { rateLimit: 5, burstLimit: 10 } } }`
   */
  operationThrottling?: Record<string, ThrottlingArgs>;
}

/** The arguments of `SecureGateway`. */
export interface SecureGatewayArgs {
  /**
   * The API's contract: a parsed OpenAPI 3.0 document. It must be a literal, not an Output, because its operations decide which
   * resources exist. Every operation needs an `operationId`, a function, an authorizer (or the written reason
   * `x-palisade-unauthenticated`) and a schema for each body and parameter. A change of any of it deploys the API again.
   *
   * @example `{ apiDocument: parse(readFileSync("openapi.yaml", "utf8")) }`
   */
  // biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is JSON of many shapes, and Pulumi's schema analyzer accepts `any` only
  apiDocument: any;

  /**
   * The function of each operation, by `operationId`: every operation of the document, and no other. It must be a literal record;
   * several operations may share one function. Each function gets one permission an operation, for that method and path only.
   *
   * @example `{ functions: { searchProducts: catalog, placeOrder: orders } }`
   */
  functions: Record<string, FunctionRef>;

  /**
   * The Lambda authorizer of every security scheme of the document: a bearer scheme is asked with the header `Authorization`, a
   * cookie scheme with the header `Cookie`. A request without that header is answered with 401 and the function is not called.
   *
   * @example `{ authorizer: { function: authorizer, resultTtlSeconds: 0 } }`
   */
  authorizer: AuthorizerArgs;

  /**
   * The stage's name, a part of its URL and of the permissions: letters, digits, hyphens and underscores, at most 128, a literal.
   * Changing this replaces the stage. The default is `live`.
   *
   * @default "live"
   */
  stageName?: string;

  /** What the API is, shown in the console. The default is the document's title. */
  description?: pulumi.Input<string>;

  /**
   * The API's resource policy, as JSON: who may call it at all, for example from which addresses. A change deploys the API again,
   * since AWS applies a policy on deployment only. A condition on a key that only IAM's authorization fills, such as
   * `aws:PrincipalOrgID`, is refused: the callers of this API are authorized by its authorizers, so the key is never there. The default
   * is none: every caller reaches the authorizers.
   *
   * @example `{ resourcePolicyJson: JSON.stringify({ Version: "2012-10-17", Statement: [] }) }`
   */
  resourcePolicyJson?: pulumi.Input<string>;

  /**
   * Makes the API private: only named VPC endpoints or VPCs reach it. Its presence must be a literal. Changing it deploys the API
   * again. The default is a regional API, which the internet reaches.
   *
   * @example `{ privateAccess: { vpcEndpointIds: [endpoint.id] } }`
   */
  privateAccess?: PrivateAccessArgs;

  /**
   * TLS versions and cipher suites that the API accepts, at each of its addresses: also behind a custom domain it is the API's policy
   * that the handshake follows. The address of the handshake must be the request's (`endpointAccessMode` STRICT). AWS takes about
   * 15 minutes to apply a change. Refused beside `customDomain.mutualTls`, for which AWS has `TLS_1_2` only. The default is TLS 1.3, and
   * TLS 1.2 with forward secrecy.
   *
   * @default TlsPolicy.Tls12PfsPq
   */
  tlsPolicy?: TlsPolicy;

  /**
   * A domain of your own in front of the API. Its presence must be a literal. With it the API's own `execute-api` address is switched
   * off. The default is none.
   *
   * @example `{ customDomain: { domainName: "api.example.com", certificateArn: certificate.arn } }`
   */
  customDomain?: CustomDomainArgs;

  /**
   * True answers 403 at the API's own `execute-api` address, so that a custom domain (its TLS policy, its mutual TLS) cannot be
   * passed by. A change deploys the API again, since AWS applies it on deployment only. The default is true with a custom domain, and
   * false without one, because then there is no other address.
   */
  disableExecuteApiEndpoint?: pulumi.Input<boolean>;

  /**
   * Why the `execute-api` address stays open beside a custom domain, where `disableExecuteApiEndpoint` is false: what is written here
   * becomes the tag `palisade:lowered:default-endpoint`. The default is none, and false is refused.
   */
  allowDefaultEndpoint?: string;

  /**
   * Which page of another origin may call the API from a browser. Its presence must be a literal. Preflights are then answered on each
   * path, and what API Gateway answers by itself has the same headers; the functions must send `Access-Control-Allow-Origin` with
   * their answers. A change deploys the API again. The default is none: only pages of the API's own origin.
   *
   * @example `{ cors: { origin: "https://partners.example.com" } }`
   */
  cors?: CorsArgs;

  /**
   * Keeps the answers of single GET operations, encrypted. Its presence must be a literal. The default is no cache, which costs
   * nothing and repeats no answer.
   *
   * @example `{ responseCache: { operations: { listPublicProducts: { ttlSeconds: 300 } } } }`
   */
  responseCache?: ResponseCacheArgs;

  /**
   * Why an import may leave out parts of the document with a warning. By default API Gateway refuses a document that it has a warning
   * about, since what it leaves out may be a check. What is written here becomes the tag `palisade:lowered:import-warnings`.
   */
  allowImportWarnings?: string;

  /**
   * The id of a client certificate that exists already, by which a backend knows that this API calls, in the place of one that is
   * made here (an account has at most 60 in a region). The default is to make one, which AWS ends after 365 days.
   */
  existingClientCertificateId?: pulumi.Input<string>;

  /**
   * Bytes from which responses are compressed: a whole number from 0 to 10485760. The default is no compression, since compressing a
   * response that holds both a secret and a caller's text can reveal the secret (BREACH).
   */
  minimumCompressionBytes?: pulumi.Input<number>;

  /**
   * Media types whose bodies are handed on as bytes, for example `image/png`. Wildcards are refused, since JSON bodies would then
   * reach no model. The default is none.
   */
  binaryMediaTypes?: string[];

  /**
   * Milliseconds that API Gateway waits for a function, a whole number from 50 to 29000; later the caller gets 504. The default is
   * 29000, which is API Gateway's own; a function has its own, shorter timeout.
   *
   * @default 29000
   */
  integrationTimeoutMilliseconds?: number;

  /**
   * Throttling of each operation, all callers together. The default is 50 requests a second and a burst of 100: a small part of an
   * account's 10000, so that a flooded API does not starve the account's others.
   *
   * @default { rateLimit: 50, burstLimit: 100 }
   */
  throttling?: ThrottlingArgs;

  /**
   * Throttling of single operations, by `operationId`, in the place of `throttling`. It must be a literal record. The default is none.
   *
   * @example `{ operationThrottling: { signIn: { rateLimit: 5, burstLimit: 10 } } }`
   */
  operationThrottling?: Record<string, ThrottlingArgs>;

  /**
   * How much API Gateway writes to the execution log. It writes only where the account has API Gateway's CloudWatch role, which
   * exists once an account and region and is not made here. The default is errors only.
   *
   * @default ExecutionLogLevel.Error
   */
  executionLogLevel?: ExecutionLogLevel;

  /**
   * Days that the access log and the execution log are kept: a number that CloudWatch Logs accepts (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180,
   * 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653). The default is 90.
   *
   * @default 90
   */
  logRetentionDays?: pulumi.Input<number>;

  /**
   * The ARN of the KMS key that encrypts both log groups. Its key policy must let CloudWatch Logs use it. The default is CloudWatch
   * Logs' own encryption.
   */
  kmsKeyArn?: pulumi.Input<string>;

  /** An existing log group for the access log, in the place of one that is made here. The default is to make one. */
  existingAccessLogGroup?: ExistingLogGroup;

  /**
   * The web ACL to put in front of the stage. Its presence, which must be a literal, decides whether an association exists. The
   * default is none.
   *
   * @example `{ firewall: { webAclArn: firewall.webAclArn } }`
   */
  firewall?: FirewallArgs;

  /**
   * Metering by API key: every operation with an authorizer then needs a key of this plan, in the header `x-api-key`, besides its
   * token. Its presence must be a literal. The keys are the deployer's. The default is no usage plan.
   *
   * @example `{ usagePlan: { quotaLimit: 100000, quotaPeriod: QuotaPeriod.Month } }`
   */
  usagePlan?: UsagePlanArgs;

  /** Tags of the team's own, for every resource that can be tagged. The default is none besides ours. */
  teamTags?: Record<string, pulumi.Input<string>>;
}
