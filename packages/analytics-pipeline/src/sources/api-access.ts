import type * as aws from "@pulumi/aws";
import type { Buckets } from "../buckets.ts";
import type { PipelineContext } from "../context.ts";
import { deliverLog, type WiredSource } from "./delivery.ts";

/** The access log of API Gateway's stage: each call of the API, whoever made it. CloudTrail never records these. */
export function apiAccess(context: PipelineContext, buckets: Buckets, errors: aws.cloudwatch.LogGroup): WiredSource[] {
  const log = context.args.apiAccessLog;
  return log === undefined ? [] : [deliverLog(context, "api-access", log, buckets, errors)];
}
