import { NAME_RULES, physicalName, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AccessAnalyzerArgs } from "./args.ts";
import type { AccountScope } from "./scope.ts";

/**
 * IAM Access Analyzer (Security Hub IAM.28): in every region what those outside of the account can reach, at no cost; in one, for IAM is the
 * same in all, what nobody uses.
 *
 * @returns the ARN of the analyzer of external access in the provider's own region
 */
export function createAccessAnalyzer(scope: AccountScope, args: AccessAnalyzerArgs): pulumi.Output<string> {
  const { existingAnalyzerArn, unusedAccessDays } = args;
  const kind = args.wholeOrganization === true ? "ORGANIZATION" : "ACCOUNT";
  const { name, regions, tags, kept } = scope;
  const analyzerName = (role: string) => physicalName(`${stackPrefix()}-${name}-${role}`, NAME_RULES.trail);
  const made = regions
    .filter(({ region }) => existingAnalyzerArn === undefined || region !== undefined)
    .map(
      ({ region, childName }) =>
        new aws.accessanalyzer.Analyzer(
          childName("external-access"),
          { analyzerName: analyzerName("external-access"), type: kind, region, tags },
          kept,
        ),
    );
  if (unusedAccessDays !== undefined) {
    new aws.accessanalyzer.Analyzer(
      (regions[0] as (typeof regions)[0]).childName("unused-access"),
      {
        analyzerName: analyzerName("unused-access"),
        type: `${kind}_UNUSED_ACCESS`,
        configuration: { unusedAccess: { unusedAccessAge: unusedAccessDays } },
        tags,
      },
      kept,
    );
  }
  return pulumi.output(existingAnalyzerArn ?? (made[0] as aws.accessanalyzer.Analyzer).arn);
}
