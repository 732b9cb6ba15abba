import { expect, test } from "vitest";
import { readSessionEnvironment } from "../../src/session/env.ts";

const REQUIRED = { USER_POOL_ID: "eu-west-1_AbC", CLIENT_ID: "client", REVOCATION_TABLE: "revocations" };

test("reads the pool, the table and the lifetime", () => {
  expect(readSessionEnvironment(REQUIRED)).toEqual({
    userPoolId: "eu-west-1_AbC",
    clientId: "client",
    revocationTable: "revocations",
    refreshSeconds: 43_200,
  });
});

test("reads where people sign in, only with where they come back to", () => {
  const login = { LOGIN_URL: "https://x.auth.eu-west-1.amazoncognito.com", LOGIN_REDIRECT_URI: "https://x.example/" };
  expect(readSessionEnvironment({ ...REQUIRED, REFRESH_HOURS: "1", ...login })).toMatchObject({
    refreshSeconds: 3600,
    login: { url: login.LOGIN_URL, redirectUri: login.LOGIN_REDIRECT_URI },
  });
  expect(readSessionEnvironment({ ...REQUIRED, LOGIN_URL: login.LOGIN_URL })).not.toHaveProperty("login");
});

test.each([
  ["USER_POOL_ID", "the id of a Cognito user pool", ["/eu-west-1_AbC", "eu-west-1_AbC/", "pool"]],
  ["CLIENT_ID", "the id of the user pool's client", [" client", "client ", "c".repeat(129)]],
  ["REVOCATION_TABLE", "the name of the table of revoked tokens", ["/revoked", "revoked/", "ab"]],
  ["REFRESH_HOURS", "the hours that a refresh token is valid", ["-1", "1h", "12345"]],
  ["LOGIN_URL", "a URL without a path", ["x https://a", "https://a/", "ftp://a"]],
  ["LOGIN_REDIRECT_URI", "a URL", ["x https://a", "https://a b", "ftp://a"]],
] as const)("refuses a %s that is not %s", (name, form, values) => {
  for (const value of values) {
    expect(() => readSessionEnvironment({ ...REQUIRED, [name]: value }), value).toThrow(
      new Error(`session: environment: ${name} is not ${form}`),
    );
  }
});

test("takes pages to sign in at of http too, which is the sandbox's, and none without its address", () => {
  const login = { LOGIN_URL: "http://127.0.0.1:4566", LOGIN_REDIRECT_URI: "http://127.0.0.1:8080/" };
  expect(readSessionEnvironment({ ...REQUIRED, ...login }).login).toEqual({
    url: login.LOGIN_URL,
    redirectUri: login.LOGIN_REDIRECT_URI,
  });
  expect(readSessionEnvironment({ ...REQUIRED, ...login, LOGIN_URL: "" })).not.toHaveProperty("login");
});

test("names everything that has another form, and repeats no value", () => {
  expect(() =>
    readSessionEnvironment({ ...REQUIRED, REFRESH_HOURS: "0", LOGIN_URL: "https://x/path", REVOCATION_TABLE: "" }),
  ).toThrow(
    "session: environment: REVOCATION_TABLE is not set; set it to the name of the table of revoked tokens; REFRESH_HOURS is not " +
      "the hours that a refresh token is valid; LOGIN_URL is not a URL without a path",
  );
});
