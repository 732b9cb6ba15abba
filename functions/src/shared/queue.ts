/** What Lambda and a function say to each other of a batch of a queue. */

/** One message of the queue. */
export interface QueueRecord {
  messageId: string;
  /** EventBridge's event, as JSON. */
  body: string;
}

/** What Lambda is told of a batch: the messages that are to be delivered again. */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}
