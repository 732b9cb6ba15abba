import { apigateway } from "./apigateway.ts";
import { athena } from "./athena.ts";
import { cloudfront } from "./cloudfront.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { cloudwatch } from "./cloudwatch.ts";
import { cognito } from "./cognito.ts";
import { dynamodb } from "./dynamodb.ts";
import { ec2 } from "./ec2.ts";
import { eventSource } from "./event-source.ts";
import { events } from "./events.ts";
import { firehose } from "./firehose.ts";
import { glue } from "./glue.ts";
import { guardduty } from "./guardduty.ts";
import type { ResourceHandler } from "./handler.ts";
import { iam } from "./iam.ts";
import { kms } from "./kms.ts";
import { lambda } from "./lambda.ts";
import { messaging } from "./messaging.ts";
import { rds } from "./rds.ts";
import { s3 } from "./s3.ts";
import { secretsmanager } from "./secretsmanager.ts";
import { signer } from "./signer.ts";
import { verifiedpermissions } from "./verifiedpermissions.ts";
import { wafv2 } from "./wafv2.ts";

/** Every resource type that the sandbox can make, and how. A type that is not here is declared, not emulated. */
export const handlers: Readonly<Record<string, ResourceHandler>> = {
  ...apigateway.types,
  ...athena.types,
  ...cloudfront.types,
  ...cloudtrail.types,
  ...cloudwatch.types,
  ...cognito.types,
  ...dynamodb.types,
  ...ec2.types,
  ...eventSource.types,
  ...events.types,
  ...guardduty.types,
  ...firehose.types,
  ...glue.types,
  ...iam.types,
  ...kms.types,
  ...lambda.types,
  ...messaging.types,
  ...rds.types,
  ...s3.types,
  ...secretsmanager.types,
  ...signer.types,
  ...verifiedpermissions.types,
  ...wafv2.types,
};
