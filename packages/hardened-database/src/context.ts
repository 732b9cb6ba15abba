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
  tags: Record<string, pulumi.Input<string>>;
  /** Options of every child. */
  child: pulumi.CustomResourceOptions;
}

/** Gathers it, from checked arguments. */
export function buildContext(name: string, args: HardenedDatabaseArgs, parent: pulumi.Resource): BuildContext {
  return {
    name,
    args,
    settings: databaseSettings(args),
    place: {
      partition: aws.getPartitionOutput({}, { parent }).partition,
      region: aws.getRegionOutput({}, { parent }).region,
      accountId: aws.getCallerIdentityOutput({}, { parent }).accountId,
    },
    tags: resourceTags({
      component: "HardenedDatabase",
      name,
      teamTags: args.teamTags,
      lowered: databaseFloors(name, args),
    }),
    child: { parent },
  };
}
