import { expect, test } from "vitest";
import { createApiCheck } from "../../../src/authorizer/defences/known-api.ts";
import { Refusal } from "../../../src/shared/refusal.ts";

const FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:authorizer:live";
const OTHER = "arn:aws:execute-api:eu-central-1:444455556666:a1b2c3d4e5";
const arn = (api: string) => `${api}/prod/GET/orders/1`;
const check = createApiCheck([OTHER]);

test.each([
  ["an API of its own account and region", arn("arn:aws:execute-api:eu-west-1:123456789012:any"), FUNCTION],
  ["an API that is listed", arn(OTHER), FUNCTION],
  ["an API that is listed, for a function whose ARN is not known", arn(OTHER), undefined],
  [
    "an API of another partition",
    arn("arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:any"),
    "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:authorizer",
  ],
])("serves %s", (_what, methodArn, functionArn) => {
  expect(() => check(methodArn, functionArn)).not.toThrow();
});

test.each([
  ["of another account", arn("arn:aws:execute-api:eu-west-1:444455556666:any"), FUNCTION],
  ["of another region", arn("arn:aws:execute-api:us-east-1:123456789012:any"), FUNCTION],
  ["beside the one that is listed", arn(`${OTHER}x`), FUNCTION],
  ["of the listed one's account", arn("arn:aws:execute-api:eu-central-1:444455556666:other"), FUNCTION],
  ["whose id begins like an account's", arn("arn:aws:execute-api:eu-west-1:1234567890123:any"), FUNCTION],
  ["where nobody knows which account is its own", arn("arn:aws:execute-api:eu-west-1:123456789012:any"), undefined],
  ["where the function's ARN is none", arn("arn:aws:execute-api:eu-west-1:123456789012:any"), "function"],
  ["that is none", "arn", FUNCTION],
  ["that is none at all", "", undefined],
])("refuses an API %s", (_what, methodArn, functionArn) => {
  expect(() => check(methodArn, functionArn)).toThrow(
    new Refusal({
      layer: "authorizer",
      defence: "known-api",
      status: 401,
      detail: "The API is not one that this authorizer serves.",
    }),
  );
});

test("serves the APIs of the function that is named with the request, not of the one that was before", () => {
  const other = "arn:aws:lambda:us-east-1:444455556666:function:authorizer:live";
  const own = arn("arn:aws:execute-api:eu-west-1:123456789012:any");
  for (const functionArn of [FUNCTION, FUNCTION]) expect(() => check(own, functionArn)).not.toThrow();
  for (const functionArn of [other, undefined, "function"]) expect(() => check(own, functionArn)).toThrow(Refusal);
  expect(() => check(own, FUNCTION)).not.toThrow();
  expect(() => check(arn("arn:aws:execute-api:us-east-1:444455556666:any"), other)).not.toThrow();
});
