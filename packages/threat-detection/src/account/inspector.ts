import * as aws from "@pulumi/aws";
import type { InspectorArgs } from "./args.ts";
import type { AccountScope } from "./scope.ts";

/** Inspector in every region (Security Hub Inspector.4; .3 with the functions' own code; .1 and .2 where asked for). */
export function createInspector(
  { place, regions, kept, delegatedAdministrator }: AccountScope,
  args: InspectorArgs,
): void {
  const resourceTypes = [
    "LAMBDA",
    ...(args.functionCode === false ? [] : ["LAMBDA_CODE"]),
    ...(args.images === true ? ["ECR"] : []),
    ...(args.instances === true ? ["EC2"] : []),
  ];
  for (const { region, childName } of regions) {
    if (args.existing !== true) {
      new aws.inspector2.Enabler(
        childName("inspector"),
        { accountIds: [place.accountId], resourceTypes, region },
        kept,
      );
    }
    if (delegatedAdministrator !== undefined) {
      new aws.inspector2.DelegatedAdminAccount(
        childName("inspector-administrator"),
        { accountId: delegatedAdministrator, region },
        kept,
      );
    }
  }
}
