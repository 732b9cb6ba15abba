import { type Environment, readEnvironment } from "../shared/env.ts";
import { type ResponsePlan, readPlan } from "./settings.ts";

/** What the responder is set up with. */
export interface ResponderEnvironment {
  topicArn: string;
  table: string;
  plan: ResponsePlan;
  /** The function's own name, which Lambda sets. */
  self: string;
}

/** Reads the responder's environment. */
export function readResponderEnvironment(environment: Environment): ResponderEnvironment {
  const values = readEnvironment("finding-response", environment, {
    TOPIC_ARN: { pattern: /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:\S+$/, form: "the ARN of an SNS topic" },
    RESPONSE_TABLE: { pattern: /^[\w.-]{3,255}$/, form: "the name of a DynamoDB table" },
    RESPONSE_PLAN: { form: "the plan as JSON" },
    AWS_LAMBDA_FUNCTION_NAME: { form: "the function's own name, which Lambda sets" },
  });
  return {
    topicArn: values.TOPIC_ARN,
    table: values.RESPONSE_TABLE,
    plan: readPlan(values.RESPONSE_PLAN),
    self: values.AWS_LAMBDA_FUNCTION_NAME,
  };
}
