import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { MacieArgs } from "./args.ts";
import { FIXED, SAMPLING_PERCENT } from "./defaults.ts";
import type { AccountScope } from "./scope.ts";

/** Macie in every region (Security Hub Macie.1), and a weekly search of some buckets in the provider's own. */
export function createMacie(
  { name, place, regions, tags, child, kept, delegatedAdministrator }: AccountScope,
  args: MacieArgs,
): void {
  let home: pulumi.Resource[] = [];
  for (const { region, childName: childOf } of regions) {
    if (args.existing !== true) {
      const account = new aws.macie2.Account(
        childOf("macie"),
        { status: "ENABLED", findingPublishingFrequency: "FIFTEEN_MINUTES", region },
        kept,
      );
      if (region === undefined) home = [account];
    }
    if (delegatedAdministrator !== undefined) {
      new aws.macie2.OrganizationAdminAccount(
        childOf("macie-administrator"),
        { adminAccountId: delegatedAdministrator, region },
        kept,
      );
    }
  }
  if (args.bucketNames.length === 0) return;
  new aws.macie2.ClassificationJob(
    childName(name, "macie-search"),
    {
      description: "Searches a sample of the buckets for personal data, once a week",
      jobType: "SCHEDULED",
      scheduleFrequency: { weeklySchedule: FIXED.MACIE_DAY },
      initialRun: true,
      samplingPercentage: args.samplingPercent ?? SAMPLING_PERCENT,
      s3JobDefinition: { bucketDefinitions: [{ accountId: place.accountId, buckets: args.bucketNames }] },
      tags,
    },
    { ...child, dependsOn: home },
  );
}
