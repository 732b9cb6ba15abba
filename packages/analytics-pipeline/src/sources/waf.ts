import type * as aws from "@pulumi/aws";
import type { Buckets } from "../buckets.ts";
import type { PipelineContext } from "../context.ts";
import { deliverLog, type WiredSource } from "./delivery.ts";

/** The web ACL's log: what the firewall let through, counted and refused. */
export function waf(context: PipelineContext, buckets: Buckets, errors: aws.cloudwatch.LogGroup): WiredSource[] {
  const log = context.args.firewallLog;
  return log === undefined ? [] : [deliverLog(context, "waf", log, buckets, errors)];
}
