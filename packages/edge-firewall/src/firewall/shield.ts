import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FirewallScope, type ShieldAdvancedArgs } from "./args.ts";
import type { Checks } from "./checks.ts";

/** Shield Advanced, confirmed. */
export interface ShieldSettings {
  distributionArn: pulumi.Input<string>;
  subscribes: boolean;
}

/** @throws PalisadeError in front of a stage, which Shield Advanced does not protect, and without the price's confirmation. */
export function shieldSettings(
  check: Checks,
  args: ShieldAdvancedArgs | undefined,
  scope: FirewallScope,
): ShieldSettings | undefined {
  if (args === undefined) return undefined;
  check.plain("shieldAdvanced", args);
  if (scope !== FirewallScope.CloudFront) {
    check.fail({
      property: "shieldAdvanced",
      receivedText: "set with scope REGIONAL",
      allowed: "nothing in front of an API's stage: Shield Advanced does not protect API Gateway",
      fix: "put CloudFront in front of the API and set scope to FirewallScope.CloudFront",
    });
  }
  if (args.confirmPriceOf3000DollarsAMonthForAYear !== true) {
    check.fail({
      property: "shieldAdvanced.confirmPriceOf3000DollarsAMonthForAYear",
      received: args.confirmPriceOf3000DollarsAMonthForAYear,
      allowed: "true: 3000 dollars a month for at least a year, and data transfer beside it",
      fix: "set it to true, or remove shieldAdvanced: every AWS account has Shield Standard without a price",
    });
  }
  return { distributionArn: args.distributionArn, subscribes: args.existingSubscription !== true };
}

/** The subscription, which alone protects nothing, and the protection of the distribution. */
export function createShield(
  name: string,
  shield: ShieldSettings | undefined,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): void {
  if (shield === undefined) return;
  const subscription = shield.subscribes
    ? // AWS ends no subscription before its year is over, so that destroy could only fail.
      [new aws.shield.Subscription(childName(name, "shield-subscription"), { skipDestroy: true }, opts)]
    : [];
  new aws.shield.Protection(
    childName(name, "shield-protection"),
    { resourceArn: shield.distributionArn, tags },
    { ...opts, dependsOn: subscription },
  );
}
