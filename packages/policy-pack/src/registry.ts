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
import cloudtrailEnabled from "./rules/cloudtrail/cloudtrail-enabled.ts";
import cloudtrailEncrypted from "./rules/cloudtrail/cloudtrail-encrypted.ts";
import cloudtrailEveryRegion from "./rules/cloudtrail/cloudtrail-every-region.ts";
import cloudtrailValidation from "./rules/cloudtrail/cloudtrail-validation.ts";
import logGroupRetention from "./rules/cloudwatch/log-group-retention.ts";
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
import dynamodbDeletionProtection from "./rules/dynamodb/dynamodb-deletion-protection.ts";
import dynamodbRecovery from "./rules/dynamodb/dynamodb-recovery.ts";
import dynamodbScaling from "./rules/dynamodb/dynamodb-scaling.ts";
import defaultSecurityGroupClosed from "./rules/ec2/default-security-group-closed.ts";
import securityGroupEgress from "./rules/ec2/security-group-egress.ts";
import securityGroupIngress from "./rules/ec2/security-group-ingress.ts";
import subnetNoPublicAddresses from "./rules/ec2/subnet-no-public-addresses.ts";
import vpcFlowLogs from "./rules/ec2/vpc-flow-logs.ts";
import guarddutyEnabled from "./rules/guardduty/guardduty-enabled.ts";
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
import kmsPolicyPublic from "./rules/kms/kms-policy-public.ts";
import kmsRotation from "./rules/kms/kms-rotation.ts";
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
import rdsBackupRetention from "./rules/rds/rds-backup-retention.ts";
import rdsCopyTags from "./rules/rds/rds-copy-tags.ts";
import rdsCustomAdministrator from "./rules/rds/rds-custom-administrator.ts";
import rdsDeletionProtection from "./rules/rds/rds-deletion-protection.ts";
import rdsEncrypted from "./rules/rds/rds-encrypted.ts";
import rdsEnhancedMonitoring from "./rules/rds/rds-enhanced-monitoring.ts";
import rdsFinalSnapshot from "./rules/rds/rds-final-snapshot.ts";
import rdsIamAuthentication from "./rules/rds/rds-iam-authentication.ts";
import rdsLogsExported from "./rules/rds/rds-logs-exported.ts";
import rdsManagedPassword from "./rules/rds/rds-managed-password.ts";
import rdsMinorUpgrades from "./rules/rds/rds-minor-upgrades.ts";
import rdsMultipleInstances from "./rules/rds/rds-multiple-instances.ts";
import rdsNotPublic from "./rules/rds/rds-not-public.ts";
import rdsOwnPort from "./rules/rds/rds-own-port.ts";
import rdsProxyTls from "./rules/rds/rds-proxy-tls.ts";
import rdsTlsRequired from "./rules/rds/rds-tls-required.ts";
import s3NoAcl from "./rules/s3/s3-no-acl.ts";
import s3PolicyPublic from "./rules/s3/s3-policy-public.ts";
import s3PublicAccessBlock from "./rules/s3/s3-public-access-block.ts";
import s3TlsOnly from "./rules/s3/s3-tls-only.ts";
import s3Versioning from "./rules/s3/s3-versioning.ts";
import secretsmanagerPolicyPublic from "./rules/secretsmanager/secretsmanager-policy-public.ts";
import secretsmanagerRecovery from "./rules/secretsmanager/secretsmanager-recovery.ts";
import secretsmanagerRotation from "./rules/secretsmanager/secretsmanager-rotation.ts";
import snsEncrypted from "./rules/sns/sns-encrypted.ts";
import snsPolicyPublic from "./rules/sns/sns-policy-public.ts";
import sqsEncrypted from "./rules/sqs/sqs-encrypted.ts";
import sqsPolicyPublic from "./rules/sqs/sqs-policy-public.ts";
import wafv2HasRules from "./rules/wafv2/wafv2-has-rules.ts";
import wafv2LogRedaction from "./rules/wafv2/wafv2-log-redaction.ts";
import wafv2Logging from "./rules/wafv2/wafv2-logging.ts";
import wafv2Oversize from "./rules/wafv2/wafv2-oversize.ts";
import wafv2RuleMetrics from "./rules/wafv2/wafv2-rule-metrics.ts";

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
  cloudtrailEnabled,
  cloudtrailEncrypted,
  cloudtrailEveryRegion,
  cloudtrailValidation,
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
  defaultSecurityGroupClosed,
  dynamodbDeletionProtection,
  dynamodbRecovery,
  dynamodbScaling,
  guarddutyEnabled,
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
  kmsPolicyPublic,
  kmsRotation,
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
  logGroupRetention,
  loweredFloor,
  rdsBackupRetention,
  rdsCopyTags,
  rdsCustomAdministrator,
  rdsDeletionProtection,
  rdsEncrypted,
  rdsEnhancedMonitoring,
  rdsFinalSnapshot,
  rdsIamAuthentication,
  rdsLogsExported,
  rdsManagedPassword,
  rdsMinorUpgrades,
  rdsMultipleInstances,
  rdsNotPublic,
  rdsOwnPort,
  rdsProxyTls,
  rdsTlsRequired,
  s3NoAcl,
  s3PolicyPublic,
  s3PublicAccessBlock,
  s3TlsOnly,
  s3Versioning,
  secretsmanagerPolicyPublic,
  secretsmanagerRecovery,
  secretsmanagerRotation,
  securityGroupEgress,
  securityGroupIngress,
  snsEncrypted,
  snsPolicyPublic,
  sqsEncrypted,
  sqsPolicyPublic,
  subnetNoPublicAddresses,
  vpcFlowLogs,
  wafv2HasRules,
  wafv2LogRedaction,
  wafv2Logging,
  wafv2Oversize,
  wafv2RuleMetrics,
];
