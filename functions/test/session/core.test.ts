import { beforeEach, describe, expect, test } from "vitest";
import { type SessionEdges, signIn, signOut } from "../../src/session/core.ts";
import { type AwsCall, AwsError } from "../../src/shared/aws.ts";
import { alice, jsonEvent, requestOf } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

let calls: AwsCall[];
let waited: number[];

beforeEach(() => {
  calls = [];
  waited = [];
});

function edgesOf(answer: Record<string, unknown> | Error, took = 100): SessionEdges {
  let clock = 0;
  return {
    environment: { userPoolId: "eu-west-1_pool", clientId: "client" },
    call: async (call) => {
      calls.push(call);
      clock += took;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    now: () => clock,
    wait: async (milliseconds) => void waited.push(milliseconds),
  };
}

const signingIn = (body: unknown) => ({ principal: alice, event: jsonEvent("POST", "/session", body) });
const CREDENTIALS = { username: "alice", password: "Correct-horse-9" };
const WRONG = { defence: "", status: 401, detail: "The user name or the password is wrong." };
const cognito = (code: string) => new AwsError("AdminInitiateAuth", code);

describe("signIn", () => {
  test("puts the access token into a cookie that no script reads and no other site sends", async () => {
    const edges = edgesOf({ AuthenticationResult: { AccessToken: "header.payload.signature", ExpiresIn: 3600 } });
    expect(await signIn(edges, signingIn(CREDENTIALS))).toEqual({
      status: 204,
      headers: {
        "Set-Cookie":
          "__Host-session=header.payload.signature; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Strict",
      },
    });
    expect(calls).toEqual([
      {
        service: "cognito-idp",
        target: "AWSCognitoIdentityProviderService.AdminInitiateAuth",
        version: "1.1",
        input: {
          UserPoolId: "eu-west-1_pool",
          ClientId: "client",
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "alice", PASSWORD: "Correct-horse-9" },
        },
      },
    ]);
    expect(waited).toEqual([]);
  });

  test.each([
    ["a wrong password", cognito("NotAuthorizedException"), 100, 300],
    ["an unknown user", cognito("UserNotFoundException"), 10, 390],
    ["a user who is not confirmed", cognito("UserNotConfirmedException"), 900, 0],
    ["a user whose password is to be reset", cognito("PasswordResetRequiredException"), 400, 0],
    ["a user name that Cognito does not take", cognito("InvalidParameterException"), 0, 400],
  ])("answers the same, and after the same time, to %s", async (_what, answer, took, rest) => {
    expect(await refusalOfPromise(signIn(edgesOf(answer, took), signingIn(CREDENTIALS)))).toEqual(WRONG);
    expect(waited).toEqual([rest]);
  });

  test.each(["SOFTWARE_TOKEN_MFA", "SMS_MFA", "NEW_PASSWORD_REQUIRED"])(
    "says to a right password that the challenge %s cannot be answered here",
    async (ChallengeName) => {
      const edges = edgesOf({ ChallengeName, Session: "x", ChallengeParameters: { USER_ID_FOR_SRP: "alice" } });
      expect(await refusalOfPromise(signIn(edges, signingIn(CREDENTIALS)))).toEqual({
        defence: "",
        status: 403,
        detail:
          "Signing in as this user takes a further step, such as a code or a new password, which is not possible here.",
      });
    },
  );

  test.each([
    ["without a token", { ExpiresIn: 3600 }],
    ["without an end", { AccessToken: "t" }],
    ["without a result", undefined],
  ])("does not blame the password for an answer %s", async (_what, AuthenticationResult) => {
    await expect(signIn(edgesOf({ AuthenticationResult }), signingIn(CREDENTIALS))).rejects.toThrow(
      "AWSCognitoIdentityProviderService.AdminInitiateAuth: UnexpectedAnswer",
    );
  });

  test("waits by the runtime's own clock by default", async () => {
    const { call, environment } = edgesOf(cognito("NotAuthorizedException"));
    const started = performance.now();
    expect(await refusalOfPromise(signIn({ call, environment }, signingIn(CREDENTIALS)))).toEqual(WRONG);
    expect(performance.now() - started).toBeGreaterThan(390);
  });

  test.each([cognito("TooManyRequestsException"), new Error("lost")])("does not hide a failure: %s", async (error) => {
    await expect(signIn(edgesOf(error), signingIn(CREDENTIALS))).rejects.toBe(error);
  });

  test.each([
    null,
    { username: "alice" },
    { ...CREDENTIALS, role: "admin" },
    { ...CREDENTIALS, username: "" },
    { ...CREDENTIALS, username: "u".repeat(129) },
    { ...CREDENTIALS, password: { $ne: null } },
    { ...CREDENTIALS, password: "p".repeat(257) },
  ])("asks Cognito nothing for the body %j", async (body) => {
    expect(await refusalOfPromise(signIn(edgesOf({}), signingIn(body)))).toEqual({
      defence: "",
      status: 422,
      detail: "The body must be an object with a username and a password.",
    });
    expect(calls).toEqual([]);
  });
});

test("signOut ends every session of the caller and clears the cookie", async () => {
  expect(await signOut(edgesOf({}), requestOf(alice))).toEqual({
    status: 204,
    headers: { "Set-Cookie": "__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict" },
  });
  expect(calls[0]).toMatchObject({
    target: "AWSCognitoIdentityProviderService.AdminUserGlobalSignOut",
    input: { UserPoolId: "eu-west-1_pool", Username: "user-alice" },
  });
});
