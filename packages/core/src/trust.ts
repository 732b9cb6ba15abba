import * as pulumi from "@pulumi/pulumi";
import { PalisadeError, show } from "./errors.ts";

/** Who may assume a role, and on whose behalf. */
export interface TrustRequest {
  /** The service principal, for example `lambda.amazonaws.com`. */
  service: string;
  /** The account on whose behalf the service must act (`aws:SourceAccount`). */
  sourceAccount?: pulumi.Input<string>;
  /** The ARN of the resource on whose behalf the service must act (`aws:SourceArn`, with `ArnLike`). */
  sourceArn?: pulumi.Input<string>;
}

/**
 * The trust policy of a role that one AWS service assumes, with the conditions that keep the service from being used as a
 * confused deputy by another account. Give `sourceAccount` wherever the service sends the key; leave both out only for a
 * service that does not (Enhanced Monitoring of RDS sends them, API Gateway's account-wide log role does not).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 *
 * @throws PalisadeError when the service is not a service principal.
 */
export function trustDocument(request: TrustRequest): pulumi.Output<string> {
  if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(request.service)) {
    throw new PalisadeError(
      `trustDocument: service is ${show(request.service)}; allowed: one service principal, for example "lambda.amazonaws.com"`,
    );
  }
  const condition: Record<string, Record<string, pulumi.Input<string>>> = {};
  if (request.sourceAccount !== undefined) condition.StringEquals = { "aws:SourceAccount": request.sourceAccount };
  if (request.sourceArn !== undefined) condition.ArnLike = { "aws:SourceArn": request.sourceArn };
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: request.service },
        Action: "sts:AssumeRole",
        ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
      },
    ],
  });
}
