export type { ExistingLogGroup } from "@palisade/core";
export {
  type AuthorizerArgs,
  ExecutionLogLevel,
  type FirewallArgs,
  QuotaPeriod,
  type SecureGatewayArgs,
  type ThrottlingArgs,
  type UsagePlanArgs,
} from "./gateway/args.ts";
export { CacheClusterSize, type CachedOperationArgs, type ResponseCacheArgs } from "./gateway/cache-args.ts";
export type { CorsArgs } from "./gateway/cors-args.ts";
export { type CustomDomainArgs, type MutualTlsArgs, TlsPolicy } from "./gateway/domain-args.ts";
export type { PrivateAccessArgs } from "./gateway/private-args.ts";
export { SecureGateway } from "./gateway/secure-gateway.ts";
export { type Bindings, gatewayBody } from "./openapi/body.ts";
export type { CorsPolicy } from "./openapi/cors.ts";
export { type Operation, operationsOf } from "./openapi/operations.ts";
export type { PolicyStoreArgs, PolicyStoreUserPool } from "./policy-store/args.ts";
export { readPolicies } from "./policy-store/policies.ts";
export { PolicyStore } from "./policy-store/policy-store.ts";
export { cedarSchema } from "./policy-store/schema.ts";
export type { RevocationTableArgs } from "./revocations/args.ts";
export { RevocationTable } from "./revocations/revocation-table.ts";
export { knownApis } from "./shared-authorizer/apis.ts";
export type { SharedAuthorizerArgs } from "./shared-authorizer/args.ts";
export { SharedAuthorizer } from "./shared-authorizer/shared-authorizer.ts";
export {
  type ExistingUserPool,
  type ManagedLoginArgs,
  MfaMode,
  ThreatProtection,
  type UserPoolArgs,
} from "./user-pool/args.ts";
export { UserPool } from "./user-pool/user-pool.ts";
