import type { Rule } from "./model.ts";
import acmKeyLength from "./rules/acm/acm-key-length.ts";
import acmRenewable from "./rules/acm/acm-renewable.ts";
import apigatewayAccessLogNoSecrets from "./rules/apigateway/apigateway-access-log-no-secrets.ts";
import apigatewayAuthorizerCache from "./rules/apigateway/apigateway-authorizer-cache.ts";
import apigatewayCacheEncrypted from "./rules/apigateway/apigateway-cache-encrypted.ts";
import apigatewayClientCertificate from "./rules/apigateway/apigateway-client-certificate.ts";
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
import apigatewayV2AccessLog from "./rules/apigateway/apigateway-v2-access-log.ts";
import apigatewayV2PrivateIntegrationTls from "./rules/apigateway/apigateway-v2-private-integration-tls.ts";
import apigatewayV2RouteAuthorization from "./rules/apigateway/apigateway-v2-route-authorization.ts";
import athenaLogging from "./rules/athena/athena-logging.ts";
import athenaResultsEncrypted from "./rules/athena/athena-results-encrypted.ts";
import athenaScanLimit from "./rules/athena/athena-scan-limit.ts";
import athenaWorkgroupEnforced from "./rules/athena/athena-workgroup-enforced.ts";
import cloudfrontBucketAccess from "./rules/cloudfront/cloudfront-bucket-access.ts";
import cloudfrontCertificate from "./rules/cloudfront/cloudfront-certificate.ts";
import cloudfrontFunctionAccess from "./rules/cloudfront/cloudfront-function-access.ts";
import cloudfrontLogging from "./rules/cloudfront/cloudfront-logging.ts";
import cloudfrontOriginHttps from "./rules/cloudfront/cloudfront-origin-https.ts";
import cloudfrontOriginTls from "./rules/cloudfront/cloudfront-origin-tls.ts";
import cloudfrontRootObject from "./rules/cloudfront/cloudfront-root-object.ts";
import cloudfrontSni from "./rules/cloudfront/cloudfront-sni.ts";
import cloudfrontTls from "./rules/cloudfront/cloudfront-tls.ts";
import cloudfrontViewerHttps from "./rules/cloudfront/cloudfront-viewer-https.ts";
import cloudfrontWebAcl from "./rules/cloudfront/cloudfront-web-acl.ts";
import cloudtrailCloudwatch from "./rules/cloudtrail/cloudtrail-cloudwatch.ts";
import cloudtrailEnabled from "./rules/cloudtrail/cloudtrail-enabled.ts";
import cloudtrailEncrypted from "./rules/cloudtrail/cloudtrail-encrypted.ts";
import cloudtrailEveryRegion from "./rules/cloudtrail/cloudtrail-every-region.ts";
import cloudtrailObjectReads from "./rules/cloudtrail/cloudtrail-object-reads.ts";
import cloudtrailObjectWrites from "./rules/cloudtrail/cloudtrail-object-writes.ts";
import cloudtrailValidation from "./rules/cloudtrail/cloudtrail-validation.ts";
import logGroupRetention from "./rules/cloudwatch/log-group-retention.ts";
import cognitoClientAuthFlows from "./rules/cognito/cognito-client-auth-flows.ts";
import cognitoClientTokenRevocation from "./rules/cognito/cognito-client-token-revocation.ts";
import cognitoClientTokenValidity from "./rules/cognito/cognito-client-token-validity.ts";
import cognitoClientUserExistence from "./rules/cognito/cognito-client-user-existence.ts";
import cognitoCustomAuthProtection from "./rules/cognito/cognito-custom-auth-protection.ts";
import cognitoDeletionProtection from "./rules/cognito/cognito-deletion-protection.ts";
import cognitoIdentityPoolGuests from "./rules/cognito/cognito-identity-pool-guests.ts";
import cognitoMfa from "./rules/cognito/cognito-mfa.ts";
import cognitoNoSelfSignUp from "./rules/cognito/cognito-no-self-sign-up.ts";
import cognitoPasswordPolicy from "./rules/cognito/cognito-password-policy.ts";
import cognitoThreatProtection from "./rules/cognito/cognito-threat-protection.ts";
import configRecorderOn from "./rules/config/config-recorder-on.ts";
import configRecorderRole from "./rules/config/config-recorder-role.ts";
import daxEncrypted from "./rules/dynamodb/dax-encrypted.ts";
import daxTls from "./rules/dynamodb/dax-tls.ts";
import dynamodbDeletionProtection from "./rules/dynamodb/dynamodb-deletion-protection.ts";
import dynamodbRecovery from "./rules/dynamodb/dynamodb-recovery.ts";
import dynamodbScaling from "./rules/dynamodb/dynamodb-scaling.ts";
import defaultSecurityGroupClosed from "./rules/ec2/default-security-group-closed.ts";
import ebsEncryptionByDefault from "./rules/ec2/ebs-encryption-by-default.ts";
import networkAclAdminPorts from "./rules/ec2/network-acl-admin-ports.ts";
import networkAclUsed from "./rules/ec2/network-acl-used.ts";
import networkInterfaceSourceCheck from "./rules/ec2/network-interface-source-check.ts";
import securityGroupEgress from "./rules/ec2/security-group-egress.ts";
import securityGroupIngress from "./rules/ec2/security-group-ingress.ts";
import subnetNoPublicAddresses from "./rules/ec2/subnet-no-public-addresses.ts";
import vpcBlockPublicAccess from "./rules/ec2/vpc-block-public-access.ts";
import vpcEndpointPolicy from "./rules/ec2/vpc-endpoint-policy.ts";
import vpcFlowLogs from "./rules/ec2/vpc-flow-logs.ts";
import ecrImmutableTags from "./rules/ecr/ecr-immutable-tags.ts";
import ecrLifecycle from "./rules/ecr/ecr-lifecycle.ts";
import ecrScanning from "./rules/ecr/ecr-scanning.ts";
import eventbridgeBusPolicy from "./rules/eventbridge/eventbridge-bus-policy.ts";
import glueCatalogEncrypted from "./rules/glue/glue-catalog-encrypted.ts";
import glueJobEncryption from "./rules/glue/glue-job-encryption.ts";
import glueSecurityConfiguration from "./rules/glue/glue-security-configuration.ts";
import glueVersion from "./rules/glue/glue-version.ts";
import guarddutyEks from "./rules/guardduty/guardduty-eks.ts";
import guarddutyEnabled from "./rules/guardduty/guardduty-enabled.ts";
import guarddutyLambda from "./rules/guardduty/guardduty-lambda.ts";
import guarddutyMalware from "./rules/guardduty/guardduty-malware.ts";
import guarddutyRds from "./rules/guardduty/guardduty-rds.ts";
import guarddutyRuntime from "./rules/guardduty/guardduty-runtime.ts";
import guarddutyS3 from "./rules/guardduty/guardduty-s3.ts";
import iamActionWildcard from "./rules/iam/iam-action-wildcard.ts";
import iamKmsDecryptEverything from "./rules/iam/iam-kms-decrypt-everything.ts";
import iamNoAccessKeys from "./rules/iam/iam-no-access-keys.ts";
import iamNoAdministrator from "./rules/iam/iam-no-administrator.ts";
import iamNoBroadManagedPolicy from "./rules/iam/iam-no-broad-managed-policy.ts";
import iamNoNotAction from "./rules/iam/iam-no-not-action.ts";
import iamNoServiceWildcard from "./rules/iam/iam-no-service-wildcard.ts";
import iamNoUserPolicies from "./rules/iam/iam-no-user-policies.ts";
import iamPassRole from "./rules/iam/iam-pass-role.ts";
import iamPasswordPolicy from "./rules/iam/iam-password-policy.ts";
import iamPrivilegeEscalation from "./rules/iam/iam-privilege-escalation.ts";
import iamResourceWildcard from "./rules/iam/iam-resource-wildcard.ts";
import iamTrustConfusedDeputy from "./rules/iam/iam-trust-confused-deputy.ts";
import iamTrustPublic from "./rules/iam/iam-trust-public.ts";
import inspectorImages from "./rules/inspector/inspector-images.ts";
import inspectorInstances from "./rules/inspector/inspector-instances.ts";
import inspectorLambda from "./rules/inspector/inspector-lambda.ts";
import inspectorLambdaCode from "./rules/inspector/inspector-lambda-code.ts";
import firehoseEncrypted from "./rules/kinesis/firehose-encrypted.ts";
import kinesisEncrypted from "./rules/kinesis/kinesis-encrypted.ts";
import kinesisRetention from "./rules/kinesis/kinesis-retention.ts";
import kmsPolicyPublic from "./rules/kms/kms-policy-public.ts";
import kmsRotation from "./rules/kms/kms-rotation.ts";
import lambdaAsyncFailures from "./rules/lambda/lambda-async-failures.ts";
import lambdaCodeSigned from "./rules/lambda/lambda-code-signed.ts";
import lambdaCodeSigning from "./rules/lambda/lambda-code-signing.ts";
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
import macieOn from "./rules/macie/macie-on.ts";
import networkFirewallDefaultAction from "./rules/networkfirewall/network-firewall-default-action.ts";
import networkFirewallDeletionProtection from "./rules/networkfirewall/network-firewall-deletion-protection.ts";
import networkFirewallFragmentAction from "./rules/networkfirewall/network-firewall-fragment-action.ts";
import networkFirewallGroupNotEmpty from "./rules/networkfirewall/network-firewall-group-not-empty.ts";
import networkFirewallLogging from "./rules/networkfirewall/network-firewall-logging.ts";
import networkFirewallRuleGroups from "./rules/networkfirewall/network-firewall-rule-groups.ts";
import networkFirewallSubnetProtection from "./rules/networkfirewall/network-firewall-subnet-protection.ts";
import opensearchAccessControl from "./rules/opensearch/opensearch-access-control.ts";
import opensearchAuditLogs from "./rules/opensearch/opensearch-audit-logs.ts";
import opensearchEncrypted from "./rules/opensearch/opensearch-encrypted.ts";
import opensearchErrorLogs from "./rules/opensearch/opensearch-error-logs.ts";
import opensearchNodeEncryption from "./rules/opensearch/opensearch-node-encryption.ts";
import opensearchPolicyPublic from "./rules/opensearch/opensearch-policy-public.ts";
import opensearchPrivate from "./rules/opensearch/opensearch-private.ts";
import opensearchServerlessPrivate from "./rules/opensearch/opensearch-serverless-private.ts";
import opensearchSoftwareUpdates from "./rules/opensearch/opensearch-software-updates.ts";
import opensearchThreeNodes from "./rules/opensearch/opensearch-three-nodes.ts";
import opensearchTls from "./rules/opensearch/opensearch-tls.ts";
import loweredFloor from "./rules/palisade/lowered-floor.ts";
import rdsBackupRetention from "./rules/rds/rds-backup-retention.ts";
import rdsCopyTags from "./rules/rds/rds-copy-tags.ts";
import rdsCustomAdministrator from "./rules/rds/rds-custom-administrator.ts";
import rdsDatabaseInsights from "./rules/rds/rds-database-insights.ts";
import rdsDeletionProtection from "./rules/rds/rds-deletion-protection.ts";
import rdsEncrypted from "./rules/rds/rds-encrypted.ts";
import rdsEnhancedMonitoring from "./rules/rds/rds-enhanced-monitoring.ts";
import rdsEventCategories from "./rules/rds/rds-event-categories.ts";
import rdsFinalSnapshot from "./rules/rds/rds-final-snapshot.ts";
import rdsIamAuthentication from "./rules/rds/rds-iam-authentication.ts";
import rdsInstanceZones from "./rules/rds/rds-instance-zones.ts";
import rdsLogsExported from "./rules/rds/rds-logs-exported.ts";
import rdsManagedPassword from "./rules/rds/rds-managed-password.ts";
import rdsMinorUpgrades from "./rules/rds/rds-minor-upgrades.ts";
import rdsMultipleInstances from "./rules/rds/rds-multiple-instances.ts";
import rdsNotPublic from "./rules/rds/rds-not-public.ts";
import rdsOwnPort from "./rules/rds/rds-own-port.ts";
import rdsProxyTls from "./rules/rds/rds-proxy-tls.ts";
import rdsSnapshotPrivate from "./rules/rds/rds-snapshot-private.ts";
import rdsTlsRequired from "./rules/rds/rds-tls-required.ts";
import redshiftAdministrator from "./rules/redshift/redshift-administrator.ts";
import redshiftEncrypted from "./rules/redshift/redshift-encrypted.ts";
import redshiftLogs from "./rules/redshift/redshift-logs.ts";
import redshiftPrivate from "./rules/redshift/redshift-private.ts";
import redshiftRouting from "./rules/redshift/redshift-routing.ts";
import redshiftServerlessAdministrator from "./rules/redshift/redshift-serverless-administrator.ts";
import redshiftServerlessKey from "./rules/redshift/redshift-serverless-key.ts";
import redshiftServerlessLogs from "./rules/redshift/redshift-serverless-logs.ts";
import redshiftServerlessPrivate from "./rules/redshift/redshift-serverless-private.ts";
import redshiftServerlessRouting from "./rules/redshift/redshift-serverless-routing.ts";
import redshiftServerlessTls from "./rules/redshift/redshift-serverless-tls.ts";
import redshiftSnapshots from "./rules/redshift/redshift-snapshots.ts";
import redshiftTls from "./rules/redshift/redshift-tls.ts";
import redshiftUpgrades from "./rules/redshift/redshift-upgrades.ts";
import redshiftZones from "./rules/redshift/redshift-zones.ts";
import s3AccessLogging from "./rules/s3/s3-access-logging.ts";
import s3AccessPointPrivate from "./rules/s3/s3-access-point-private.ts";
import s3Kms from "./rules/s3/s3-kms.ts";
import s3Lifecycle from "./rules/s3/s3-lifecycle.ts";
import s3MultiRegionPrivate from "./rules/s3/s3-multi-region-private.ts";
import s3NoAcl from "./rules/s3/s3-no-acl.ts";
import s3ObjectLock from "./rules/s3/s3-object-lock.ts";
import s3PolicyCrossAccount from "./rules/s3/s3-policy-cross-account.ts";
import s3PolicyPublic from "./rules/s3/s3-policy-public.ts";
import s3PublicAccessBlock from "./rules/s3/s3-public-access-block.ts";
import s3TlsOnly from "./rules/s3/s3-tls-only.ts";
import s3Versioning from "./rules/s3/s3-versioning.ts";
import sagemakerEndpointInstances from "./rules/sagemaker/sagemaker-endpoint-instances.ts";
import sagemakerModelIsolation from "./rules/sagemaker/sagemaker-model-isolation.ts";
import sagemakerNotebookInternet from "./rules/sagemaker/sagemaker-notebook-internet.ts";
import sagemakerNotebookNetwork from "./rules/sagemaker/sagemaker-notebook-network.ts";
import sagemakerNotebookPlatform from "./rules/sagemaker/sagemaker-notebook-platform.ts";
import sagemakerNotebookRoot from "./rules/sagemaker/sagemaker-notebook-root.ts";
import secretsmanagerPolicyPublic from "./rules/secretsmanager/secretsmanager-policy-public.ts";
import secretsmanagerRecovery from "./rules/secretsmanager/secretsmanager-recovery.ts";
import secretsmanagerRotation from "./rules/secretsmanager/secretsmanager-rotation.ts";
import secretsmanagerRotationPeriod from "./rules/secretsmanager/secretsmanager-rotation-period.ts";
import snsEncrypted from "./rules/sns/sns-encrypted.ts";
import snsPolicyPublic from "./rules/sns/sns-policy-public.ts";
import sqsEncrypted from "./rules/sqs/sqs-encrypted.ts";
import sqsPolicyPublic from "./rules/sqs/sqs-policy-public.ts";
import stepfunctionsLogging from "./rules/stepfunctions/stepfunctions-logging.ts";
import verifiedpermissionsClients from "./rules/verifiedpermissions/verifiedpermissions-clients.ts";
import verifiedpermissionsDeletionProtection from "./rules/verifiedpermissions/verifiedpermissions-deletion-protection.ts";
import verifiedpermissionsStrict from "./rules/verifiedpermissions/verifiedpermissions-strict.ts";
import wafv2HasRules from "./rules/wafv2/wafv2-has-rules.ts";
import wafv2LogRedaction from "./rules/wafv2/wafv2-log-redaction.ts";
import wafv2Logging from "./rules/wafv2/wafv2-logging.ts";
import wafv2Oversize from "./rules/wafv2/wafv2-oversize.ts";
import wafv2RuleMetrics from "./rules/wafv2/wafv2-rule-metrics.ts";

