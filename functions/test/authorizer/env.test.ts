import { expect, test } from "vitest";
import { readAuthorizerEnvironment } from "../../src/authorizer/env.ts";

const OPERATION = { operationId: "a", method: "GET", path: "/a", groups: ["partner"], identityHeader: "Cookie" };
const given = {
  USER_POOL_ID: "eu-west-1_AbC123",
  CLIENT_IDS: "a1,b2",
  REQUIRED_SCOPES: "aws.cognito.signin.user.admin,orders/read",
  OPERATIONS: JSON.stringify([OPERATION]),
  JWKS_URI: "http://127.0.0.1:4566/pool/.well-known/jwks.json",
};

test("reads its environment", () => {
  expect(readAuthorizerEnvironment(given)).toEqual({
    userPoolId: "eu-west-1_AbC123",
    clientIds: ["a1", "b2"],
    requiredScopes: ["aws.cognito.signin.user.admin", "orders/read"],
    operations: [OPERATION],
    jwksUri: "http://127.0.0.1:4566/pool/.well-known/jwks.json",
  });
  expect(readAuthorizerEnvironment({ ...given, REQUIRED_SCOPES: "", JWKS_URI: undefined })).toMatchObject({
    requiredScopes: [],
    jwksUri: "",
  });
});

test.each([
  "{",
  "{}",
  "[null]",
  "[1]",
  ...["operationId", "method", "path", "groups", "identityHeader"].map((name) =>
    JSON.stringify([{ ...OPERATION, [name]: undefined }]),
  ),
  JSON.stringify([{ ...OPERATION, method: "get" }]),
  JSON.stringify([{ ...OPERATION, path: "a" }]),
  JSON.stringify([{ ...OPERATION, groups: [1] }]),
  JSON.stringify([{ ...OPERATION, identityHeader: "X-Token" }]),
])("refuses the operations %s", (OPERATIONS) => {
  expect(() => readAuthorizerEnvironment({ ...given, OPERATIONS })).toThrow(
    new Error(
      "authorizer: environment: OPERATIONS is not a JSON list of { operationId, method, path, groups, identityHeader }",
    ),
  );
});

test("says what is wrong with the rest", () => {
  expect(() => readAuthorizerEnvironment({ ...given, USER_POOL_ID: "pool", CLIENT_IDS: "" })).toThrow(
    new Error(
      "authorizer: environment: USER_POOL_ID is not the id of a Cognito user pool; CLIENT_IDS is not set; set it to the " +
        "ids of the pool's clients, separated by commas",
    ),
  );
});
