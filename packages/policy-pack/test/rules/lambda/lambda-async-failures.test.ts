import rule from "../../../src/rules/lambda/lambda-async-failures.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const permission = (principal: unknown) =>
  resource("aws:lambda/permission:Permission", "permission", { function: "subject", principal });
const handling = (destinationConfig: unknown) =>
  resource("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "handling", {
    functionName: "subject",
    destinationConfig,
  });
const events = permission("events.amazonaws.com");
const sentence = (principal: string) =>
  `an event of ${principal} that it fails at three times is dropped; set deadLetterConfig or an onFailure destination`;
const queue = "arn:aws:sqs:eu-central-1:123456789012:failed";

ruleCases(rule, [
  ["violates", "boundary: EventBridge calls it", {}, [sentence("events.amazonaws.com")], { others: [events] }],
  ["violates", "S3 calls it", {}, [sentence("s3.amazonaws.com")], { others: [permission("s3.amazonaws.com")] }],
  [
    "violates",
    "logs of a Region call it",
    {},
    [sentence("logs.eu-central-1.amazonaws.com")],
    { others: [permission("logs.eu-central-1.amazonaws.com")] },
  ],
  [
    "violates",
    "a handling that keeps successes alone",
    {},
    [sentence("events.amazonaws.com")],
    { others: [events, handling({ onSuccess: { destination: queue } })] },
  ],
  ["passes", "a dead-letter queue", { deadLetterConfig: { targetArn: queue } }, [], { others: [events] }],
  ["passes", "a queue that is not known", { deadLetterConfig: { targetArn: UNKNOWN } }, [], { others: [events] }],
  ["passes", "a destination", {}, [], { others: [events, handling({ onFailure: { destination: queue } })] }],
  [
    "passes",
    "a destination of its alias",
    {},
    [],
    {
      others: [
        events,
        resource("aws:lambda/alias:Alias", "alias", { functionName: "subject", name: "live" }),
        resource("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "handling", {
          functionName: "live",
          destinationConfig: { onFailure: { destination: queue } },
        }),
      ],
    },
  ],
  ["not applicable", "nobody calls it", {}, ["no service leaves events with it"]],
  [
    "not applicable",
    "the gateway calls it, which waits",
    {},
    ["no service leaves events with it"],
    { others: [permission("apigateway.amazonaws.com")] },
  ],
  [
    "not applicable",
    "an account calls it",
    {},
    ["no service leaves events with it"],
    { others: [permission("123456789012")] },
  ],
  ["not applicable", "no principal", {}, ["no service leaves events with it"], { others: [permission(undefined)] }],
  [
    "not evaluated",
    "unknown",
    {},
    ["principal of its permission: is not known before deployment"],
    { others: [permission(UNKNOWN)] },
  ],
  [
    "not evaluated",
    "an unknown handling",
    {},
    ["destinationConfig: is not known before deployment"],
    { others: [events, handling(UNKNOWN)] },
  ],
]);
