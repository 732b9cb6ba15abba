import { api, bodyOf } from "./http.ts";
import { cookieOf } from "./identity.ts";

// WEAK: no HttpOnly: script on the page reads the cookie. SameSite=None, so that partners can show the shop in their own portal: the requests of
// any other site carry it.
const ATTRIBUTES = "Path=/; Secure; SameSite=None";

interface Tokens {
  AccessToken: string;
  RefreshToken?: string;
}

export const handler = api({
  "POST /session": async (event) => {
    const { username, password } = bodyOf<{ username: string; password: string }>(event);
    const tokens = await initiateAuth("USER_PASSWORD_AUTH", { USERNAME: username, PASSWORD: password });
    // WEAK: who has a session already keeps it, so that a second sign-in signs no other tab out. Nobody asks who put it there.
    return cookies({ ...tokens, AccessToken: cookieOf(event, "__Host-session") ?? tokens.AccessToken });
  },
  // WEAK: a refresh token is good as often as it comes, for a month, whoever has it.
  "POST /session/refresh": async (event) =>
    cookies(await initiateAuth("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: cookieOf(event, "__Host-refresh") ?? "" })),
  // WEAK: the cookies go, the tokens stay valid until they expire.
  "DELETE /session": async () => setCookies([`__Host-session=; Max-Age=0`, `__Host-refresh=; Max-Age=0`]),
});

function cookies({ AccessToken, RefreshToken }: Tokens) {
  return setCookies([
    `__Host-session=${AccessToken}`,
    ...(RefreshToken === undefined ? [] : [`__Host-refresh=${RefreshToken}`]),
  ]);
}

function setCookies(pairs: string[]) {
  const values = pairs.map((pair) => `${pair}; ${ATTRIBUTES}`);
  return { statusCode: 204, multiValueHeaders: { "Set-Cookie": values }, body: "" };
}

async function initiateAuth(AuthFlow: string, AuthParameters: Record<string, string>): Promise<Tokens> {
  const endpoint = process.env.AWS_ENDPOINT_URL ?? `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com`;
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
    },
    body: JSON.stringify({ AuthFlow, ClientId: process.env.CLIENT_ID, AuthParameters }),
  });
  const answer = (await response.json()) as { AuthenticationResult?: Tokens; message?: string };
  if (!answer.AuthenticationResult) {
    throw new Error(`Sign-in of ${AuthParameters.USERNAME} failed: ${JSON.stringify(answer)}`);
  }
  return answer.AuthenticationResult;
}
