import { expect, test } from "vitest";
import type { AwsClients } from "../../src/clients.ts";
import { feedEvent, feedEvents } from "../../src/guardduty/feed.ts";

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

test("many events are handed on as one would be, with one log stream for all", async () => {
  const { clients, sent } = clientsWith({ Arn: "arn:aws:logs:eu-west-1:1:log-group:/findings:*" });
  const events = Array.from({ length: 20 }, (_, index) => ({ ...EVENT, id: `e${index}` }));
  const fed = await feedEvents(clients, events, 4);
  expect(fed).toEqual(Array(20).fill({ targets: ["arn:aws:logs:eu-west-1:1:log-group:/findings:*"], unmatched: [] }));
  const named = (name: string) => sent.filter((each) => each.name === name);
  expect(named("ListRulesCommand")).toHaveLength(1);
  expect(named("CreateLogStreamCommand")).toHaveLength(1);
  const { logStreamName } = named("CreateLogStreamCommand")[0]?.input ?? {};
  const lines = named("PutLogEventsCommand").map(({ input }) => input);
  expect(lines.every((line) => line.logStreamName === logStreamName && line.logGroupName === "/findings")).toBe(true);
  expect(
    lines.map(({ logEvents }) => JSON.parse((logEvents as { message: string }[])[0]?.message ?? "").id).sort(),
  ).toEqual(events.map(({ id }) => id).sort());
  expect(await feedEvents(clients, [])).toEqual([]);
});
