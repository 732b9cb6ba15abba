import type { AwsPlace } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The partition, region and account that a component's provider is of. */
export function placeOf(child: { parent: pulumi.Resource }): AwsPlace {
  return {
    partition: aws.getPartitionOutput({}, child).partition,
    region: aws.getRegionOutput({}, child).region,
    accountId: aws.getCallerIdentityOutput({}, child).accountId,
  };
}
