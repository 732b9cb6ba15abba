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

test("names everything that has another form, and repeats no value", () => {
  expect(() =>
    readSessionEnvironment({ ...REQUIRED, REFRESH_HOURS: "0", LOGIN_URL: "https://x/path", REVOCATION_TABLE: "" }),
  ).toThrow(
    "session: environment: REVOCATION_TABLE is not set; set it to the name of the table of revoked tokens; REFRESH_HOURS is not " +
      "the hours that a refresh token is valid; LOGIN_URL is not a URL without a path",
  );
});
