import { resourceTags } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { createDelivery, createFindingRule, createSchedule } from "../pipeline/routing.ts";
import { placeOf } from "../place.ts";
import { createAlarms } from "./alarms.ts";
import type { ThreatDetectionArgs } from "./args.ts";
import { detectorsOf } from "./detector.ts";
import { createFindingLog } from "./log.ts";
import { forwardFindings } from "./regions.ts";
import { detectionSettings } from "./settings.ts";

/**
 * GuardDuty for an account and region, and the way of its findings to people: by severity and type into a channel's queue, from there to
 * a person as a message that says what to do, and all of them into a log. An alarm tells where a finding got stuck. It belongs into a stack
 * of the account, not of a stage.
 */
export class ThreatDetection extends pulumi.ComponentResource {
  /** The id of the detector, made or adopted. */
  public readonly detectorId: pulumi.Output<string>;
  /** The ARN of the rule that sends findings to the channel. */
  public readonly ruleArn: pulumi.Output<string>;
  /** The name of the log of all findings. */
  public readonly logGroupName: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args Where findings go, and which.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: ThreatDetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:ThreatDetection", name, {}, opts);
    const child = { parent: this };
    const settings = detectionSettings(name, args);
    const tagged = { component: "ThreatDetection", name, teamTags: args.teamTags };
    const tags = resourceTags(tagged);

    this.detectorId = detectorsOf(name, settings, resourceTags({ ...tagged, lowered: settings.declined }), child);
    forwardFindings(name, settings.regions, placeOf(child), tags, child);
    const { channel, notifier, minimumSeverity, mutedTypes } = settings;
    const rule = createFindingRule(
      name,
      {
        description: "Findings that a person is told of",
        detail: {
          severity: [{ numeric: [">=", minimumSeverity] }],
          ...(mutedTypes.length > 0 && { type: [{ "anything-but": mutedTypes }] }),
        },
        queueArn: channel.queueArn,
        deadLetterQueueArn: channel.deadLetterQueueArn,
      },
      resourceTags({ ...tagged, lowered: settings.muted }),
      child,
    );
    createDelivery(name, channel.queueArn, notifier, tags, child);
    const digest = {
      role: "digest",
      description: "Sends the digest of findings that were held back",
      expression: "cron(5 * * * ? *)",
      input: { digest: true },
      target: notifier,
      deadLetterQueueArn: channel.deadLetterQueueArn,
    };
    createSchedule(name, digest, tags, child);
    const log = createFindingLog(name, args, settings, tags, child);
    createAlarms(name, settings, rule.name, tags, child);

    this.ruleArn = rule.arn;
    this.logGroupName = log.name;
    this.registerOutputs({ detectorId: this.detectorId, ruleArn: this.ruleArn, logGroupName: this.logGroupName });
  }
}
