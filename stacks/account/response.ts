import { bundle } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { type FindingChannel, FindingResponse, ResponsePlan } from "@palisade/threat-detection";
import * as pulumi from "@pulumi/pulumi";
import type { AccountConfig } from "./config.ts";

/** What answers findings, where the configuration says what may be done. */
export async function createResponses(
  { responses }: AccountConfig,
  channel: FindingChannel,
  notifier: HardenedFunction,
): Promise<void> {
  if (responses === undefined) return;
  const plan = new ResponsePlan("responses", { ...responses, channel, notifier });
  const responder = new HardenedFunction("finding-responder", {
    code: new pulumi.asset.FileArchive(await bundle("finding-response")),
    description: "Answers GuardDuty's findings as the plan says, and takes it back when told to",
    environment: plan.responderEnvironment(),
    statements: plan.responderStatements(),
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    failureDestinationArn: plan.deadLetterQueueArn,
  });
  new FindingResponse("response", { plan, responder, alarmTopicArn: channel.topicArn });
}
