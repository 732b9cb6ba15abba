import { expect, test } from "vitest";
import type { AwsClients } from "../../src/clients.ts";
import { feedEvent } from "../../src/guardduty/feed.ts";

const EVENT = { id: "e", source: "aws.guardduty", "detail-type": "GuardDuty Finding" };

/** EventBridge with one rule that matches and one target, and everything else as a recorder. */
function clientsWith(target: Record<string, unknown>, pages = 1) {
  const sent: { name: string; input: Record<string, unknown> }[] = [];
  const client = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const { name } = command.constructor;
      sent.push({ name, input: command.input });
      if (name === "ListRulesCommand") {
        const Rules = [
          { Name: "rule", EventPattern: "{}" },
          { Name: "off", EventPattern: "{}", State: "DISABLED" },
          { Name: "schedule", EventPattern: "" },
        ];
        return pages > 1 && command.input.NextToken === undefined ? { Rules: [], NextToken: "more" } : { Rules };
      }
      if (name === "TestEventPatternCommand") return { Result: true };
      if (name === "ListTargetsByRuleCommand") return { Targets: [target] };
      return {};
    },
  };
  const clients = new Proxy({}, { get: () => client }) as AwsClients;
  return { clients, sent };
}

test.each([
  ["arn:aws:sns:eu-west-1:1:topic", "PublishCommand", { Message: JSON.stringify(EVENT) }],
  ["arn:aws:lambda:eu-west-1:1:function:f:live", "InvokeCommand", { InvocationType: "Event" }],
])("the target %s is called as EventBridge calls it", async (Arn, name, input) => {
  const { clients, sent } = clientsWith({ Arn }, 2);
  expect(await feedEvent(clients, EVENT)).toEqual({ targets: [Arn], unmatched: [] });
  expect(sent.at(-1)).toMatchObject({ name, input });
});

test("a target with an input of its own gets that", async () => {
  const { clients, sent } = clientsWith({ Arn: "arn:aws:sns:eu-west-1:1:topic", Input: "{}" });
  await feedEvent(clients, EVENT);
  expect(sent.at(-1)?.input).toMatchObject({ Message: "{}" });
});

test.each([
  [
    { Arn: "arn:aws:states:eu-west-1:1:x" },
    "The sandbox cannot call the target arn:aws:states:eu-west-1:1:x. It calls queues, topics, functions and log groups.",
  ],
  [
    { Arn: "arn:x", InputPath: "$.detail" },
    "The target arn:x transforms its input, which the sandbox does not do for events of AWS. Send it the whole event.",
  ],
])("the target %j is said to be out of reach", async (target, sentence) => {
  await expect(feedEvent(clientsWith(target).clients, EVENT)).rejects.toThrow(sentence);
});
