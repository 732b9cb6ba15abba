import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DetectionSettings } from "./settings.ts";

/**
 * The account's detector in this region: the one that is there, or one that is made, and outlives the stack. Who destroys a stage must not
 * blind the account.
 */
export function detectorOf(
  name: string,
  settings: DetectionSettings,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): pulumi.Output<string> {
  if (settings.existingDetectorId !== undefined) return pulumi.output(settings.existingDetectorId);
  const kept = { ...opts, protect: true, retainOnDelete: true };
  const detector = new aws.guardduty.Detector(
    childName(name, "detector"),
    { enable: true, findingPublishingFrequency: settings.publishingFrequency, tags },
    kept,
  );
  for (const [feature, isOn] of Object.entries(settings.features)) {
    // Those that are off are said to be off: a new detector has some of them on, each at its price.
    new aws.guardduty.DetectorFeature(
      childName(name, feature.toLowerCase().replaceAll("_", "-")),
      { detectorId: detector.id, name: feature, status: isOn ? "ENABLED" : "DISABLED" },
      kept,
    );
  }
  return detector.id;
}
