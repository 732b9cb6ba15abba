import { setTimeout as sleep } from "node:timers/promises";
import { type AwsCaller, AwsError } from "../shared/aws.ts";
import { readJsonBody } from "../shared/defences/body-limits.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";
import { Unanswerable } from "../shared/refusal.ts";
import type { SessionEnvironment } from "./env.ts";

/** What the operations work on. */
export interface SessionEdges {
  call: AwsCaller;
  environment: SessionEnvironment;
  /** Milliseconds of a clock that only goes forward. By default the runtime's. */
  now?: () => number;
  /** Waits so many milliseconds. By default with the runtime's timer. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

const INITIATE = "AWSCognitoIdentityProviderService.AdminInitiateAuth";
// Cognito's answers that say something about the user or the password. The caller hears the same of all of them.
const REFUSED: ReadonlySet<string> = new Set([
  "NotAuthorizedException",
  "UserNotFoundException",
  "UserNotConfirmedException",
  "PasswordResetRequiredException",
  "InvalidParameterException",
]);
// An answer that takes longer for a user who exists tells that the user exists.
const REFUSAL_MILLISECONDS = 400;
const CHALLENGED =
  "Signing in as this user takes a further step, such as a code or a new password, which is not possible here.";
const COOKIE = "__Host-session";
// The prefix __Host- makes a browser insist on Secure, Path=/ and no Domain (RFC 6265bis, 4.1.3.2).
const COOKIE_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict";

/**
 * `signIn`: asks Cognito, and puts the access token into a cookie that no script can read.
 *
 * A user whom Cognito asks for more than the password (a second factor, a new password) cannot sign in here: the answer to Cognito's
 * challenge is not implemented. Cognito asks only after a right password, so that such a user is told apart from a wrong password, as
 * by every sign-in that asks for a code.
 *
 * @throws Unanswerable 401 when Cognito refuses, in the same words and time for an unknown user and for a wrong password; 403 when Cognito
 *   asks for more; 422 when the body is not a user name and a password
 */
export async function signIn(edges: SessionEdges, { event }: ApiRequest): Promise<Answer> {
  const { username, password } = credentialsOf(readJsonBody(event));
  const { now = () => performance.now(), wait = sleep } = edges;
  const started = now();
  const session = await authenticate(edges, username, password);
  if (session === "refused") {
    await wait(Math.max(0, REFUSAL_MILLISECONDS - (now() - started)));
    throw new Unanswerable(401, "The user name or the password is wrong.");
  }
  if (session === "challenged") throw new Unanswerable(403, CHALLENGED);
  return {
    status: 204,
    headers: { "Set-Cookie": `${COOKIE}=${session.token}; Max-Age=${session.seconds}; ${COOKIE_ATTRIBUTES}` },
  };
}

/** `signOut`: ends the user's sessions at Cognito, everywhere, and clears the cookie. */
export async function signOut({ call, environment }: SessionEdges, { principal }: ApiRequest): Promise<Answer> {
  await call({
    service: "cognito-idp",
    target: "AWSCognitoIdentityProviderService.AdminUserGlobalSignOut",
    version: "1.1",
    input: { UserPoolId: environment.userPoolId, Username: principal.userId },
  });
  return { status: 204, headers: { "Set-Cookie": `${COOKIE}=; Max-Age=0; ${COOKIE_ATTRIBUTES}` } };
}

async function authenticate(
  { call, environment }: SessionEdges,
  username: string,
  password: string,
): Promise<{ token: string; seconds: number } | "refused" | "challenged"> {
  try {
    const answer = await call({
      service: "cognito-idp",
      target: INITIATE,
      version: "1.1",
      input: {
        UserPoolId: environment.userPoolId,
        ClientId: environment.clientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD: password },
      },
    });
    if (typeof answer.ChallengeName === "string") return "challenged";
    const result = answer.AuthenticationResult as { AccessToken?: string; ExpiresIn?: number } | undefined;
    if (!result?.AccessToken || !result.ExpiresIn) throw new AwsError(INITIATE, "UnexpectedAnswer");
    return { token: result.AccessToken, seconds: result.ExpiresIn };
  } catch (error) {
    if (error instanceof AwsError && REFUSED.has(error.code)) return "refused";
    throw error;
  }
}

function credentialsOf(body: unknown): { username: string; password: string } {
  if (typeof body === "object" && body !== null && Object.keys(body).length === 2) {
    const { username, password } = body as Record<string, unknown>;
    if (isText(username, 128) && isText(password, 256)) return { username, password };
  }
  throw new Unanswerable(422, "The body must be an object with a username and a password.");
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= maxLength;
}
