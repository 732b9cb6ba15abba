import { beforeEach, describe, expect, test } from "vitest";
import {
  answerChallenge,
  exchangeCode,
  refreshSession,
  type SessionEdges,
  signIn,
  signOut,
} from "../../src/session/core.ts";
import { sessionEdges } from "../../src/session/edges.ts";
import type { ApiEvent } from "../../src/shared/api.ts";
import { AwsError } from "../../src/shared/aws.ts";
import { DependencyFault } from "../../src/shared/refusal.ts";
import { alice, apiEvent, jsonEvent } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";
import { type SessionAws, sessionAws, tokensAnswer, tokenWith } from "../support/session-aws.ts";

const ENVIRONMENT = {
  userPoolId: "eu-west-1_pool",
  clientId: "client",
  revocationTable: "revocations",
  refreshSeconds: 43_200,
};
const START = 1_800_000_000;
const FLAGS = "Path=/; Secure; HttpOnly; SameSite=Strict";
const ACCESS = tokenWith({ sub: "user-alice", origin_jti: "origin-1" });
const CREDENTIALS = { username: "alice", password: "Correct-horse-9" };

let aws: SessionAws;
let clock: number;
let waited: number[];

beforeEach(() => {
  aws = sessionAws();
  clock = START;
  waited = [];
});

function edges(took = 100): SessionEdges {
  let elapsed = 0;
  return {
    ...sessionEdges(aws.call, ENVIRONMENT, () => clock),
    elapsed: () => {
      elapsed += took;
      return elapsed;
    },
    wait: async (milliseconds) => void waited.push(milliseconds),
  };
}

const request = (event: ApiEvent) => ({ principal: alice, event });
const signingIn = (body: unknown, headers: Record<string, string> = {}) =>
  request(
    jsonEvent("POST", "/session", body, {
      headers: { "Content-Type": "application/json", "User-Agent": "Browser/1", ...headers },
      requestContext: {
        requestId: "r",
        identity: { sourceIp: "203.0.113.7" },
        domainName: "api.example.com",
        path: "/prod/session",
      },
    }),
  );
const withCookies = (method: string, path: string, cookie: string, more: Partial<ApiEvent> = {}) =>
  request(apiEvent(method, path, { headers: { Cookie: cookie }, ...more }));
const cognito = (code: string) => new AwsError("Cognito", code);
const ENDED = { defence: "", status: 401, detail: "The session has ended. Sign in again." };
const BEGIN_AGAIN = { defence: "", status: 401, detail: "The sign-in has expired. Begin again." };

