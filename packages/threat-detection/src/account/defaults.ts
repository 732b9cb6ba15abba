import { SecurityStandard } from "./args.ts";

/** What an AccountSecurity is without further arguments. */

export const STANDARDS = [SecurityStandard.FoundationalBestPractices, SecurityStandard.CisFoundations];

/** What a serverless API and what protects it is made of. https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html */
export const RECORDED_TYPES = [
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGateway::Stage",
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Stage",
  "AWS::CloudFront::Distribution",
  "AWS::CloudTrail::Trail",
  "AWS::Cognito::UserPool",
  "AWS::DynamoDB::Table",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::Subnet",
  "AWS::EC2::VPC",
  "AWS::GuardDuty::Detector",
  "AWS::IAM::Group",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::IAM::User",
  "AWS::KMS::Key",
  "AWS::Lambda::Function",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::SecretsManager::Secret",
  "AWS::WAFv2::WebACL",
];

/** Recorded in one region only: IAM is the same in all. */
export const GLOBAL_TYPE = /^AWS::IAM::/;

export const EXPIRATION_DAYS = 2557;
export const SAMPLING_PERCENT = 10;

export const FIXED = {
  /** Config has one recorder and one channel in a region, and calls them so itself. */
  RECORDER_NAME: "default",
  ACCESS_LOG_DAYS: 365,
  COLD_AFTER_DAYS: 90,
  MACIE_DAY: "SUNDAY",
} as const;
