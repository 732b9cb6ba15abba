import { invalid, type LoweredFloor, requireReason, validatedInput, wholeNumber } from "@palisade/core";
import type { FindingChannelArgs } from "./args.ts";

const COMPONENT = "FindingChannel";

// What SNS takes for an address is for SNS to say; this refuses what is certainly none.
const EMAIL = /^[^\s@"'<>]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
const QUEUE_ARN = /^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}(\.fifo)?$/;
const SLACK_ID = { workspaceId: /^T[A-Z0-9]{5,}$/, channelId: /^[CG][A-Z0-9]{5,}$/ } as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TEAMS_ID = {
  tenantId: UUID,
  teamId: UUID,
  channelId: /^19(%3A|:)[\w.%@:-]+(%40|@)thread\.(tacv2|skype)$/i,
} as const;
const SUBSCRIPTION_KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @throws PalisadeError before any child is created, when an argument is not allowed. */
export function validateChannel(name: string, args: FindingChannelArgs): LoweredFloor[] {
  const place = (property: string) => ({ component: COMPONENT, name, property });
  (args.emailAddresses ?? []).forEach((address, index) => {
    const property = `emailAddresses[${index}]`;
    if (!EMAIL.test(address)) {
      throw invalid({
        ...place(property),
        received: address,
        allowed: "an e-mail address",
        fix: "correct the address",
      });
    }
    if (args.emailAddresses?.indexOf(address) !== index) {
      throw invalid({ ...place(property), received: address, allowed: "each address once", fix: "remove it" });
    }
  });
  for (const [key, arn] of Object.entries(args.queueArns ?? {})) {
    const property = `queueArns[${JSON.stringify(key)}]`;
    if (!SUBSCRIPTION_KEY.test(key)) {
      throw invalid({
        ...place(property),
        receivedText: "a key in another form",
        allowed: "keys in kebab-case",
        fix: "rename it",
      });
    }
    validatedInput(arn, (value) => {
      if (QUEUE_ARN.test(value)) return;
      throw invalid({
        ...place(property),
        received: value,
        allowed: "the ARN of an SQS queue",
        fix: "give the queue's arn",
      });
    });
  }
  for (const [key, pattern] of Object.entries(SLACK_ID) as [keyof typeof SLACK_ID, RegExp][]) {
    validatedInput(args.slack?.[key], (value) => {
      if (pattern.test(value)) return;
      const allowed = `an id of Slack that matches ${pattern.source}`;
      throw invalid({ ...place(`slack.${key}`), received: value, allowed, fix: "copy it from Slack's address bar" });
    });
  }
  for (const [key, pattern] of Object.entries(TEAMS_ID) as [keyof typeof TEAMS_ID, RegExp][]) {
    validatedInput(args.teams?.[key], (value) => {
      if (pattern.test(value)) return;
      const allowed = `an id of Teams that matches ${pattern.source}`;
      throw invalid({ ...place(`teams.${key}`), received: value, allowed, fix: "copy it from the channel's link" });
    });
  }
  validatedInput(args.maximumReceives, (value) => {
    wholeNumber(place("maximumReceives"), value, [1, 1000]);
  });
  if (args.allowDeletion === undefined) return [];
  const reason = requireReason({ ...place("allowDeletion"), reason: args.allowDeletion });
  return [{ floor: "finding-table-deletion-protection", reason }];
}
