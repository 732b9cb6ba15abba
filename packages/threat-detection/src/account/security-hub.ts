import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SecurityHubArgs } from "./args.ts";
import { STANDARDS } from "./defaults.ts";
import type { AccountScope } from "./scope.ts";

/**
 * Security Hub with its standards, in every region; their findings come together in the provider's own.
 *
 * @returns the hub's ARN in the provider's own region
 */
export function createSecurityHub(
  { name, place, regions, kept, delegatedAdministrator }: AccountScope,
  { existingHubArn, standards = STANDARDS }: SecurityHubArgs,
): pulumi.Output<string> {
  let home = existingHubArn;
  for (const { region, code, childName: childOf } of regions) {
    const isAdopted = region === undefined && existingHubArn !== undefined;
    const hub = isAdopted
      ? undefined
      : new aws.securityhub.Account(
          childOf("security-hub"),
          {
            // Which standards are on is said below, and not left to what AWS takes for a default.
            enableDefaultStandards: false,
            autoEnableControls: true,
            controlFindingGenerator: "SECURITY_CONTROL",
            region,
          },
          kept,
        );
    home ??= hub?.arn;
    for (const standard of standards) {
      const standardsArn = pulumi.interpolate`arn:${place.partition}:securityhub:${code}::standards/${standard}`;
      new aws.securityhub.StandardsSubscription(
        childOf(`standard-${standard.split("/")[0]}`),
        { standardsArn, region },
        { ...kept, dependsOn: hub === undefined ? [] : [hub] },
      );
    }
    if (delegatedAdministrator !== undefined) {
      new aws.securityhub.OrganizationAdminAccount(
        childOf("security-hub-administrator"),
        { adminAccountId: delegatedAdministrator, region },
        { ...kept, dependsOn: hub === undefined ? [] : [hub] },
      );
    }
  }
  const further = regions.flatMap(({ region }) => region ?? []);
  if (further.length > 0) {
    new aws.securityhub.FindingAggregator(
      childName(name, "security-hub-aggregator"),
      { linkingMode: "SPECIFIED_REGIONS", specifiedRegions: further },
      kept,
    );
  }
  return pulumi.output(home as pulumi.Input<string>);
}
