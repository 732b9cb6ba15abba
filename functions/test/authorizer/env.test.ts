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
    userPoolIds: ["eu-west-1_AbC123"],
    clientIds: ["a1", "b2"],
    requiredScopes: ["aws.cognito.signin.user.admin", "orders/read"],
    operations: [OPERATION],
    jwksUris: ["http://127.0.0.1:4566/pool/.well-known/jwks.json"],
    revocationTable: "",
    resultTtlSeconds: 0,
    decisionSeconds: 0,
    unkeptOperations: [],
    knownApis: [],
  });
  expect(
    readAuthorizerEnvironment({
      ...given,
      FURTHER_USER_POOL_IDS: "us-east-1_Def456,us-gov-west-1_X1",
      REQUIRED_SCOPES: "",
      JWKS_URI: undefined,
      REVOCATION_TABLE: "revoked-1a2b3c4",
      RESULT_TTL_SECONDS: "30",
      DECISION_SECONDS: "20",
      UNKEPT_OPERATIONS: "signOut,leave",
      KNOWN_APIS:
        "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5,arn:aws-us-gov:execute-api:us-gov-west-1:444455556666:x",
    }),
  ).toMatchObject({
    userPoolIds: ["eu-west-1_AbC123", "us-east-1_Def456", "us-gov-west-1_X1"],
    requiredScopes: [],
    jwksUris: [],
    revocationTable: "revoked-1a2b3c4",
    resultTtlSeconds: 30,
    decisionSeconds: 20,
    unkeptOperations: ["signOut", "leave"],
    knownApis: [
      "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5",
      "arn:aws-us-gov:execute-api:us-gov-west-1:444455556666:x",
    ],
  });
});

test.each([
  "https://cognito-idp.eu-west-1.amazonaws.com/x/.well-known/jwks.json",
  "https://a.example/keys,https://b.example/keys,http://localhost:1/keys",
  "http://127.0.0.1/keys",
  "http://[::1]:8080/keys",
  "http://127.0.0.10/keys",
])("takes key sets from %s", (JWKS_URI) => {
  expect(readAuthorizerEnvironment({ ...given, JWKS_URI }).jwksUris).toEqual(JWKS_URI.split(","));
});

test.each([
  "http://cognito-idp.eu-west-1.amazonaws.com/keys",
  "http://127.0.0.1.example.com/keys",
  "http://localhost.example.com/keys",
  "http://127.0.0.1@example.com/keys",
  "https://user:secret@example.com/keys",
  "https://user@example.com/keys",
  "https://:secret@example.com/keys",
  "http://notlocalhost/keys",
  "https://a.example/keys,http://b.example/keys",
  "https://a/1,https://a/2,https://a/3,https://a/4",
  "file:///keys",
  "ftp://127.0.0.1/keys",
  "keys",
])("takes no key set from %s", (JWKS_URI) => {
  expect(() => readAuthorizerEnvironment({ ...given, JWKS_URI })).toThrow(
    new Error(
      "authorizer: environment: JWKS_URI is not at most 3 URLs of https, or of http on this machine: whoever can change the key set " +
        "on its way can make tokens",
    ),
  );
});

test("keeps no answer for longer than a revocation may take, where there are revocations", () => {
  const kept = { ...given, RESULT_TTL_SECONDS: "40", DECISION_SECONDS: "16" };
  expect(readAuthorizerEnvironment(kept)).toMatchObject({ resultTtlSeconds: 40, decisionSeconds: 16 });
  const fits = { ...kept, DECISION_SECONDS: "15", REVOCATION_TABLE: "revoked" };
  expect(readAuthorizerEnvironment(fits)).toMatchObject({ resultTtlSeconds: 40, decisionSeconds: 15 });
  expect(() => readAuthorizerEnvironment({ ...kept, REVOCATION_TABLE: "revoked" })).toThrow(
    new Error(
      "authorizer: environment: RESULT_TTL_SECONDS and DECISION_SECONDS are 40 and 16, together more than 55: a revocation would not be " +
        "honoured within 60 seconds",
    ),
  );
});