describe("signIn", () => {
  test("puts the tokens into cookies that no script reads and no other site sends", async () => {
    aws.answers.AdminInitiateAuth = tokensAnswer(ACCESS, "refresh-1");
    expect(await signIn(edges(), signingIn(CREDENTIALS))).toEqual({
      status: 204,
      cookies: [`__Host-session=${ACCESS}; Max-Age=900; ${FLAGS}`, `__Host-refresh=refresh-1; Max-Age=43200; ${FLAGS}`],
    });
    expect(waited).toEqual([]);
  });

  test("tells Cognito who signs in, for its threat protection", async () => {
    aws.answers.AdminInitiateAuth = tokensAnswer(ACCESS, "refresh-1");
    await signIn(edges(), signingIn(CREDENTIALS, { Cookie: "a=b", "X-Device-Data": "ZGV2aWNl" }));
    expect(aws.asked("AdminInitiateAuth")).toEqual([
      {
        UserPoolId: "eu-west-1_pool",
        ClientId: "client",
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "alice", PASSWORD: "Correct-horse-9" },
        ContextData: {
          IpAddress: "203.0.113.7",
          ServerName: "api.example.com",
          ServerPath: "/prod/session",
          HttpHeaders: [{ headerName: "user-agent", headerValue: "Browser/1" }],
          EncodedData: "ZGV2aWNl",
        },
      },
    ]);
  });

  test("takes nothing of the session that the browser came with", async () => {
    aws.answers.AdminInitiateAuth = tokensAnswer(ACCESS, "refresh-1");
    const planted = { Cookie: "__Host-session=planted; __Host-refresh=planted-too" };
    const { cookies } = await signIn(edges(), signingIn(CREDENTIALS, planted));
    expect(cookies).toEqual([
      `__Host-session=${ACCESS}; Max-Age=900; ${FLAGS}`,
      `__Host-refresh=refresh-1; Max-Age=43200; ${FLAGS}`,
    ]);
  });

  test.each([
    ["a wrong password", "NotAuthorizedException", 100, 300],
    ["an unknown user", "UserNotFoundException", 10, 390],
    ["a user who is not confirmed", "UserNotConfirmedException", 900, 0],
    ["a user whose password is to be reset", "PasswordResetRequiredException", 400, 0],
    ["a user name that Cognito does not take", "InvalidParameterException", 0, 400],
  ])("answers the same, and after the same time, to %s", async (_what, code, took, rest) => {
    aws.answers.AdminInitiateAuth = cognito(code);
    expect(await refusalOfPromise(signIn(edges(took), signingIn(CREDENTIALS)))).toEqual({
      defence: "",
      status: 401,
      detail: "The user name or the password is wrong.",
    });
    expect(waited).toEqual([rest]);
  });

  test("waits by the runtime's own clock by default", async () => {
    aws.answers.AdminInitiateAuth = cognito("NotAuthorizedException");
    const { elapsed: _, wait: __, ...own } = edges();
    const started = performance.now();
    expect(await refusalOfPromise(signIn(own, signingIn(CREDENTIALS)))).toMatchObject({ status: 401 });
    expect(performance.now() - started).toBeGreaterThan(390);
  });

  test.each([
    ["SOFTWARE_TOKEN_MFA", "one-time-code"],
    ["NEW_PASSWORD_REQUIRED", "new-password"],
  ])("asks for what the challenge %s asks for, and gives the browser an id alone", async (ChallengeName, challenge) => {
    aws.answers.AdminInitiateAuth = { ChallengeName, Session: "s", ChallengeParameters: { USER_ID_FOR_SRP: "u-1" } };
    const answer = await signIn(edges(), signingIn(CREDENTIALS));
    const [id] = [...aws.rows.keys()].map((key) => key.replace("challenge#", ""));
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(answer).toEqual({
      status: 200,
      json: { challenge },
      cookies: [`__Host-challenge=${id}; Max-Age=180; ${FLAGS}`],
    });
    expect(aws.rows.get(`challenge#${id}`)).toEqual({
      id: { S: `challenge#${id}` },
      name: { S: ChallengeName },
      session: { S: "s" },
      username: { S: "u-1" },
      expiresAt: { N: String(START + 180) },
    });
  });

  test.each([{ ChallengeName: "SMS_MFA", Session: "s" }, { ChallengeName: "SOFTWARE_TOKEN_MFA" }])(
    "says to a right password that the challenge %j cannot be answered here",
    async (answer) => {
      aws.answers.AdminInitiateAuth = answer;
      expect(await refusalOfPromise(signIn(edges(), signingIn(CREDENTIALS)))).toEqual({
        defence: "",
        status: 403,
        detail:
          "Signing in as this user takes a further step, such as a code by text message, which is not possible here.",
      });
      expect(aws.rows.size).toBe(0);
    },
  );

  test.each([
    ["without a token", { ExpiresIn: 3600, RefreshToken: "r" }],
    ["without an end", { AccessToken: "t", RefreshToken: "r" }],
    ["without a refresh token", { AccessToken: "t", ExpiresIn: 3600 }],
    ["without a result", undefined],
  ])("does not blame the password for an answer %s", async (_what, AuthenticationResult) => {
    aws.answers.AdminInitiateAuth = { AuthenticationResult };
    await expect(signIn(edges(), signingIn(CREDENTIALS))).rejects.toThrow("AdminInitiateAuth: UnexpectedAnswer");
  });

  test.each([cognito("TooManyRequestsException"), new Error("lost")])("does not hide a failure: %s", async (error) => {
    aws.answers.AdminInitiateAuth = error;
    await expect(signIn(edges(), signingIn(CREDENTIALS))).rejects.toBe(error);
  });

  const USERNAME = "username must be text of 1 to 128 characters.";
  const PASSWORD = "password must be text of 1 to 256 characters.";
  test.each([
    [null, "The body must be an object."],
    [{ username: "alice" }, PASSWORD],
    [{ ...CREDENTIALS, role: "admin" }, "The body has a field that is not one of: username, password."],
    [{ ...CREDENTIALS, username: "" }, USERNAME],
    [{ ...CREDENTIALS, username: "u".repeat(129) }, USERNAME],
    [{ ...CREDENTIALS, password: { $ne: null } }, PASSWORD],
    [{ ...CREDENTIALS, password: "p".repeat(257) }, PASSWORD],
  ])("asks Cognito nothing for the body %j", async (body, detail) => {
    expect(await refusalOfPromise(signIn(edges(), signingIn(body)))).toEqual({
      defence: "",
      status: 422,
      detail,
    });
    expect(aws.calls).toEqual([]);
  });
});

