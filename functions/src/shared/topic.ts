/** Messages to a topic of SNS, which people read. */
import type { AwsQueryCaller } from "./aws-query.ts";

/** What SNS is given. */
export interface Message {
  /** At most 100 characters of ASCII, without a line break: what SNS accepts. */
  subject: string;
  text: string;
}

// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (Subject)
const MAX_SUBJECT = 100;

/** A subject that SNS accepts. */
export function subjectOf(words: string): string {
  const ascii = words.replace(/[^\x20-\x7e]/g, "?");
  return ascii.length > MAX_SUBJECT ? `${ascii.slice(0, MAX_SUBJECT - 3)}...` : ascii;
}

/** Publishes to a topic. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function createPublisher(call: AwsQueryCaller, topicArn: string): (message: Message) => Promise<void> {
  return async ({ subject, text }) => {
    await call({
      service: "sns",
      action: "Publish",
      version: "2010-03-31",
      input: { TopicArn: topicArn, Subject: subject, Message: text },
    });
  };
}
