import { describe, expect, test } from "vitest";
import { readResponderEnvironment } from "../../src/finding-response/env.ts";
import { matches, readPlan } from "../../src/finding-response/settings.ts";
import { PLAN } from "./support.ts";

describe("the plan", () => {
  test("is read as it is", () => {
    expect(readPlan(JSON.stringify(PLAN))).toEqual(PLAN);
    expect(readPlan('{"mode":"dry-run","measuresPerHour":1}')).toEqual({ mode: "dry-run", measuresPerHour: 1 });
  });

  const { quarantine, "deny-address": deny } = PLAN;
  test.each([1, 10])("may ask for a severity of %i", (minimumSeverity) => {
    const plan = { ...PLAN, quarantine: { ...quarantine, minimumSeverity } };
    expect(readPlan(JSON.stringify(plan))).toEqual(plan);
  });

  test.each<[unknown, string]>([
    ["not json {", "it is no JSON"],
    [null, 'mode is neither "dry-run" nor "act"'],
    [{ mode: "on" }, 'mode is neither "dry-run" nor "act"'],
    [{ mode: "act", measuresPerHour: 0 }, "measuresPerHour is no whole number from 1"],
    [{ ...PLAN, quarantine: { ...quarantine, types: "all" } }, "quarantine.types is no list of texts"],
    [{ ...PLAN, quarantine: { ...quarantine, targets: [1] } }, "quarantine.targets is no list of texts"],
    [{ ...PLAN, quarantine: { ...quarantine, protected: undefined } }, "quarantine.protected is no list of texts"],
    [
      { ...PLAN, quarantine: { ...quarantine, minimumSeverity: 0 } },
      "quarantine.minimumSeverity is no number from 1 to 10",
    ],
    [
      { ...PLAN, quarantine: { ...quarantine, minimumSeverity: 11 } },
      "quarantine.minimumSeverity is no number from 1 to 10",
    ],
    [{ ...PLAN, "deny-address": { ...deny, hours: 0.5 } }, "deny-address.hours is no whole number from 1"],
    [
      { ...PLAN, "deny-address": { ...deny, maximumAddresses: "3" } },
      "deny-address.maximumAddresses is no whole number from 1",
    ],
    [{ ...PLAN, "deny-address": { ...deny, allowed: {} } }, "deny-address.allowed is no list of texts"],
    [{ ...PLAN, "deny-address": { ...deny, allowed: ["office"] } }, "deny-address.allowed has what is no address"],
    [{ ...PLAN, "deny-address": { ...deny, allowed: ["4/25.1.1.1"] } }, "deny-address.allowed has what is no address"],
  ])("%j does not start the function", (plan, says) => {
    const text = typeof plan === "string" ? plan : JSON.stringify(plan);
    expect(() => readPlan(text)).toThrow(new Error(`finding-response: environment: RESPONSE_PLAN: ${says}`));
  });

  test("is a part of the environment", () => {
    const environment = {
      TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:findings",
      RESPONSE_TABLE: "responses",
      RESPONSE_PLAN: JSON.stringify(PLAN),
      AWS_LAMBDA_FUNCTION_NAME: "responder",
    };
    expect(readResponderEnvironment(environment)).toEqual({
      topicArn: environment.TOPIC_ARN,
      table: "responses",
      plan: PLAN,
      self: "responder",
    });
    expect(() => readResponderEnvironment({})).toThrow(
      "finding-response: environment: TOPIC_ARN is not set; set it to the ARN of an SNS topic; " +
        "RESPONSE_TABLE is not set; set it to the name of a DynamoDB table; RESPONSE_PLAN is not set; set it to the plan as JSON; " +
        "AWS_LAMBDA_FUNCTION_NAME is not set; set it to the function's own name, which Lambda sets",
    );
  });
});

test.each([
  ["*:Lambda/*", "Trojan:Lambda/DropPoint", true],
  ["Trojan:Lambda/DropPoint", "Trojan:Lambda/DropPoint", true],
  ["Trojan:Lambda/DropPoint", "Trojan:Lambda/DropPoint.B", false],
  ["Backdoor:Lambda/C&CActivity.B", "Backdoor:Lambda/C&CActivityxB", false],
  ["Backdoor:Lambda/C&CActivity.B", "Backdoor:Lambda/C&CActivity.B", true],
  ["*:Lambda/*", "Trojan:Lambda/Drop\nPoint", true],
  ["*:Lambda/*", "Recon:IAMUser/TorIPCaller", false],
  ["", "Trojan:Lambda/DropPoint", false],
])("%j matches %j: %s", (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});
