import { childName, NAME_RULES, physicalName, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings.ts";
import type { Tags } from "../tags.ts";

/**
 * The function's own log group. Its name is outside `/aws/lambda/`: Lambda makes groups under that prefix by itself, without
 * retention, and again after a destroy when a late record arrives (terraform-aws-modules/terraform-aws-lambda#342,
 * aws/aws-cdk#20453). The role may not create groups, so this one stays deleted once it is.
 */
export function createLogGroup(
  name: string,
  settings: Settings,
  tags: Tags,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    childName(name, "log-group"),
    {
      name: physicalName(`/palisade/${stackPrefix()}/${name}`, NAME_RULES.logGroup),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: settings.kmsKeyArn,
      tags,
    },
    opts,
  );
}
