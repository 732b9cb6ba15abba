import { type Environment, readEnvironment } from "../shared/env.ts";

/** What the notifier is set up with. */
export interface NotifierEnvironment {
  topicArn: string;
  table: string;
  messagesPerHour: number;
}

/** Reads the notifier's environment. */
export function readNotifierEnvironment(environment: Environment): NotifierEnvironment {
  const values = readEnvironment("finding-notifier", environment, {
    TOPIC_ARN: { pattern: /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:\S+$/, form: "the ARN of an SNS topic" },
    NOTIFICATION_TABLE: { pattern: /^[\w.-]{3,255}$/, form: "the name of a DynamoDB table" },
    MESSAGES_PER_HOUR: { pattern: /^[1-9]\d{0,4}$/, form: "a whole number from 1 to 99999", fallback: "60" },
  });
  return {
    topicArn: values.TOPIC_ARN,
    table: values.NOTIFICATION_TABLE,
    messagesPerHour: Number(values.MESSAGES_PER_HOUR),
  };
}
