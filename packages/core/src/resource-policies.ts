import * as pulumi from "@pulumi/pulumi";
import type { AwsPlace } from "./shapes.ts";

/** One statement of a policy on a resource, which names its principals. */
export interface ResourceStatement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal: string | Record<string, pulumi.Input<string>>;
  Action: string | string[];
  Resource: pulumi.Input<string> | pulumi.Input<string>[];
  Condition?: Record<string, Record<string, pulumi.Input<string>>>;
}

/**
 * Denies everybody what is not sent over TLS (Security Hub S3.5 for a bucket).
 *
 * @param Action For example `s3:*`.
 * @param Resource The resource, and what is in it where its policy names that apart.
 */
export function denyPlainHttp(Action: string, Resource: ResourceStatement["Resource"]): ResourceStatement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * Leaves to the IAM policies of the account who may use and administer a key. Without it a key could become one that nobody administers.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
 *
 * @param Sid The statement's id.
 */
export function keyOfAccount(
  Sid: string,
  { partition, accountId }: Pick<AwsPlace, "partition" | "accountId">,
): ResourceStatement {
  return {
    Sid,
    Effect: "Allow",
    Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*", // In a key's policy, the key itself.
  };
}