describe("answerChallenge", () => {
  async function challenged(ChallengeName: string): Promise<string> {
    aws.answers.AdminInitiateAuth = { ChallengeName, Session: "s", ChallengeParameters: {} };
    const { cookies = [] } = await signIn(edges(), signingIn(CREDENTIALS));
    return cookies[0]?.split(";")[0] ?? "";
  }
  const answering = (body: unknown, Cookie: string) =>
    request(jsonEvent("POST", "/session/challenge", body, { headers: { "Content-Type": "application/json", Cookie } }));

  test.each([
    ["SOFTWARE_TOKEN_MFA", { oneTimeCode: "123456" }, { SOFTWARE_TOKEN_MFA_CODE: "123456" }],
    ["NEW_PASSWORD_REQUIRED", { newPassword: "Better-horse-10" }, { NEW_PASSWORD: "Better-horse-10" }],
  ])("answers %s, signs in and forgets the challenge", async (name, body, response) => {
    const cookie = await challenged(name);
    aws.answers.AdminRespondToAuthChallenge = tokensAnswer(ACCESS, "refresh-1");
    expect(await answerChallenge(edges(), answering(body, cookie))).toEqual({
      status: 204,
      cookies: [
        `__Host-session=${ACCESS}; Max-Age=900; ${FLAGS}`,
        `__Host-refresh=refresh-1; Max-Age=43200; ${FLAGS}`,
        `__Host-challenge=; Max-Age=0; ${FLAGS}`,
      ],
    });
    expect(aws.asked("AdminRespondToAuthChallenge")).toEqual([
      {
        UserPoolId: "eu-west-1_pool",
        ClientId: "client",
        ChallengeName: name,
        Session: "s",
        ChallengeResponses: { USERNAME: "alice", ...response },
      },
    ]);
    expect(aws.rows.size).toBe(0);
  });

  test("takes one answer for each sign-in: a wrong code costs the password again", async () => {
    const cookie = await challenged("SOFTWARE_TOKEN_MFA");
    aws.answers.AdminRespondToAuthChallenge = cognito("CodeMismatchException");
    expect(await refusalOfPromise(answerChallenge(edges(), answering({ oneTimeCode: "000000" }, cookie)))).toEqual({
      defence: "",
      status: 401,
      detail: "The code or the new password was not taken. Begin again.",
    });
    aws.answers.AdminRespondToAuthChallenge = tokensAnswer(ACCESS, "refresh-1");
    const again = answerChallenge(edges(), answering({ oneTimeCode: "123456" }, cookie));
    expect(await refusalOfPromise(again)).toEqual(BEGIN_AGAIN);
    expect(aws.asked("AdminRespondToAuthChallenge")).toHaveLength(1);
  });

  test("goes on where Cognito asks for a further step", async () => {
    const cookie = await challenged("NEW_PASSWORD_REQUIRED");
    aws.answers.AdminRespondToAuthChallenge = { ChallengeName: "SOFTWARE_TOKEN_MFA", Session: "s2" };
    const answer = await answerChallenge(edges(), answering({ newPassword: "Better-horse-10" }, cookie));
    expect([answer.status, answer.json]).toEqual([200, { challenge: "one-time-code" }]);
  });

  test("takes no answer after three minutes, without a cookie, or for an id of another form", async () => {
    const cookie = await challenged("SOFTWARE_TOKEN_MFA");
    clock += 181;
    for (const sent of [cookie, "", "__Host-challenge=x", `__Host-challenge=${"a".repeat(43)}`]) {
      const late = answerChallenge(edges(), answering({ oneTimeCode: "123456" }, sent));
      expect(await refusalOfPromise(late), sent).toEqual(BEGIN_AGAIN);
    }
    expect(aws.asked("AdminRespondToAuthChallenge")).toEqual([]);
  });

  test("takes no answer to a challenge of a kind that it did not ask for", async () => {
    const id = "a".repeat(43);
    const text = (S: string) => ({ S });
    aws.rows.set(`challenge#${id}`, {
      ...{ id: text(`challenge#${id}`), name: text("SMS_MFA"), session: text("s"), username: text("alice") },
      expiresAt: { N: String(START + 180) },
    });
    const answer = answerChallenge(edges(), answering({ oneTimeCode: "123456" }, `__Host-challenge=${id}`));
    expect(await refusalOfPromise(answer)).toEqual(BEGIN_AGAIN);
  });

  test("asks no table without a cookie", async () => {
    expect(await refusalOfPromise(answerChallenge(edges(), answering({ oneTimeCode: "123456" }, "")))).toEqual(
      BEGIN_AGAIN,
    );
    expect(aws.calls).toEqual([]);
  });

  test("does not take a new password for a code", async () => {
    const cookie = await challenged("SOFTWARE_TOKEN_MFA");
    expect(await refusalOfPromise(answerChallenge(edges(), answering({ newPassword: "x" }, cookie)))).toEqual({
      defence: "",
      status: 422,
      detail: "The sign-in waits for something else. Begin again.",
    });
  });

  const EITHER = "The body must be an object with a oneTimeCode or a newPassword.";
  test.each([
    [null, EITHER],
    [{}, EITHER],
    [{ oneTimeCode: "123456", newPassword: "n" }, EITHER],
    [{ oneTimeCode: "12345" }, "oneTimeCode must be six digits."],
    [{ oneTimeCode: 123456 }, "oneTimeCode must be six digits."],
    [{ newPassword: "" }, "newPassword must be text of 1 to 256 characters."],
    [{ a: 1 }, "The body has a field that is not one of: oneTimeCode, newPassword."],
  ])("asks nobody for the body %j", async (body, detail) => {
    expect(await refusalOfPromise(answerChallenge(edges(), answering(body, "")))).toEqual({
      defence: "",
      status: 422,
      detail,
    });
    expect(aws.calls).toEqual([]);
  });
});

