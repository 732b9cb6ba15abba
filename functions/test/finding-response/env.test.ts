import { expect, test } from "vitest";
import { readResponderEnvironment } from "../../src/finding-response/env.ts";

const ENVIRONMENT = {
  TOPIC_ARN: "arn:aws-us-gov:sns:us-gov-west-1:111122223333:findings",
  RESPONSE_TABLE: "responses",
  RESPONSE_PLAN: '{"mode":"dry-run","measuresPerHour":1}',
  AWS_LAMBDA_FUNCTION_NAME: "responder",
};

test("reads the topic, the table, the plan and the function's own name", () => {
  expect(readResponderEnvironment(ENVIRONMENT)).toEqual({
    topicArn: ENVIRONMENT.TOPIC_ARN,
    table: "responses",
    plan: { mode: "dry-run", measuresPerHour: 1 },
    self: "responder",
  });
});

test.each([
  [
    "TOPIC_ARN",
    "the ARN of an SNS topic",
    [`x${ENVIRONMENT.TOPIC_ARN}`, `${ENVIRONMENT.TOPIC_ARN} x`, "arn:aws:sqs:a:1:b"],
  ],
  ["RESPONSE_TABLE", "the name of a DynamoDB table", ["/responses", "responses/", "ab"]],
] as const)("refuses a %s that is not %s", (name, form, values) => {
  for (const value of values) {
    expect(() => readResponderEnvironment({ ...ENVIRONMENT, [name]: value }), value).toThrow(
      new Error(`finding-response: environment: ${name} is not ${form}`),
    );
  }
});