/** Every rule, by id. A rule that is not in this list does not run; the registry's test compares it with the files. */
export const RULES: readonly Rule[] = [
  acmKeyLength,
  acmRenewable,
  apigatewayAccessLogNoSecrets,
  apigatewayAuthorizerCache,
  apigatewayCacheEncrypted,
  apigatewayClientCertificate,
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
  apigatewayV2AccessLog,
  apigatewayV2PrivateIntegrationTls,
  apigatewayV2RouteAuthorization,
  athenaLogging,
  athenaResultsEncrypted,
  athenaScanLimit,
  athenaWorkgroupEnforced,
  cloudfrontBucketAccess,
  cloudfrontCertificate,
  cloudfrontFunctionAccess,
  cloudfrontLogging,
  cloudfrontOriginHttps,
  cloudfrontOriginTls,
  cloudfrontRootObject,
  cloudfrontSni,
  cloudfrontTls,
  cloudfrontViewerHttps,
  cloudfrontWebAcl,
  cloudtrailCloudwatch,
  cloudtrailEnabled,
  cloudtrailEncrypted,
  cloudtrailEveryRegion,
  cloudtrailObjectReads,
  cloudtrailObjectWrites,
  cloudtrailValidation,
  cognitoClientAuthFlows,
  cognitoClientTokenRevocation,
  cognitoClientTokenValidity,
  cognitoClientUserExistence,
  cognitoCustomAuthProtection,
  cognitoDeletionProtection,
  cognitoIdentityPoolGuests,
  cognitoMfa,
  cognitoNoSelfSignUp,
  cognitoPasswordPolicy,
  cognitoThreatProtection,
  configRecorderOn,
  configRecorderRole,
  daxEncrypted,
  daxTls,
  defaultSecurityGroupClosed,
  dynamodbDeletionProtection,
  dynamodbRecovery,
  dynamodbScaling,
  ebsEncryptionByDefault,
  ecrImmutableTags,
  ecrLifecycle,
  ecrScanning,
  eventbridgeBusPolicy,
  firehoseEncrypted,
  glueCatalogEncrypted,
  glueJobEncryption,
  glueSecurityConfiguration,
  glueVersion,
  guarddutyEks,
  guarddutyEnabled,
  guarddutyLambda,
  guarddutyMalware,
  guarddutyRds,
  guarddutyRuntime,
  guarddutyS3,
  iamActionWildcard,
  iamKmsDecryptEverything,
  iamNoAccessKeys,
  iamNoAdministrator,
  iamNoBroadManagedPolicy,
  iamNoNotAction,
  iamNoServiceWildcard,
  iamNoUserPolicies,
  iamPassRole,
  iamPasswordPolicy,
  iamPrivilegeEscalation,
  iamResourceWildcard,
  iamTrustConfusedDeputy,
  iamTrustPublic,
  inspectorImages,
  inspectorInstances,
  inspectorLambda,
  inspectorLambdaCode,
  kinesisEncrypted,
  kinesisRetention,
  kmsPolicyPublic,
  kmsRotation,
  lambdaAsyncFailures,
  lambdaCodeSigned,
  lambdaCodeSigning,
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
  macieOn,
  networkAclAdminPorts,
  networkAclUsed,
  networkFirewallDefaultAction,
  networkFirewallDeletionProtection,
  networkFirewallFragmentAction,
  networkFirewallGroupNotEmpty,
  networkFirewallLogging,
  networkFirewallRuleGroups,
  networkFirewallSubnetProtection,
  networkInterfaceSourceCheck,
  opensearchAccessControl,
  opensearchAuditLogs,
  opensearchEncrypted,
  opensearchErrorLogs,
  opensearchNodeEncryption,
  opensearchPolicyPublic,
  opensearchPrivate,
  opensearchServerlessPrivate,
  opensearchSoftwareUpdates,
  opensearchThreeNodes,
  opensearchTls,
  rdsBackupRetention,
  rdsCopyTags,
  rdsCustomAdministrator,
  rdsDatabaseInsights,
  rdsDeletionProtection,
  rdsEncrypted,
  rdsEnhancedMonitoring,
  rdsEventCategories,
  rdsFinalSnapshot,
  rdsIamAuthentication,
  rdsInstanceZones,
  rdsLogsExported,
  rdsManagedPassword,
  rdsMinorUpgrades,
  rdsMultipleInstances,
  rdsNotPublic,
  rdsOwnPort,
  rdsProxyTls,
  rdsSnapshotPrivate,
  rdsTlsRequired,
  redshiftAdministrator,
  redshiftEncrypted,
  redshiftLogs,
  redshiftPrivate,
  redshiftRouting,
  redshiftServerlessAdministrator,
  redshiftServerlessKey,
  redshiftServerlessLogs,
  redshiftServerlessPrivate,
  redshiftServerlessRouting,
  redshiftServerlessTls,
  redshiftSnapshots,
  redshiftTls,
  redshiftUpgrades,
  redshiftZones,
  s3AccessLogging,
  s3AccessPointPrivate,
  s3Kms,
  s3Lifecycle,
  s3MultiRegionPrivate,
  s3NoAcl,
  s3ObjectLock,
  s3PolicyCrossAccount,
  s3PolicyPublic,
  s3PublicAccessBlock,
  s3TlsOnly,
  s3Versioning,
  sagemakerEndpointInstances,
  sagemakerModelIsolation,
  sagemakerNotebookInternet,
  sagemakerNotebookNetwork,
  sagemakerNotebookPlatform,
  sagemakerNotebookRoot,
  secretsmanagerPolicyPublic,
  secretsmanagerRecovery,
  secretsmanagerRotation,
  secretsmanagerRotationPeriod,
  securityGroupEgress,
  securityGroupIngress,
  snsEncrypted,
  snsPolicyPublic,
  sqsEncrypted,
  sqsPolicyPublic,
  stepfunctionsLogging,
  subnetNoPublicAddresses,
  verifiedpermissionsClients,
  verifiedpermissionsDeletionProtection,
  verifiedpermissionsStrict,
  vpcBlockPublicAccess,
  vpcEndpointPolicy,
  vpcFlowLogs,
  wafv2HasRules,
  wafv2LogRedaction,
  wafv2Logging,
  wafv2Oversize,
  wafv2RuleMetrics,
];
