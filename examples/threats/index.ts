import { bundle } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { FindingChannel, FindingResponse, ResponsePlan, ThreatDetection } from "@palisade/threat-detection";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const channel = new FindingChannel("findings", { emailAddresses: [config.require("email")] });
const notifier = new HardenedFunction("finding-notifier", {
  code: new pulumi.asset.FileArchive(await bundle("finding-notifier")),
  environment: channel.notifierEnvironment(),
  statements: channel.notifierStatements(),
  timeoutSeconds: 60,
  failureDestinationArn: channel.deadLetterQueueArn,
});
const detection = new ThreatDetection("detection", { channel, notifier });

// What may be done about a finding: without `mode: ResponseMode.Act` it is only told.
const plan = new ResponsePlan("responses", {
  channel,
  notifier,
  quarantine: { functionArns: [config.require("functionArn")] },
});
const responder = new HardenedFunction("finding-responder", {
  code: new pulumi.asset.FileArchive(await bundle("finding-response")),
  environment: plan.responderEnvironment(),
  statements: plan.responderStatements(),
  timeoutSeconds: 60,
  failureDestinationArn: plan.deadLetterQueueArn,
});
new FindingResponse("response", { plan, responder, alarmTopicArn: channel.topicArn });

export const detectorId = detection.detectorId;
