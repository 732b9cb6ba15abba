import type { AwsQueryCaller } from "../shared/aws-query.ts";
import type { Message } from "./message.ts";

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
