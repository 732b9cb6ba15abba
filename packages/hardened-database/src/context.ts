import { type AwsPlace, resourceTags } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { HardenedDatabaseArgs } from "./args.ts";
import { type DatabaseSettings, databaseSettings } from "./settings.ts";
import { databaseFloors } from "./validate.ts";

/** What every build file of `HardenedDatabase` needs. */
export interface BuildContext {
  name: string;
  args: HardenedDatabaseArgs;
  settings: DatabaseSettings;
  place: AwsPlace;
  /** Tags of every child. */
  tags: Record<string, pulumi.Input<string>>;
  /** Tags of the one child that has what a floor is about, with the reasons of those that were lowered for it. */
  loweredTags: (...floors: string[]) => Record<string, pulumi.Input<string>>;
  /** Options of every child. */
  child: pulumi.CustomResourceOptions;
}

/** Gathers it, from checked arguments. */
export function buildContext(name: string, args: HardenedDatabaseArgs, parent: pulumi.Resource): BuildContext {
  const tagged = { component: "HardenedDatabase", name, teamTags: args.teamTags };
  const lowered = databaseFloors(name, args);
  return {
    name,
    args,
    settings: databaseSettings(args),
    place: {
      partition: aws.getPartitionOutput({}, { parent }).partition,
      region: aws.getRegionOutput({}, { parent }).region,
      accountId: aws.getCallerIdentityOutput({}, { parent }).accountId,
    },
    tags: resourceTags(tagged),
    loweredTags: (...floors) =>
      resourceTags({ ...tagged, lowered: lowered.filter(({ floor }) => floors.includes(floor)) }),
    child: { parent },
  };
}
