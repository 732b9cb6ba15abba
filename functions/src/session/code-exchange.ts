import { timeFor } from "../shared/invocation.ts";
import { DependencyFault } from "../shared/refusal.ts";
import type { CognitoTokens } from "./cognito.ts";

/**
 * Turns the code of a sign-in at Cognito's own page into tokens. Its second argument is the verifier, the secret whose hash the sign-in was
 * begun with (PKCE, RFC 7636). It answers undefined when Cognito refuses the code, the verifier or both, and rejects with a DependencyFault
 * when Cognito does not answer, or not as it should.
 */
export type CodeExchange = (code: string, verifier: string) => Promise<CognitoTokens | undefined>;

const TIMEOUT_MILLISECONDS = 3000;

/**
 * The exchange at a user pool's token endpoint (https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html). It is made
 * here and not in the page, so that no script ever holds a token (OAuth 2.0 for Browser-Based Applications, "Backend for Frontend").
 *
 * @param login where people sign in, and where Cognito sends them back to; the client does not choose either
 * @param send by default the runtime's fetch
 */
export function createCodeExchange(
  clientId: string,
  login: { url: string; redirectUri: string },
  send: typeof fetch = fetch,
): CodeExchange {
  return async (code, verifier) => {
    const response = await asked(send, `${login.url}/oauth2/token`, {
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: login.redirectUri,
      code,
      code_verifier: verifier,
    });
    if (response.status === 400) return undefined;
    const answer: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
    const { access_token, expires_in, refresh_token } = (answer ?? {}) as Record<string, unknown>;
    if (typeof access_token !== "string" || typeof expires_in !== "number" || typeof refresh_token !== "string") {
      throw new DependencyFault(
        "cognito-login",
        new Error(`the token endpoint's answer has status ${response.status}`),
      );
    }
    return { accessToken: access_token, accessSeconds: expires_in, refreshToken: refresh_token };
  };
}

async function asked(send: typeof fetch, url: string, form: Record<string, string>): Promise<Response> {
  try {
    return await send(url, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
      redirect: "error",
      signal: AbortSignal.timeout(timeFor(TIMEOUT_MILLISECONDS)),
    });
  } catch (error) {
    throw new DependencyFault("cognito-login", error);
  }
}
