import { type AwsPlace, childName } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";

/** One region of an account. */
export interface RegionScope {
  /** The region of a resource, where it is not the provider's own. */
  region: string | undefined;
  /** The region's code. */
  code: pulumi.Input<string>;
  /** The logical name of a resource in it: the provider's own region is not in it. */
  childName(role: string): string;
}

/** What the parts of an account's security are built from. */
export interface AccountScope {
  name: string;
  place: AwsPlace;
  /** The provider's own region first. */
  regions: RegionScope[];
  delegatedAdministrator?: pulumi.Input<string>;
  tags: Record<string, pulumi.Input<string>>;
  /** A resource's options that is not the account's for good. */
  child: { parent: pulumi.Resource };
  /** The options of what there is once in an account and region: it outlives the stack, and is not deleted by mistake. */
  kept: { parent: pulumi.Resource; protect: true; retainOnDelete: true };
}

/**
 * The provider's own region, and further ones. They are named by each resource's `region`, and not by providers of their own, which would have
 * none of the default provider's settings, such as the role that it assumes.
 */
export function regionScopes(name: string, own: pulumi.Input<string>, further: string[]): RegionScope[] {
  return [
    { region: undefined, code: own, childName: (role) => childName(name, role) },
    ...further.map((region) => ({
      region,
      code: region,
      childName: (role: string) => childName(name, `${role}-${region}`),
    })),
  ];
}
