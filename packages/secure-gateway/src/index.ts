export {
  type AuthorizerArgs,
  ExecutionLogLevel,
  type ExistingLogGroup,
  type FirewallArgs,
  QuotaPeriod,
  type SecureGatewayArgs,
  type ThrottlingArgs,
  type UsagePlanArgs,
} from "./gateway/args.ts";
export { type ExistingUserPool, MfaMode, ThreatProtection, type UserPoolArgs } from "./user-pool/args.ts";
