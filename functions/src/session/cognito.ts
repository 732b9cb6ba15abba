import type { ApiEvent } from "../shared/api.ts";
import { type AwsCaller, AwsError } from "../shared/aws.ts";
import { contextDataOf } from "./context-data.ts";
import type { SessionEnvironment } from "./env.ts";

/** What Cognito answers to a step of a sign-in. */
export type SignInStep =
  | { kind: "tokens"; tokens: CognitoTokens }
  /** Cognito asks for more before it gives tokens. */
  | { kind: "challenge"; challenge: Challenge }
  /** The user, the password or the code is wrong; which of them is nobody's business. */
  | { kind: "refused" };

/** The tokens of a session. */
export interface CognitoTokens {
  accessToken: string;
  accessSeconds: number;
  refreshToken: string;
}

/** A further step of a sign-in. */
export interface Challenge {
  name: string;
  /** Cognito's own state of the sign-in, good for three minutes. */
  session: string;
  username: string;
}

/** The calls of Cognito that a session is made of. */
export interface CognitoCalls {
  /** The first step: a user name and a password. */
  signIn(event: ApiEvent, username: string, password: string): Promise<SignInStep>;
  /** A further step. */
  answer(event: ApiEvent, challenge: Challenge, answer: Record<string, string>): Promise<SignInStep>;
  /** New tokens for a refresh token, which Cognito rotates; undefined when it is not good any more. */
  refresh(refreshToken: string): Promise<CognitoTokens | undefined>;
  /** Ends one sign-in; a token that is no good any more is no error. */
  revoke(refreshToken: string): Promise<void>;
  /** Ends all of a user's sign-ins. */
  signOutEverywhere(username: string): Promise<void>;
}

// Cognito's answers that say something about the user, the password or the code. The caller hears the same of all of them.
const REFUSED: ReadonlySet<string> = new Set([
  "NotAuthorizedException",
  "UserNotFoundException",
  "UserNotConfirmedException",
  "PasswordResetRequiredException",
  "InvalidParameterException",
  "InvalidPasswordException",
  "PasswordHistoryPolicyViolationException",
  "CodeMismatchException",
  "ExpiredCodeException",
]);
const ENDED: ReadonlySet<string> = new Set([
  "NotAuthorizedException",
  "RefreshTokenReuseException",
  "UserNotFoundException",
]);
const WORTHLESS: ReadonlySet<string> = new Set([
  "NotAuthorizedException",
  "UnsupportedTokenTypeException",
  "InvalidParameterException",
]);

/** The calls, with the function's role. */
export function createCognitoCalls(call: AwsCaller, { userPoolId, clientId }: SessionEnvironment): CognitoCalls {
  const cognito = (operation: string, input: Record<string, unknown>, unsigned = false) =>
    call({
      service: "cognito-idp",
      target: `AWSCognitoIdentityProviderService.${operation}`,
      version: "1.1",
      input,
      ...(unsigned && { unsigned }),
    });
  // What is open to every client takes no credentials of AWS; the token is the proof
  // (https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html).
  const open = (operation: string, input: Record<string, unknown>) => cognito(operation, input, true);
  const step = async (operation: string, event: ApiEvent, username: string, input: Record<string, unknown>) => {
    const ContextData = contextDataOf(event);
    const pool = { UserPoolId: userPoolId, ClientId: clientId };
    try {
      const answer = await cognito(operation, { ...pool, ...input, ...(ContextData && { ContextData }) });
      return stepOf(operation, username, answer);
    } catch (error) {
      if (error instanceof AwsError && REFUSED.has(error.code)) return { kind: "refused" } as const;
      throw error;
    }
  };
  const tolerating = async (codes: ReadonlySet<string>, work: Promise<unknown>) => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof AwsError && codes.has(error.code)) return undefined;
      throw error;
    }
  };
  return {
    signIn: (event, username, password) =>
      step("AdminInitiateAuth", event, username, {
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
    answer: (event, { name, session, username }, answer) =>
      step("AdminRespondToAuthChallenge", event, username, {
        ChallengeName: name,
        Session: session,
        ChallengeResponses: { USERNAME: username, ...answer },
      }),
    async refresh(refreshToken) {
      const operation = "GetTokensFromRefreshToken";
      const input = { ClientId: clientId, RefreshToken: refreshToken };
      const answer = await tolerating(ENDED, open(operation, input));
      return answer === undefined ? undefined : tokensOf(operation, answer as Record<string, unknown>);
    },
    async revoke(refreshToken) {
      await tolerating(WORTHLESS, open("RevokeToken", { ClientId: clientId, Token: refreshToken }));
    },
    async signOutEverywhere(username) {
      await cognito("AdminUserGlobalSignOut", { UserPoolId: userPoolId, Username: username });
    },
  };
}

function stepOf(operation: string, username: string, answer: Record<string, unknown>): SignInStep {
  const { ChallengeName: name, Session: session, ChallengeParameters: parameters } = answer;
  if (typeof name !== "string") return { kind: "tokens", tokens: tokensOf(operation, answer) };
  // With an alias, such as an e-mail address, the further steps want the name that the pool knows the user by.
  const known = (parameters as Record<string, unknown> | undefined)?.USER_ID_FOR_SRP;
  return {
    kind: "challenge",
    challenge: {
      name,
      session: typeof session === "string" ? session : "",
      username: typeof known === "string" ? known : username,
    },
  };
}

function tokensOf(operation: string, { AuthenticationResult: result }: Record<string, unknown>): CognitoTokens {
  const { AccessToken, ExpiresIn, RefreshToken } = (result ?? {}) as Record<string, unknown>;
  if (typeof AccessToken !== "string" || typeof ExpiresIn !== "number" || typeof RefreshToken !== "string") {
    // A client without rotation gives no refresh token to a refresh: each of ours is used once, so that nothing could follow.
    throw new AwsError(operation, "UnexpectedAnswer");
  }
  return { accessToken: AccessToken, accessSeconds: ExpiresIn, refreshToken: RefreshToken };
}
