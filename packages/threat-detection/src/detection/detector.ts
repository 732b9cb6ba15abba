import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DetectionSettings } from "./settings.ts";

/**
 * The account's detectors, one in each region: the one that is there, or one that is made, and outlives the stack. Who destroys a stage must
 * not blind the account.
 *
 * @returns the id of the one in the provider's own region
 */
export function detectorsOf(
  name: string,
  settings: DetectionSettings,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): pulumi.Output<string> {
  const own = detectorOf(name, settings, { existing: settings.existingDetectorId }, tags, opts);
  for (const region of settings.regions) {
    detectorOf(name, settings, { region, existing: settings.existingDetectorIds[region] }, tags, opts);
  }
  return own;
}

function detectorOf(
  name: string,
  { publishingFrequency, features, delegatedAdministrator }: DetectionSettings,
  { region, existing }: { region?: string; existing?: pulumi.Input<string> },
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): pulumi.Output<string> {
  const kept = { ...opts, protect: true, retainOnDelete: true };
  const childOf = (role: string) => childName(name, region === undefined ? role : `${role}-${region}`);
  if (delegatedAdministrator !== undefined) {
    new aws.guardduty.OrganizationAdminAccount(
      childOf("administrator"),
      { adminAccountId: delegatedAdministrator, region },
      kept,
    );
  }
  if (existing !== undefined) return pulumi.output(existing);
  const detector = new aws.guardduty.Detector(
    childOf("detector"),
    { enable: true, findingPublishingFrequency: publishingFrequency, region, tags },
    kept,
  );
  for (const [feature, isOn] of Object.entries(features)) {
    // Those that are off are said to be off: a new detector has some of them on, each at its price.
    new aws.guardduty.DetectorFeature(
      childOf(feature.toLowerCase().replaceAll("_", "-")),
      { detectorId: detector.id, name: feature, status: isOn ? "ENABLED" : "DISABLED", region },
      kept,
    );
  }
  return detector.id;
}
