import { bundle } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { AccountSecurity, AuditTrail, FindingChannel, ThreatDetection } from "@palisade/threat-detection";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AccountConfig } from "./config.ts";
import { createResponses } from "./response.ts";
import { createSiem } from "./siem.ts";
import { createSimulator } from "./simulator.ts";

/** What other stacks need of it. */
export interface Detection {
  /** The topic that people listen to: alarms of other stacks may use it too. */
  topicArn: pulumi.Output<string>;
  /** The bucket of the audit trail. */
  trailBucketName: pulumi.Output<string>;
  /** The key of the trail's files. */
  trailKeyArn: pulumi.Output<string>;
  /** The name of the log group of every finding. */
  findingLogGroupName: pulumi.Output<string>;
  /** The name of the function that calls a listed address; undefined where there is none. */
  threatCallerName: pulumi.Output<string> | undefined;
  /** Where people search what is logged; undefined where nothing is searched. */
  siemDashboardsUrl: pulumi.Output<string> | undefined;
}

/** GuardDuty with its findings' way to people, what else watches the account, and the record of who called which API of AWS. */
export async function createDetection(config: AccountConfig): Promise<Detection> {
  const channel = new FindingChannel("findings", { emailAddresses: config.findingEmails });
  const notifier = new HardenedFunction("finding-notifier", {
    code: new pulumi.asset.FileArchive(await bundle("finding-notifier")),
    description: "Tells people of GuardDuty's findings",
    environment: channel.notifierEnvironment(),
    statements: channel.notifierStatements(),
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    // EventBridge starts the digest and does not wait: one that fails three times is kept like a finding that could not be told.
    failureDestinationArn: channel.deadLetterQueueArn,
  });
  const { regions, delegatedAdministrator } = config;
  const detection = new ThreatDetection("detection", {
    channel,
    notifier,
    existingDetectorId: config.detectorId,
    regions,
    delegatedAdministrator,
  });
  await createResponses(config, channel, notifier);
  new AccountSecurity("security", { ...config.security, regions, delegatedAdministrator });
  const trail = new AuditTrail("audit", {
    alarmTopicArn: channel.topicArn,
    organizationId: config.organizationId,
  });
  // A stage's analytics hear of new files by EventBridge. Of a bucket there is one such setting: it belongs where the bucket does.
  new aws.s3.BucketNotification("audit-events", { bucket: trail.bucketName, eventbridge: true });
  return {
    topicArn: channel.topicArn,
    trailBucketName: trail.bucketName,
    trailKeyArn: trail.kmsKeyArn,
    findingLogGroupName: detection.logGroupName,
    threatCallerName: await createSimulator(config, detection.detectorId),
    siemDashboardsUrl: await createSiem(config, trail.logGroupName, channel.topicArn),
  };
}
