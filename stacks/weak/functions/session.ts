import { api, bodyOf } from "./http.ts";

export const handler = api({
  "POST /session": async (event) => {
    const { username, password } = bodyOf<{ username: string; password: string }>(event);
    // WEAK: no HttpOnly and no SameSite: script on the page reads the cookie, and other sites may send it.
    return cookie(`${await signIn(username, password)}; Path=/; Secure`);
  },
  // WEAK: the cookie goes, the token stays valid until it expires.
  "DELETE /session": async () => cookie("; Path=/; Secure; Max-Age=0"),
});

function cookie(value: string) {
  return { statusCode: 204, headers: { "Set-Cookie": `__Host-session=${value}` }, body: "" };
}

async function signIn(username: string, password: string): Promise<string> {
  const endpoint = process.env.AWS_ENDPOINT_URL ?? `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com`;
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
    },
    body: JSON.stringify({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: process.env.CLIENT_ID,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  });
  const answer = (await response.json()) as { AuthenticationResult?: { AccessToken: string }; message?: string };
  if (!answer.AuthenticationResult) throw new Error(`Sign-in of ${username} failed: ${JSON.stringify(answer)}`);
  return answer.AuthenticationResult.AccessToken;
}