describe("exchangeCode", () => {
  const VERIFIER = "v".repeat(43);
  const exchanging = (body: unknown) => request(jsonEvent("POST", "/session/code", body));

  test("signs in by the code", async () => {
    const given: string[][] = [];
    const exchange = async (code: string, verifier: string) => {
      given.push([code, verifier]);
      return { accessToken: ACCESS, accessSeconds: 900, refreshToken: "refresh-1" };
    };
    const answer = await exchangeCode({ ...edges(), exchange }, exchanging({ code: "c", codeVerifier: VERIFIER }));
    expect(answer).toEqual({
      status: 204,
      cookies: [`__Host-session=${ACCESS}; Max-Age=900; ${FLAGS}`, `__Host-refresh=refresh-1; Max-Age=43200; ${FLAGS}`],
    });
    expect(given).toEqual([["c", VERIFIER]]);
  });

  test("refuses a code that Cognito refuses, and any where there is no such page", async () => {
    const body = { code: "c", codeVerifier: VERIFIER };
    const exchange = async () => undefined;
    expect(await refusalOfPromise(exchangeCode({ ...edges(), exchange }, exchanging(body)))).toEqual(BEGIN_AGAIN);
    expect(await refusalOfPromise(exchangeCode(edges(), exchanging(body)))).toEqual({
      defence: "",
      status: 404,
      detail: "People do not sign in by a code here.",
    });
  });

  const CODE = "code must be text of 1 to 2048 characters.";
  const RANDOM = "codeVerifier must be 43 to 128 unreserved characters (RFC 7636).";
  test.each([
    [{ code: "c" }, RANDOM],
    [{ code: "", codeVerifier: VERIFIER }, CODE],
    [{ code: "c", codeVerifier: "v".repeat(42) }, RANDOM],
    [{ code: "c", codeVerifier: `${"v".repeat(43)}!` }, RANDOM],
    [{ code: "c".repeat(2049), codeVerifier: VERIFIER }, CODE],
  ])("asks nobody for the body %j", async (body, detail) => {
    expect(await refusalOfPromise(exchangeCode(edges(), exchanging(body)))).toEqual({
      defence: "",
      status: 422,
      detail,
    });
  });
});

