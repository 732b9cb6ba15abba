import { type AwsPlace, arnIn, childName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Findings of other regions to the own region's bus, whose rules then take them as they take the own ones. EventBridge tries for a day; a
 * queue for what is not delivered then would have to be in each region.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
 */
export function forwardFindings(
  name: string,
  regions: string[],
  place: AwsPlace,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): void {
  if (regions.length === 0) return;
  const bus = arnIn(place, "events", "event-bus/default");
  const role = new aws.iam.Role(
    childName(name, "forward-role"),
    {
      description: "Lets EventBridge of other regions put findings on the bus of this one",
      assumeRolePolicy: trustDocument({ service: "events.amazonaws.com", sourceAccount: place.accountId }),
      tags,
    },
    opts,
  );
  const policy = new aws.iam.RolePolicy(
    childName(name, "forward-policy"),
    {
      role: role.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [{ Sid: "OwnBus", Effect: "Allow", Action: ["events:PutEvents"], Resource: [bus] }],
      }),
    },
    opts,
  );
  for (const region of regions) {
    const rule = new aws.cloudwatch.EventRule(
      childName(name, `forward-${region}`),
      {
        description: "Findings of this region, to the one where people are told",
        eventPattern: JSON.stringify({ source: ["aws.guardduty"], "detail-type": ["GuardDuty Finding"] }),
        region,
        tags,
      },
      opts,
    );
    new aws.cloudwatch.EventTarget(
      childName(name, `forward-target-${region}`),
      { rule: rule.name, arn: bus, roleArn: role.arn, region },
      { ...opts, dependsOn: [policy] },
    );
  }
}
