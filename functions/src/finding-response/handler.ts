import { createAwsCaller } from "../shared/aws.ts";
import { createAwsQueryCaller } from "../shared/aws-query.ts";
import { createAwsRestCaller } from "../shared/aws-rest.ts";
import { readAwsEnvironment } from "../shared/env.ts";
import { duringInvocation, type InvocationContext } from "../shared/invocation.ts";
import { createLogger } from "../shared/log.ts";
import type { BatchAnswer, QueueRecord } from "../shared/queue.ts";
import { createPublisher } from "../shared/topic.ts";
import { createResponder, type Released } from "./core.ts";
import { readResponderEnvironment } from "./env.ts";
import { createLedger, type Taken } from "./ledger.ts";
import { createDenial } from "./measures/deny-address.ts";
import { createQuarantine } from "./measures/quarantine.ts";
import { createSessionRevocation } from "./measures/revoke-sessions.ts";
import { MEASURES, type MeasureName } from "./settings.ts";

const { plan, self, table, topicArn } = readResponderEnvironment(process.env);
const aws = readAwsEnvironment("finding-response", process.env);
const queries = createAwsQueryCaller(aws);
const responder = createResponder({
  plan,
  self,
  ledger: createLedger(createAwsCaller(aws), table),
  measures: {
    quarantine: createQuarantine(createAwsRestCaller(aws)),
    "revoke-sessions": createSessionRevocation(queries),
    "deny-address": createDenial((region) => createAwsCaller({ ...aws, region }), {
      ...plan["deny-address"],
      maximumAddresses: plan["deny-address"]?.maximumAddresses ?? 0,
    }),
  },
  publish: createPublisher(queries, topicArn),
  log: createLogger("finding-response"),
});

/** What the function is called with: the queue's batch, the clock's word, or a person's. */
export interface ResponderEvent {
  Records?: QueueRecord[];
  sweep?: true;
  list?: true;
  release?: { measure?: string; target?: string };
}

/** @throws Error for an event that is none of these: somebody meant something that was not done. */
export function handler(
  event: ResponderEvent,
  context?: InvocationContext & { awsRequestId?: string },
): Promise<BatchAnswer | Released | { inForce: Taken[] } | { swept: number }> {
  const requestId = context?.awsRequestId ?? "";
  return duringInvocation(context, async () => {
    if (event.Records !== undefined) return responder.deliver(event.Records);
    if (event.sweep === true) return { swept: await responder.sweep(requestId) };
    if (event.list === true) return { inForce: await responder.list() };
    const { measure, target } = event.release ?? {};
    if (isMeasure(measure) && typeof target === "string") return responder.release(measure, target, requestId);
    throw new Error(
      `The event must have Records, sweep, list, or release with a target and a measure of ${MEASURES.join(", ")}`,
    );
  });
}

function isMeasure(name: unknown): name is MeasureName {
  return MEASURES.includes(name as MeasureName);
}
