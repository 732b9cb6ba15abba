import { createHash } from "node:crypto";
import { childName, resourceTags } from "@palisade/core";
import { allowOnBucket, guardedBucket, logAccess } from "@palisade/storage";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ThreatSimulatorArgs } from "./args.ts";
import { FIXED } from "./defaults.ts";
import { simulatorSettings } from "./validate.ts";

/**
 * A threat list of our own with one address, which is given to GuardDuty, for a function that calls it: the way from a call to a person's inbox is tried
 * out without anything malicious. The function is a `HardenedFunction` of the code `threat-simulator` with `functionEnvironment()`. Refused
 * outside of the stage `weak` unless a reason is given.
 */
export class ThreatSimulator extends pulumi.ComponentResource {
  /** The address that is listed, and that the function calls. */
  public readonly address: pulumi.Output<string>;
  /** The TCP port that the function calls. */
  public readonly port: pulumi.Output<number>;
  /** The id of GuardDuty's threat intel set. */
  public readonly threatListId: pulumi.Output<string>;
  /** The name of the bucket of the list. */
  public readonly bucketName: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args The detector, and why it is allowed.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed, and outside of `weak` without a reason.
   */
  constructor(name: string, args: ThreatSimulatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:ThreatSimulator", name, {}, opts);
    const child = { parent: this };
    const { address, port, lowered } = simulatorSettings(name, args);
    const tags = resourceTags({ component: "ThreatSimulator", name, teamTags: args.teamTags, lowered });

    // What is in it is made anew by the next deployment: one line.
    const bucketArgs = { tags, noncurrentDays: FIXED.NONCURRENT_DAYS, forceDestroy: true };
    const list = guardedBucket(name, "list", bucketArgs, child);
    const policy = allowOnBucket(list, []);
    const logArgs = {
      tags,
      noncurrentDays: FIXED.NONCURRENT_DAYS,
      expirationDays: FIXED.ACCESS_LOG_DAYS,
      forceDestroy: true,
    };
    const { accountId } = aws.getCallerIdentityOutput({}, child);
    logAccess(guardedBucket(name, "access-logs", logArgs, child), [{ guarded: list, prefix: "list/" }], accountId);
    const content = `${address}\n`;
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
    const object = new aws.s3.BucketObjectv2(
      childName(name, "list-object"),
      // GuardDuty reads a list when it is told to: a list with other content has another key.
      { bucket: list.bucket.id, key: `threat-list-${hash}.txt`, content, contentType: "text/plain", tags },
      { ...child, dependsOn: [...list.guards, policy] },
    );
    const set = new aws.guardduty.ThreatIntelSet(
      childName(name, "list-set"),
      {
        activate: true,
        detectorId: args.detectorId,
        format: "TXT",
        location: pulumi.interpolate`s3://${list.bucket.id}/${object.key}`,
        name: `palisade-simulated-${name}`,
        tags,
      },
      child,
    );

    this.address = pulumi.output(address);
    this.port = pulumi.output(port);
    this.threatListId = set.id;
    this.bucketName = list.bucket.id;
    this.registerOutputs({
      address: this.address,
      port: this.port,
      threatListId: this.threatListId,
      bucketName: this.bucketName,
    });
  }

  /** The environment of the function that calls the address: a function of the code `threat-simulator`, which needs no permission. */
  functionEnvironment(): Record<string, pulumi.Input<string>> {
    return { LISTED_ADDRESS: this.address, LISTED_PORT: this.port.apply(String) };
  }
}
