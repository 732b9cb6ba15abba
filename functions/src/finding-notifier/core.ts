/**
 * Sends each finding to people once, and never loses one: what cannot be sent now stays in the queue, what comes too fast is counted in
 * a digest, and what cannot be read is said to be so.
 */

import { findingOf, text } from "../shared/finding.ts";
import { describeError, type Logger } from "../shared/log.ts";
import type { BatchAnswer, QueueRecord } from "../shared/queue.ts";
import type { Message } from "../shared/topic.ts";
import { digestMessage, findingMessage, unreadableMessage } from "./message.ts";
import type { FindingStore } from "./store.ts";

/** What the notifier works with. */
export interface NotifierParts {
  store: FindingStore;
  /** Sends a message to all subscribers. */
  publish(message: Message): Promise<void>;
  /** Messages in an hour, after which findings go into its digest; as many again for findings of a high severity. */
  messagesPerHour: number;
  log: Logger;
}

/**
 * GuardDuty's "high". These have messages of their own in an hour: who floods us with minor findings must not hide a grave one in the digest.
 */
const URGENT_SEVERITY = 7;

/** What events that cannot be read are counted as in the digest. */
const UNREADABLE = "unreadable event";

/** Hours that a digest is looked for: a digest that could not be sent is sent by a later hour's run. */
const DIGEST_HOURS = 24;

/** The notifier: one function for the queue's batches, one for the hourly digest. */
export function createNotifier({ store, publish, messagesPerHour, log }: NotifierParts) {
  const sendOrHold = async (type: string, urgent: boolean, message: Message): Promise<void> => {
    if ((await store.count(urgent)) > messagesPerHour) {
      await store.hold(type);
      return;
    }
    try {
      await publish(message);
    } catch (error) {
      // Tries that fail must not use up the hour's messages.
      await store.uncount(urgent).catch(() => undefined);
      throw error;
    }
  };

  const notify = async (body: string): Promise<void> => {
    const event = parse(body);
    const finding = findingOf(event);
    if (finding === undefined) {
      const { id, source } = (event ?? {}) as { id?: unknown; source?: unknown };
      await sendOrHold(UNREADABLE, false, unreadableMessage(text(id), text(source)));
      return;
    }
    const claimed = await store.claim(finding);
    if (claimed === "sent") return;
    if (claimed === "busy") throw new Error("another delivery of the finding is at work");
    try {
      await sendOrHold(finding.type, finding.severity >= URGENT_SEVERITY, findingMessage(finding));
    } catch (error) {
      // It is free for the next delivery at once. Should that fail too, the claim ends by itself.
      await store.release(finding).catch(() => undefined);
      throw error;
    }
    // It was sent: a mark that fails costs a second message at most, a failure of the whole would cost one for certain.
    await store.done(finding).catch(() => undefined);
  };

  return {
    /** Delivers a batch of the queue. It never rejects: what failed is named in the answer. */
    async deliver(records: readonly QueueRecord[]): Promise<BatchAnswer> {
      const batchItemFailures: BatchAnswer["batchItemFailures"] = [];
      for (const { messageId, body } of records) {
        try {
          await notify(body);
        } catch (error) {
          log({ level: "ERROR", event: "undelivered", requestId: messageId, what: "finding", ...describeError(error) });
          batchItemFailures.push({ itemIdentifier: messageId });
        }
      }
      return { batchItemFailures };
    },

    /** Sends the digests of the hours that are over. @returns how many were sent */
    async digest(): Promise<number> {
      let sent = 0;
      for (let hoursAgo = 1; hoursAgo <= DIGEST_HOURS; hoursAgo++) {
        const held = await store.held(hoursAgo);
        if (held === undefined) continue;
        await publish(digestMessage(held.hour, held.counts));
        // One that has grown meanwhile is sent again with the next run.
        await store.forget(held);
        sent++;
      }
      return sent;
    },
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
