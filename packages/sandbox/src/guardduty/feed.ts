/**
 * Stands in for GuardDuty, of which the emulator has nothing: hands an event to EventBridge's rules. `PutEvents` refuses sources that
 * begin with `aws.`, as AWS's does, so each deployed rule's own pattern is asked by `TestEventPattern`, and the targets of those that match
 * are called as EventBridge would: with the target's own input, and nothing of the rule decided here.
 */

import { randomUUID } from "node:crypto";
import { CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { PublishCommand } from "@aws-sdk/client-sns";
import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { AwsClients } from "../clients.ts";
import { SandboxError } from "../errors.ts";

/** An event of EventBridge. */
export interface FedEvent {
  id: string;
  source: string;
  "detail-type": string;
  [key: string]: unknown;
}

/** What became of an event. */
export interface Fed {
  /** ARNs of the targets that were called, in the order of the rules. */
  targets: string[];
  /** Rules that did not match. */
  unmatched: string[];
}

/**
 * Hands an event to every enabled rule of the default bus.
 *
 * @throws SandboxError when a matching rule has a target that this cannot call: it is said, and not passed over
 */
export async function feedEvent(clients: AwsClients, event: FedEvent): Promise<Fed> {
  return (await openFeed(clients))(event);
}

/**
 * Hands many events on, some at a time, with the rules and targets as they are now.
 *
 * @param atOnce how many; EventBridge keeps no order either
 */
export async function feedEvents(clients: AwsClients, events: readonly FedEvent[], atOnce = 8): Promise<Fed[]> {
  const feed = await openFeed(clients);
  const fed: Fed[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < events.length; index = next++) fed[index] = await feed(events[index] as FedEvent);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return fed;
}

/** Reads the rules and their targets, and gives what an event is handed to. */
async function openFeed(clients: AwsClients): Promise<(event: FedEvent) => Promise<Fed>> {
  const rules = await Promise.all(
    (await rulesOf(clients)).map(async (rule) => {
      const { Targets = [] } = await clients.eventBridge.send(new ListTargetsByRuleCommand({ Rule: rule.Name }));
      return { rule, targets: Targets };
    }),
  );
  const streams = new Map<string, Promise<string>>();
  return async (event) => {
    const Event = JSON.stringify(event);
    const fed: Fed = { targets: [], unmatched: [] };
    for (const { rule, targets } of rules) {
      const { Result } = await clients.eventBridge.send(
        new TestEventPatternCommand({ EventPattern: rule.EventPattern, Event }),
      );
      if (Result !== true) {
        fed.unmatched.push(rule.Name ?? "");
        continue;
      }
      for (const target of targets) {
        await callTarget(clients, target, Event, streams);
        fed.targets.push(target.Arn ?? "");
      }
    }
    return fed;
  };
}

async function rulesOf({ eventBridge }: AwsClients): Promise<Rule[]> {
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await eventBridge.send(new ListRulesCommand({ NextToken }));
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return rules.filter(
    ({ EventPattern, State }) => EventPattern !== undefined && EventPattern !== "" && State !== "DISABLED",
  );
}

async function callTarget(
  clients: AwsClients,
  { Arn = "", Input, InputPath, InputTransformer }: Target,
  event: string,
  streams: Map<string, Promise<string>>,
) {
  if (InputPath !== undefined || InputTransformer !== undefined) {
    throw new SandboxError(
      `The target ${Arn} transforms its input, which the sandbox does not do for events of AWS.`,
      "Send it the whole event.",
    );
  }
  const body = Input ?? event;
  const [, , service, , , ...resource] = Arn.split(":");
  const name = resource.join(":");
  if (service === "sqs") {
    const { QueueUrl } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  } else if (service === "sns") {
    await clients.sns.send(new PublishCommand({ TopicArn: Arn, Message: body }));
  } else if (service === "lambda") {
    await clients.lambda.send(
      new InvokeCommand({ FunctionName: Arn, InvocationType: "Event", Payload: Buffer.from(body) }),
    );
  } else if (service === "logs") {
    const logGroupName = name.replace(/^log-group:/, "").replace(/:\*$/, "");
    const logStreamName = await streamOf(clients, logGroupName, streams);
    const logEvents = [{ timestamp: Date.now(), message: body }];
    await clients.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  } else {
    throw new SandboxError(
      `The sandbox cannot call the target ${Arn}.`,
      "It calls queues, topics, functions and log groups.",
    );
  }
}

/** A log stream of this feed's own: EventBridge makes some, and nobody looks for one by its name. */
function streamOf({ logs }: AwsClients, logGroupName: string, streams: Map<string, Promise<string>>): Promise<string> {
  const known = streams.get(logGroupName);
  if (known !== undefined) return known;
  const logStreamName = randomUUID();
  const made = logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).then(() => logStreamName);
  streams.set(logGroupName, made);
  return made;
}
