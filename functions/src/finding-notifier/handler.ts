import { createAwsCaller } from "../shared/aws.ts";
import { createAwsQueryCaller } from "../shared/aws-query.ts";
import { readAwsEnvironment } from "../shared/env.ts";
import { duringInvocation, type InvocationContext } from "../shared/invocation.ts";
import { createLogger } from "../shared/log.ts";
import type { BatchAnswer, QueueRecord } from "../shared/queue.ts";
import { createPublisher } from "../shared/topic.ts";
import { createNotifier } from "./core.ts";
import { readNotifierEnvironment } from "./env.ts";
import { createFindingStore } from "./store.ts";

const environment = readNotifierEnvironment(process.env);
const aws = readAwsEnvironment("finding-notifier", process.env);
const notifier = createNotifier({
  store: createFindingStore(createAwsCaller(aws), environment.table),
  publish: createPublisher(createAwsQueryCaller(aws), environment.topicArn),
  messagesPerHour: environment.messagesPerHour,
  log: createLogger("finding-notifier"),
});

/** Is called with a batch of the queue, and by the hourly schedule with anything else. */
export function handler(
  event: { Records?: QueueRecord[] },
  context?: InvocationContext,
): Promise<BatchAnswer | { digests: number }> {
  return duringInvocation(context, async () =>
    event.Records === undefined ? { digests: await notifier.digest() } : notifier.deliver(event.Records),
  );
}
