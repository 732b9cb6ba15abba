import { setTimeout as sleep } from "node:timers/promises";
import type { ApiEvent } from "../shared/api.ts";
import { COOKIES, cookieOf } from "../shared/cookies.ts";
import { readJsonBody } from "../shared/defences/body-limits.ts";
import { sessionCookies } from "../shared/defences/fresh-session.ts";
import type { RefreshLedger } from "../shared/defences/refresh-reuse.ts";
import { setCookie } from "../shared/defences/session-cookie.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";
import { DependencyFault, Refusal, Unanswerable } from "../shared/refusal.ts";
import type { Revoker } from "../shared/revocations.ts";
import { readSchema } from "../shared/schema.ts";
import { validate as challengeAnswer } from "../shared/schemas/challenge-answer.mjs";
import { validate as codeExchange } from "../shared/schemas/code-exchange.mjs";
import { validate as credentials } from "../shared/schemas/credentials.mjs";
import { CHALLENGE_SECONDS, type Challenges } from "./challenges.ts";
import { claimsOf } from "./claims.ts";
import type { CodeExchange } from "./code-exchange.ts";
import type { Challenge, CognitoCalls, CognitoTokens, SignInStep } from "./cognito.ts";

/** What the operations work on. */
export interface SessionEdges {
  cognito: CognitoCalls;
  challenges: Challenges;
  ledger: RefreshLedger;
  revoker: Revoker;
  /** Undefined where people do not sign in at Cognito's own page. */
  exchange?: CodeExchange;
  /** Seconds that a refresh token is valid. */
  refreshSeconds: number;
  /** Seconds since 1970. */
  now(): number;
  /** Milliseconds of a clock that only goes forward. By default the runtime's. */
  elapsed?: () => number;
  /** Waits so many milliseconds. By default with the runtime's timer. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

// An answer that takes longer for a user who exists tells that the user exists.
const REFUSAL_MILLISECONDS = 400;
const CHALLENGED =
  "Signing in as this user takes a further step, such as a code by text message, which is not possible here.";
const EXPIRED = "The sign-in has expired. Begin again.";
const ENDED = "The session has ended. Sign in again.";

/** The further steps that can be answered here: what the page asks for, and what Cognito calls the answer. */
const STEPS: Readonly<Record<string, { challenge: string; answer: "oneTimeCode" | "newPassword"; response: string }>> =
  {
    SOFTWARE_TOKEN_MFA: {
      challenge: "one-time-code",
      answer: "oneTimeCode",
      response: "SOFTWARE_TOKEN_MFA_CODE",
    },
    NEW_PASSWORD_REQUIRED: { challenge: "new-password", answer: "newPassword", response: "NEW_PASSWORD" },
  };

/**
 * `signIn`: asks Cognito, and puts the tokens into cookies that no script can read. Where Cognito asks for more (a one-time code, a new
 * password), a cookie holds the id of the sign-in, and the answer says what is asked for: `answerChallenge` goes on.
 *
 * @throws Unanswerable 401 when Cognito refuses, in the same words and time for an unknown user and for a wrong password; 403 when Cognito
 *   asks for what cannot be answered here; 422 when the body is not a user name and a password
 */
export async function signIn(edges: SessionEdges, { event }: ApiRequest): Promise<Answer> {
  const { username, password } = readSchema(credentials, readJsonBody(event));
  const step = await refusedInTime(edges, "The user name or the password is wrong.", () =>
    edges.cognito.signIn(event, username, password),
  );
  return await answerOf(edges, event, step);
}

/**
 * `answerChallenge`: the second step of a sign-in. Each sign-in takes one answer: who guesses a code must know the password for each guess.
 *
 * @throws Unanswerable 401 when no sign-in waits, or Cognito refuses the answer; 422 when the body is another than what was asked for
 */
export async function answerChallenge(edges: SessionEdges, { event }: ApiRequest): Promise<Answer> {
  const { oneTimeCode, newPassword = "" } = readSchema(challengeAnswer, readJsonBody(event));
  const given = oneTimeCode === undefined ? "newPassword" : "oneTimeCode";
  const id = cookieOf(event, COOKIES.challenge);
  const challenge = id === undefined ? undefined : await edges.challenges.take(id);
  const step = challenge && STEPS[challenge.name];
  if (challenge === undefined || step === undefined) throw new Unanswerable(401, EXPIRED);
  if (step.answer !== given) throw new Unanswerable(422, "The sign-in waits for something else. Begin again.");
  const next = await refusedInTime(edges, "The code or the new password was not taken. Begin again.", () =>
    edges.cognito.answer(event, challenge, { [step.response]: oneTimeCode ?? newPassword }),
  );
  return await answerOf(edges, event, next);
}

/**
 * `exchangeCode`: ends a sign-in at Cognito's own page (authorization code with PKCE). The page hands over the code and its verifier; the
 * tokens go from Cognito into cookies.
 *
 * @throws Unanswerable 401 when Cognito refuses the code; 404 where there is no such page; 422 when the body is another
 */
export async function exchangeCode(edges: SessionEdges, { event }: ApiRequest): Promise<Answer> {
  const { code, codeVerifier } = readSchema(codeExchange, readJsonBody(event));
  if (edges.exchange === undefined) throw new Unanswerable(404, "People do not sign in by a code here.");
  const tokens = await edges.exchange(code, codeVerifier);
  if (tokens === undefined) throw new Unanswerable(401, EXPIRED);
  return signedIn(edges, event, tokens);
}

/**
 * `refreshSession`: new tokens for the refresh token in the cookie, which is then used up.
 *
 * @throws Refusal of `refresh-reuse` when the token was used before; Unanswerable 401 without one, or when Cognito takes it no more
 */
export async function refreshSession(edges: SessionEdges, { event }: ApiRequest): Promise<Answer> {
  const token = cookieOf(event, COOKIES.refresh);
  if (token === undefined) throw new Unanswerable(401, ENDED);
  await edges.ledger.spend(token);
  const tokens = await refreshed(edges, token);
  if (tokens === undefined) {
    // It is worth nothing, and whoever sends made-up tokens fills no table.
    await edges.ledger.release(token);
    throw new Unanswerable(401, ENDED);
  }
  const { originJti } = claimsOf(tokens.accessToken);
  if (originJti !== undefined) await edges.ledger.remember(token, { originJti });
  return signedIn(edges, event, tokens);
}

/**
 * `signOut`: ends this sign-in, or with `everywhere=true` all of the user's, and removes the cookies. The refresh token dies at Cognito; the
 * access tokens, which prove themselves, die by the row that the authorizer reads.
 */
export async function signOut(edges: SessionEdges, { event, principal }: ApiRequest): Promise<Answer> {
  const { cognito, revoker, refreshSeconds, now } = edges;
  const expiresAt = now() + refreshSeconds;
  const { originJti } = claimsOf(cookieOf(event, COOKIES.session) ?? "");
  if (originJti !== undefined) await revoker.revokeSession(originJti, expiresAt);
  if (event.queryStringParameters?.everywhere === "true") {
    // Tokens of this very second too: `iat` has whole seconds.
    await revoker.revokeUser(principal.userId, now() + 1, expiresAt);
    await cognito.signOutEverywhere(principal.userId);
  }
  const refreshToken = cookieOf(event, COOKIES.refresh);
  if (refreshToken !== undefined) await cognito.revoke(refreshToken);
  return {
    status: 204,
    cookies: Object.values(COOKIES).map((name) => setCookie(name, "", 0)),
    // What the browser keeps of this host goes too, the back and forward cache included (https://www.w3.org/TR/clear-site-data/). Not `cookies`:
    // those of every host below the domain would go.
    headers: { "Clear-Site-Data": '"cache", "storage"' },
  };
}

async function refreshed({ cognito, ledger }: SessionEdges, token: string): Promise<CognitoTokens | undefined> {
  try {
    return await cognito.refresh(token);
  } catch (error) {
    // Cognito may not have rotated the token: its owner may try it again.
    if (error instanceof DependencyFault || error instanceof Refusal) await ledger.release(token);
    throw error;
  }
}

async function answerOf(edges: SessionEdges, event: ApiEvent, step: SignInStep): Promise<Answer> {
  if (step.kind === "tokens") return signedIn(edges, event, step.tokens);
  const { challenge } = step as { challenge: Challenge };
  const known = STEPS[challenge.name];
  if (known === undefined || challenge.session === "") throw new Unanswerable(403, CHALLENGED);
  const id = await edges.challenges.keep(challenge);
  return {
    status: 200,
    json: { challenge: known.challenge },
    cookies: [setCookie(COOKIES.challenge, id, CHALLENGE_SECONDS)],
  };
}

function signedIn({ refreshSeconds }: SessionEdges, event: ApiEvent, tokens: CognitoTokens): Answer {
  const hasChallenge = cookieOf(event, COOKIES.challenge) !== undefined;
  return {
    status: 204,
    cookies: [
      ...sessionCookies(event, { ...tokens, refreshSeconds }),
      ...(hasChallenge ? [setCookie(COOKIES.challenge, "", 0)] : []),
    ],
  };
}

/** A step of a sign-in; what Cognito refuses is answered after the same time, whatever it was. */
async function refusedInTime(
  { elapsed = () => performance.now(), wait = sleep }: SessionEdges,
  detail: string,
  step: () => Promise<SignInStep>,
): Promise<SignInStep> {
  const started = elapsed();
  const answer = await step();
  if (answer.kind !== "refused") return answer;
  await wait(Math.max(0, REFUSAL_MILLISECONDS - (elapsed() - started)));
  throw new Unanswerable(401, detail);
}
