import { arnIn, childName, NAME_RULES, physicalName, resourceTags, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placeOf } from "../place.ts";
import type { AuditTrailArgs } from "./args.ts";
import { createBenchmark } from "./benchmark.ts";
import { createBuckets } from "./bucket.ts";
import { createTrailKey } from "./key.ts";
import { createTrailLog } from "./log-group.ts";
import { eventSelectors } from "./selectors.ts";
import { trailSettings } from "./settings.ts";

/**
 * Who called which API of AWS, in every region: CloudTrail with validated, encrypted and locked log files, a log group, and the metrics
 * and alarms of the CIS benchmark. It belongs into a stack of the account. The buckets and the key stay when the stack is destroyed.
 */
export class AuditTrail extends pulumi.ComponentResource {
  /** The trail's ARN. */
  public readonly trailArn: pulumi.Output<string>;
  /** The name of the bucket of the log files, `AWSLogs/<account>/CloudTrail/...`. */
  public readonly bucketName: pulumi.Output<string>;
  /** The ARN of that bucket. */
  public readonly bucketArn: pulumi.Output<string>;
  /** The name of the trail's log group. */
  public readonly logGroupName: pulumi.Output<string>;
  /** The ARN of the key of the log files and the log group. */
  public readonly kmsKeyArn: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What is recorded and how long it is kept. Every option has a default.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: AuditTrailArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:AuditTrail", name, {}, opts);
    const child = { parent: this };
    const settings = trailSettings(name, args);
    const tagged = { component: "AuditTrail", name, teamTags: args.teamTags };
    const tags = resourceTags(tagged);
    const place = placeOf(child);
    // The policies that the trail needs name it: it is known before it is made.
    const trailName = physicalName(`${stackPrefix()}-${name}`, NAME_RULES.trail);
    const trailArn = arnIn(place, "cloudtrail", `trail/${trailName}`);

    const kmsKeyArn = pulumi.output(settings.kmsKeyArn ?? createTrailKey(name, place, trailArn, tags, child));
    const buckets = createBuckets(name, { settings, place, kmsKeyArn, trailArn, tags }, child);
    const log = createTrailLog(name, settings, { accountId: place.accountId, trailArn, kmsKeyArn, tags }, child);
    const trail = new aws.cloudtrail.Trail(
      childName(name, "trail"),
      {
        name: trailName,
        s3BucketName: buckets.logs.id,
        kmsKeyId: kmsKeyArn, // Security Hub CloudTrail.2
        isMultiRegionTrail: true, // CloudTrail.1
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true, // CloudTrail.4
        isOrganizationTrail: settings.organizationId !== undefined,
        cloudWatchLogsGroupArn: pulumi.interpolate`${log.group.arn}:*`,
        cloudWatchLogsRoleArn: log.role.arn,
        advancedEventSelectors: eventSelectors(settings.dataEvents, [buckets.logs.arn, buckets.accessLogs.arn]),
        tags: resourceTags({ ...tagged, lowered: settings.lowered }),
      },
      { ...child, dependsOn: [...buckets.ready, log.policy] },
    );
    createBenchmark(name, log.group, settings.alarmTopicArn, tags, child);

    this.trailArn = trail.arn;
    this.bucketName = buckets.logs.id;
    this.bucketArn = buckets.logs.arn;
    this.logGroupName = log.group.name;
    this.kmsKeyArn = kmsKeyArn;
    this.registerOutputs({
      trailArn: this.trailArn,
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      logGroupName: this.logGroupName,
      kmsKeyArn: this.kmsKeyArn,
    });
  }
}
