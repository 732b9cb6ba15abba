import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The groups that operations name in `x-palisade-groups`. They give no role in AWS. */
export function createGroups(
  name: string,
  userPoolId: pulumi.Input<string>,
  groups: Record<string, string>,
  opts: { parent: pulumi.Resource },
): void {
  for (const [group, description] of Object.entries(groups)) {
    new aws.cognito.UserGroup(`${name}-group-${group}`, { userPoolId, name: group, description }, opts);
  }
}