test.each([
  ["CLIENT_IDS", " a1"],
  ["CLIENT_IDS", "a1 "],
  ["CLIENT_IDS", "a1,"],
  ["REVOCATION_TABLE", "/revoked"],
  ["REVOCATION_TABLE", "revoked/"],
  ["RESULT_TTL_SECONDS", "5s"],
  ["DECISION_SECONDS", "12345"],
  ["KNOWN_APIS", "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod"],
  ["KNOWN_APIS", "arn:aws:execute-api:eu-west-1:111122223333:*"],
  ["KNOWN_APIS", "arn:aws:execute-api:*:111122223333:a1b2c3d4e5"],
  ["FURTHER_USER_POOL_IDS", "pool"],
  ["RESULT_TTL_SECONDS", "1.5"],
  ["DECISION_SECONDS", "-5"],
  ["REVOCATION_TABLE", "a b"],
  ["UNKEPT_OPERATIONS", "a, b"],
])("refuses %s=%s", (name, value) => {
  expect(() => readAuthorizerEnvironment({ ...given, [name]: value })).toThrow(
    new RegExp(`^authorizer: environment: ${name} is not `),
  );
});

test.each([
  "{",
  "{}",
  "[null]",
  "[1]",
  ...["operationId", "method", "path", "groups", "identityHeader"].map((name) =>
    JSON.stringify([{ ...OPERATION, [name]: undefined }]),
  ),
  JSON.stringify([OPERATION, { ...OPERATION, operationId: 1 }]),
  JSON.stringify([{ ...OPERATION, method: "get" }]),
  JSON.stringify([{ ...OPERATION, method: "GET/a" }]),
  JSON.stringify([{ ...OPERATION, method: "1GET" }]),
  JSON.stringify([{ ...OPERATION, method: ["GET"] }]),
  JSON.stringify([{ ...OPERATION, path: "a" }]),
  JSON.stringify([{ ...OPERATION, groups: [1] }]),
  JSON.stringify([{ ...OPERATION, groups: ["partner", 1] }]),
  JSON.stringify([{ ...OPERATION, identityHeader: "X-Token" }]),
])("refuses the operations %s", (OPERATIONS) => {
  expect(() => readAuthorizerEnvironment({ ...given, OPERATIONS })).toThrow(
    new Error(
      "authorizer: environment: OPERATIONS is not a JSON list of { operationId, method, path, groups, identityHeader }",
    ),
  );
});

test("takes operations of both identity sources, and any number of clients", () => {
  const operations = [OPERATION, { ...OPERATION, identityHeader: "Authorization" }];
  const more = { OPERATIONS: JSON.stringify(operations), CLIENT_IDS: "a1,b2,c3" };
  expect(readAuthorizerEnvironment({ ...given, ...more })).toMatchObject({ operations, clientIds: ["a1", "b2", "c3"] });
});

test("says what each must be", () => {
  const wrong = {
    FURTHER_USER_POOL_IDS: "pool",
    CLIENT_IDS: "a b",
    REQUIRED_SCOPES: "a b",
    JWKS_URI: "a b",
    REVOCATION_TABLE: "a b",
    RESULT_TTL_SECONDS: "a",
    DECISION_SECONDS: "b",
    UNKEPT_OPERATIONS: "a b",
    KNOWN_APIS: "a",
  };
  expect(() => readAuthorizerEnvironment({ ...given, ...wrong, OPERATIONS: "" })).toThrow(
    new Error(
      "authorizer: environment: FURTHER_USER_POOL_IDS is not the ids of Cognito user pools, separated by commas; CLIENT_IDS is not the " +
        "ids of the pool's clients, separated by commas; REQUIRED_SCOPES is not scopes, separated by commas; OPERATIONS is not set; set " +
        "it to a JSON list of { operationId, method, path, groups, identityHeader }; JWKS_URI is not URLs, separated by commas; " +
        "REVOCATION_TABLE is not the name of a DynamoDB table; RESULT_TTL_SECONDS is not a whole number of seconds; DECISION_SECONDS is " +
        "not a whole number of seconds; UNKEPT_OPERATIONS is not operation ids, separated by commas; KNOWN_APIS is not ARNs of APIs " +
        "without a stage (arn:aws:execute-api:<region>:<account>:<id>), separated by commas",
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
