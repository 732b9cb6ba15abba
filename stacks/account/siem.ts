import { bundle } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { Siem, type SiemArgs } from "@palisade/threat-detection";
import * as pulumi from "@pulumi/pulumi";
import type { AccountConfig } from "./config.ts";

/** What the configuration says of it: the options of `Siem` that are no other part of the stack. */
export type SiemConfig = Omit<SiemArgs, "transform" | "setup" | "alarmTopicArn" | "teamTags">;

/**
 * The audit trail and every finding, and what else `palisade:siem` names, in one place that can be searched. It is the dearest switch of the
 * account's stage, and off without the key.
 *
 * @param trailLogGroupName the audit trail's log group, which is always one of the sources
 * @returns where people look at the dashboard; undefined where it is off
 */
export async function createSiem(
  { siem: config }: AccountConfig,
  trailLogGroupName: pulumi.Input<string>,
  alarmTopicArn: pulumi.Input<string>,
): Promise<pulumi.Output<string> | undefined> {
  if (config === undefined) return undefined;
  const code = async (name: string) => new pulumi.asset.FileArchive(await bundle(name));
  const transform = new HardenedFunction("siem-transform", {
    code: await code("ocsf"),
    description: "Makes events of OCSF of what Firehose is to deliver",
    // Firehose waits for five minutes at most; a batch that is put back may wait for its own calls.
    timeoutSeconds: 120,
    memoryMegabytes: 512,
  });
  const { network } = config;
  const setup = new HardenedFunction("siem-setup", {
    code: await code("siem-setup"),
    description: "Sets OpenSearch up for events, on deploy",
    // A policy of who may do what takes a minute until it is in force.
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    ...(network && { network: { subnetIds: network.subnetIds, securityGroupIds: network.securityGroupIds } }),
  });
  const { dashboardsUrl } = new Siem("siem", {
    ...config,
    transform,
    setup,
    logGroups: { ...config.logGroups, trail: trailLogGroupName },
    alarmTopicArn,
  });
  return dashboardsUrl;
}
