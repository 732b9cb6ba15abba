import type { Rule } from "./model.ts";
import apigatewayAccessLogNoSecrets from "./rules/apigateway/apigateway-access-log-no-secrets.ts";
import apigatewayAuthorizerCache from "./rules/apigateway/apigateway-authorizer-cache.ts";
import apigatewayCacheEncrypted from "./rules/apigateway/apigateway-cache-encrypted.ts";
import apigatewayDeploymentTriggers from "./rules/apigateway/apigateway-deployment-triggers.ts";
import apigatewayDomainTls from "./rules/apigateway/apigateway-domain-tls.ts";
import apigatewayExecutionLogging from "./rules/apigateway/apigateway-execution-logging.ts";
import apigatewayIntegrationHttps from "./rules/apigateway/apigateway-integration-https.ts";
import apigatewayMethodAuthorization from "./rules/apigateway/apigateway-method-authorization.ts";
import apigatewayMethodThrottling from "./rules/apigateway/apigateway-method-throttling.ts";
import apigatewayMethodValidator from "./rules/apigateway/apigateway-method-validator.ts";
import apigatewayNoDataTrace from "./rules/apigateway/apigateway-no-data-trace.ts";
import apigatewayOperationAuthorizer from "./rules/apigateway/apigateway-operation-authorizer.ts";
import apigatewayOperationModel from "./rules/apigateway/apigateway-operation-model.ts";
import apigatewayOperationValidator from "./rules/apigateway/apigateway-operation-validator.ts";
import apigatewayRequestValidatorComplete from "./rules/apigateway/apigateway-request-validator-complete.ts";
import apigatewayStageAccessLog from "./rules/apigateway/apigateway-stage-access-log.ts";
import apigatewayStageSettings from "./rules/apigateway/apigateway-stage-settings.ts";
import apigatewayStageTracing from "./rules/apigateway/apigateway-stage-tracing.ts";
import apigatewayStageWebAcl from "./rules/apigateway/apigateway-stage-web-acl.ts";
import apigatewayV2PrivateIntegrationTls from "./rules/apigateway/apigateway-v2-private-integration-tls.ts";
import apigatewayV2RouteAuthorization from "./rules/apigateway/apigateway-v2-route-authorization.ts";
import cognitoClientAuthFlows from "./rules/cognito/cognito-client-auth-flows.ts";
import cognitoClientTokenRevocation from "./rules/cognito/cognito-client-token-revocation.ts";
import cognitoClientTokenValidity from "./rules/cognito/cognito-client-token-validity.ts";
import cognitoClientUserExistence from "./rules/cognito/cognito-client-user-existence.ts";
import cognitoDeletionProtection from "./rules/cognito/cognito-deletion-protection.ts";
import cognitoIdentityPoolGuests from "./rules/cognito/cognito-identity-pool-guests.ts";
import cognitoMfa from "./rules/cognito/cognito-mfa.ts";
import cognitoNoSelfSignUp from "./rules/cognito/cognito-no-self-sign-up.ts";
import cognitoPasswordPolicy from "./rules/cognito/cognito-password-policy.ts";
import cognitoThreatProtection from "./rules/cognito/cognito-threat-protection.ts";
import iamActionWildcard from "./rules/iam/iam-action-wildcard.ts";
import iamKmsDecryptEverything from "./rules/iam/iam-kms-decrypt-everything.ts";
import iamNoAccessKeys from "./rules/iam/iam-no-access-keys.ts";
import iamNoAdministrator from "./rules/iam/iam-no-administrator.ts";
import iamNoBroadManagedPolicy from "./rules/iam/iam-no-broad-managed-policy.ts";
import iamNoNotAction from "./rules/iam/iam-no-not-action.ts";
import iamNoServiceWildcard from "./rules/iam/iam-no-service-wildcard.ts";
import iamNoUserPolicies from "./rules/iam/iam-no-user-policies.ts";
import iamPassRole from "./rules/iam/iam-pass-role.ts";
import iamPrivilegeEscalation from "./rules/iam/iam-privilege-escalation.ts";
import iamResourceWildcard from "./rules/iam/iam-resource-wildcard.ts";
import iamTrustConfusedDeputy from "./rules/iam/iam-trust-confused-deputy.ts";
import iamTrustPublic from "./rules/iam/iam-trust-public.ts";
import lambdaEnvironmentSecrets from "./rules/lambda/lambda-environment-secrets.ts";
import lambdaLogGroup from "./rules/lambda/lambda-log-group.ts";
import lambdaNetworkZones from "./rules/lambda/lambda-network-zones.ts";
import lambdaPermissionPublic from "./rules/lambda/lambda-permission-public.ts";
import lambdaPermissionSource from "./rules/lambda/lambda-permission-source.ts";
import lambdaRoleOfItsOwn from "./rules/lambda/lambda-role-of-its-own.ts";
import lambdaRuntimeSupported from "./rules/lambda/lambda-runtime-supported.ts";
import lambdaTagged from "./rules/lambda/lambda-tagged.ts";
import lambdaTracing from "./rules/lambda/lambda-tracing.ts";
import lambdaUrlAuthorization from "./rules/lambda/lambda-url-authorization.ts";
import loweredFloor from "./rules/palisade/lowered-floor.ts";

/** Every rule, by id. A rule that is not in this list does not run; the registry's test compares it with the files. */
export const RULES: readonly Rule[] = [
  apigatewayAccessLogNoSecrets,
  apigatewayAuthorizerCache,
  apigatewayCacheEncrypted,
  apigatewayDeploymentTriggers,
  apigatewayDomainTls,
  apigatewayExecutionLogging,
  apigatewayIntegrationHttps,
  apigatewayMethodAuthorization,
  apigatewayMethodThrottling,
  apigatewayMethodValidator,
  apigatewayNoDataTrace,
  apigatewayOperationAuthorizer,
  apigatewayOperationModel,
  apigatewayOperationValidator,
  apigatewayRequestValidatorComplete,
  apigatewayStageAccessLog,
  apigatewayStageSettings,
  apigatewayStageTracing,
  apigatewayStageWebAcl,
  apigatewayV2PrivateIntegrationTls,
  apigatewayV2RouteAuthorization,
  cognitoClientAuthFlows,
  cognitoClientTokenRevocation,
  cognitoClientTokenValidity,
  cognitoClientUserExistence,
  cognitoDeletionProtection,
  cognitoIdentityPoolGuests,
  cognitoMfa,
  cognitoNoSelfSignUp,
  cognitoPasswordPolicy,
  cognitoThreatProtection,
  iamActionWildcard,
  iamKmsDecryptEverything,
  iamNoAccessKeys,
  iamNoAdministrator,
  iamNoBroadManagedPolicy,
  iamNoNotAction,
  iamNoServiceWildcard,
  iamNoUserPolicies,
  iamPassRole,
  iamPrivilegeEscalation,
  iamResourceWildcard,
  iamTrustConfusedDeputy,
  iamTrustPublic,
  lambdaEnvironmentSecrets,
  lambdaLogGroup,
  lambdaNetworkZones,
  lambdaPermissionPublic,
  lambdaPermissionSource,
  lambdaRoleOfItsOwn,
  lambdaRuntimeSupported,
  lambdaTagged,
  lambdaTracing,
  lambdaUrlAuthorization,
  loweredFloor,
];
