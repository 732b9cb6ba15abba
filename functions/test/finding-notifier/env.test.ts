import { expect, test } from "vitest";
import { readNotifierEnvironment } from "../../src/finding-notifier/env.ts";

const REQUIRED = {
  TOPIC_ARN: "arn:aws-us-gov:sns:us-gov-west-1:111122223333:findings",
  NOTIFICATION_TABLE: "notified",
};

test("reads the topic, the table and how many messages an hour may have", () => {
  expect(readNotifierEnvironment(REQUIRED)).toEqual({
    topicArn: REQUIRED.TOPIC_ARN,
    table: "notified",
    messagesPerHour: 60,
  });
  for (const messages of [1, 99_999]) {
    expect(readNotifierEnvironment({ ...REQUIRED, MESSAGES_PER_HOUR: String(messages) }).messagesPerHour).toBe(
      messages,
    );
  }
});

test.each([
  ["TOPIC_ARN", "the ARN of an SNS topic", [`x${REQUIRED.TOPIC_ARN}`, `${REQUIRED.TOPIC_ARN} x`, "arn:aws:sqs:a:1:b"]],
  ["NOTIFICATION_TABLE", "the name of a DynamoDB table", ["/notified", "notified/", "ab"]],
  ["MESSAGES_PER_HOUR", "a whole number from 1 to 99999", ["0", "-1", "1.5", "100000"]],
] as const)("refuses a %s that is not %s", (name, form, values) => {
  for (const value of values) {
    expect(() => readNotifierEnvironment({ ...REQUIRED, [name]: value }), value).toThrow(
      new Error(`finding-notifier: environment: ${name} is not ${form}`),
    );
  }
});
