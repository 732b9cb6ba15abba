import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { AthenaClient } from "@aws-sdk/client-athena";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { GlueClient } from "@aws-sdk/client-glue";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SignerClient } from "@aws-sdk/client-signer";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { VerifiedPermissionsClient } from "@aws-sdk/client-verifiedpermissions";
import { WAFV2Client } from "@aws-sdk/client-wafv2";

/** The AWS SDK clients of a sandbox, all on the emulator with its administrator's credentials. */
export interface AwsClients {
  apiGateway: APIGatewayClient;
  athena: AthenaClient;
  cloudFront: CloudFrontClient;
  cloudTrail: CloudTrailClient;
  cloudWatch: CloudWatchClient;
  logs: CloudWatchLogsClient;
  cognito: CognitoIdentityProviderClient;
  dynamodb: DynamoDBClient;
  ec2: EC2Client;
  eventBridge: EventBridgeClient;
  firehose: FirehoseClient;
  glue: GlueClient;
  iam: IAMClient;
  kms: KMSClient;
  lambda: LambdaClient;
  rds: RDSClient;
  s3: S3Client;
  secretsManager: SecretsManagerClient;
  signer: SignerClient;
  sns: SNSClient;
  sqs: SQSClient;
  sts: STSClient;
  verifiedPermissions: VerifiedPermissionsClient;
  wafv2: WAFV2Client;
  /** Closes every connection. */
  destroy(): void;
}

/** Where the clients go and as whom. */
export interface ClientSettings {
  endpoint: string;
  /** Where Verified Permissions is. Default: where everything else is. */
  permissionsEndpoint?: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * S3 alone, for a part of the sandbox that does what a service of AWS does: its requests name it.
 *
 * @param settings `userAgent`: the service
 */
export function s3Client({
  endpoint,
  region,
  accessKeyId,
  secretAccessKey,
  userAgent,
}: ClientSettings & { userAgent: string }): S3Client {
  const credentials = { accessKeyId, secretAccessKey };
  return new S3Client({
    endpoint,
    region,
    credentials,
    maxAttempts: 2,
    forcePathStyle: true,
    customUserAgent: userAgent,
  });
}

/**
 * Makes the clients. Credentials and endpoint are given in full, so that the SDK's default chains (environment,
 * `~/.aws`, instance metadata) are never read: the user's own AWS account is out of reach.
 */
export function awsClients(settings: ClientSettings): AwsClients {
  const common = {
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    maxAttempts: 2,
  };
  const clients = {
    apiGateway: new APIGatewayClient(common),
    athena: new AthenaClient(common),
    cloudFront: new CloudFrontClient(common),
    cloudTrail: new CloudTrailClient(common),
    cloudWatch: new CloudWatchClient(common),
    logs: new CloudWatchLogsClient(common),
    cognito: new CognitoIdentityProviderClient(common),
    dynamodb: new DynamoDBClient(common),
    ec2: new EC2Client(common),
    eventBridge: new EventBridgeClient(common),
    firehose: new FirehoseClient(common),
    glue: new GlueClient(common),
    iam: new IAMClient(common),
    kms: new KMSClient(common),
    lambda: new LambdaClient(common),
    rds: new RDSClient(common),
    s3: new S3Client({ ...common, forcePathStyle: true }),
    secretsManager: new SecretsManagerClient(common),
    signer: new SignerClient(common),
    sns: new SNSClient(common),
    sqs: new SQSClient(common),
    sts: new STSClient(common),
    verifiedPermissions: new VerifiedPermissionsClient({
      ...common,
      endpoint: settings.permissionsEndpoint ?? settings.endpoint,
    }),
    wafv2: new WAFV2Client(common),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