describe("refreshSession", () => {
  const refreshing = (cookie: string) => withCookies("POST", "/session/refresh", cookie);

  test("gives new tokens for the token in the cookie, and keeps which sign-in it was", async () => {
    aws.answers.GetTokensFromRefreshToken = tokensAnswer(ACCESS, "refresh-2");
    expect(await refreshSession(edges(), refreshing("__Host-refresh=refresh-1"))).toEqual({
      status: 204,
      cookies: [`__Host-session=${ACCESS}; Max-Age=900; ${FLAGS}`, `__Host-refresh=refresh-2; Max-Age=43200; ${FLAGS}`],
    });
    expect(aws.asked("GetTokensFromRefreshToken")).toEqual([{ ClientId: "client", RefreshToken: "refresh-1" }]);
    const [row] = [...aws.rows.values()];
    expect(row).toMatchObject({ originJti: { S: "origin-1" }, expiresAt: { N: String(START + 43_200) } });
    expect(JSON.stringify(row)).not.toContain("refresh-1");
  });

  test("asks Cognito nothing for a token that was used, and tells a second tab from a thief", async () => {
    aws.answers.GetTokensFromRefreshToken = tokensAnswer(ACCESS, "refresh-2");
    await refreshSession(edges(), refreshing("__Host-refresh=refresh-1"));
    clock += 10;
    expect(await refusalOfPromise(refreshSession(edges(), refreshing("__Host-refresh=refresh-1")))).toEqual({
      defence: "refresh-reuse",
      status: 409,
      detail: "The session was refreshed at the same time. Use the newer one.",
    });
    expect(aws.rows.has("session#origin-1")).toBe(false);
    clock += 1;
    expect(await refusalOfPromise(refreshSession(edges(), refreshing("__Host-refresh=refresh-1")))).toEqual({
      defence: "refresh-reuse",
      status: 401,
      detail: "The session has ended. Sign in again.",
    });
    expect(aws.rows.get("session#origin-1")).toEqual({
      id: { S: "session#origin-1" },
      expiresAt: { N: String(START + 11 + 43_200) },
    });
    expect(aws.asked("GetTokensFromRefreshToken")).toHaveLength(1);
  });

  test.each(["NotAuthorizedException", "RefreshTokenReuseException", "UserNotFoundException"])(
    "ends where Cognito answers %s",
    async (code) => {
      aws.answers.GetTokensFromRefreshToken = cognito(code);
      expect(await refusalOfPromise(refreshSession(edges(), refreshing("__Host-refresh=r")))).toEqual(ENDED);
      expect(aws.rows.size).toBe(0);
    },
  );

  test("gives the token back where Cognito does not answer", async () => {
    const fault = new DependencyFault("cognito-idp", new Error("lost"));
    aws.answers.GetTokensFromRefreshToken = fault;
    await expect(refreshSession(edges(), refreshing("__Host-refresh=r"))).rejects.toBe(fault);
    expect(aws.rows.size).toBe(0);
  });

  test("keeps the token used up where Cognito gave an answer that cannot be read", async () => {
    aws.answers.GetTokensFromRefreshToken = { AuthenticationResult: { AccessToken: ACCESS, ExpiresIn: 900 } };
    await expect(refreshSession(edges(), refreshing("__Host-refresh=r"))).rejects.toThrow(
      "GetTokensFromRefreshToken: UnexpectedAnswer",
    );
    expect(aws.rows.size).toBe(1);
  });

  test("does without the sign-in where the token names none", async () => {
    aws.answers.GetTokensFromRefreshToken = tokensAnswer("no-token", "refresh-2");
    await refreshSession(edges(), refreshing("__Host-refresh=refresh-1"));
    expect(aws.calls.map(({ target }) => target)).toEqual([
      "DynamoDB_20120810.PutItem",
      "AWSCognitoIdentityProviderService.GetTokensFromRefreshToken",
    ]);
    clock += 60;
    const reuse = refreshSession(edges(), refreshing("__Host-refresh=refresh-1"));
    expect(await refusalOfPromise(reuse)).toMatchObject({ defence: "refresh-reuse", status: 401 });
    expect([...aws.rows.keys()].filter((id) => id.startsWith("session#"))).toEqual([]);
  });

  test.each(["", "__Host-refresh=", "__Host-refresh=a; __Host-refresh=b", "refresh=a"])(
    "refuses the cookies %j",
    async (cookie) => {
      expect(await refusalOfPromise(refreshSession(edges(), refreshing(cookie)))).toEqual(ENDED);
      expect(aws.calls).toEqual([]);
    },
  );
});

