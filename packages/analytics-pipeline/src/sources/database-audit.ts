import type * as aws from "@pulumi/aws";
import type { Buckets } from "../buckets.ts";
import type { PipelineContext } from "../context.ts";
import { deliverLog, type WiredSource } from "./delivery.ts";

/** The audit log of Aurora MySQL: who signed in, and what was changed in the schema and the grants. */
export function databaseAudit(
  context: PipelineContext,
  buckets: Buckets,
  errors: aws.cloudwatch.LogGroup,
): WiredSource[] {
  const log = context.args.databaseAuditLog;
  return log === undefined ? [] : [deliverLog(context, "database-audit", log, buckets, errors)];
}