describe("signOut", () => {
  const CLEARED = {
    status: 204,
    cookies: ["session", "refresh", "challenge"].map((name) => `__Host-${name}=; Max-Age=0; ${FLAGS}`),
    headers: { "Clear-Site-Data": '"cache", "storage"' },
  };
  const COOKIE = `__Host-session=${ACCESS}; __Host-refresh=refresh-1`;

  beforeEach(() => {
    aws.answers.RevokeToken = {};
    aws.answers.AdminUserGlobalSignOut = {};
  });

  test("ends this sign-in: its access tokens by a row, its refresh token at Cognito, and the cookies", async () => {
    expect(await signOut(edges(), withCookies("DELETE", "/session", COOKIE))).toEqual(CLEARED);
    expect([...aws.rows.values()]).toEqual([
      { id: { S: "session#origin-1" }, expiresAt: { N: String(START + 43_200) } },
    ]);
    expect(aws.asked("RevokeToken")).toEqual([{ ClientId: "client", Token: "refresh-1" }]);
    // What is open to every client takes no credentials.
    expect(aws.calls.filter(({ unsigned }) => unsigned).map(({ target }) => target)).toEqual([
      "AWSCognitoIdentityProviderService.RevokeToken",
    ]);
    expect(aws.asked("AdminUserGlobalSignOut")).toEqual([]);
  });

  test("ends every sign-in of the user where everywhere is asked for", async () => {
    const everywhere = { queryStringParameters: { everywhere: "true" } };
    expect(await signOut(edges(), withCookies("DELETE", "/session", COOKIE, everywhere))).toEqual(CLEARED);
    expect(aws.rows.get("user#user-alice")).toEqual({
      id: { S: "user#user-alice" },
      notBefore: { N: String(START + 1) },
      expiresAt: { N: String(START + 43_200) },
    });
    expect(aws.asked("AdminUserGlobalSignOut")).toEqual([{ UserPoolId: "eu-west-1_pool", Username: "user-alice" }]);
  });

  test.each(["NotAuthorizedException", "UnsupportedTokenTypeException", "InvalidParameterException"])(
    "is done where the refresh token is worth nothing: %s",
    async (code) => {
      aws.answers.RevokeToken = cognito(code);
      expect(await signOut(edges(), withCookies("DELETE", "/session", COOKIE))).toEqual(CLEARED);
    },
  );

  test("says so where it could not be done", async () => {
    const fault = new DependencyFault("dynamodb", new Error("lost"));
    aws.answers.PutItem = fault;
    await expect(signOut(edges(), withCookies("DELETE", "/session", COOKIE))).rejects.toBe(fault);
    expect(aws.asked("RevokeToken")).toEqual([]);
  });

  test.each([
    ["no token", ""],
    ["a token without the sign-in", `__Host-session=${tokenWith({ sub: "x" })}`],
    ["a token that is none", "__Host-session=x"],
  ])("clears the cookies of %s", async (_what, cookie) => {
    expect(await signOut(edges(), withCookies("DELETE", "/session", cookie))).toEqual(CLEARED);
    expect(aws.calls).toEqual([]);
  });
});
