import { ask } from "./api.ts";

/** Where people sign in: `config.json`, which the deployment writes. */
export interface LoginConfig {
  /** The user pool's own page, as a URL without a trailing slash. */
  loginUrl: string;
  clientId: string;
  /** Where the pool's page sends people back to: this page. */
  redirectUri: string;
}

const PENDING = "sign-in";

/**
 * Goes to the user pool's page. The verifier stays here, its hash goes there (PKCE, RFC 7636): a code that somebody else got hold of is
 * worth nothing without it, and one that somebody else slips in does not fit it.
 */
export async function beginSignIn({ loginUrl, clientId, redirectUri }: LoginConfig): Promise<void> {
  const pending = { state: random(16), verifier: random(32) };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(pending.verifier));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: "openid aws.cognito.signin.user.admin",
    state: pending.state,
    code_challenge: base64url(new Uint8Array(hash)),
    code_challenge_method: "S256",
  });
  location.assign(`${loginUrl}/oauth2/authorize?${query}`);
}

/**
 * Ends a sign-in that the URL tells of, and takes the code out of it.
 *
 * @returns whether there was one
 * @throws Refused when the API does not take it; Error when it was not begun here
 */
export async function endSignIn(): Promise<boolean> {
  const query = new URLSearchParams(location.search);
  const [code, state, error] = [query.get("code"), query.get("state"), query.get("error")];
  if (code === null && error === null) return false;
  history.replaceState(null, "", location.pathname);
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? "null") as { state: string; verifier: string } | null;
  sessionStorage.removeItem(PENDING);
  if (code === null || pending === null || state !== pending.state)
    throw new Error("The sign-in was not completed. Try again.");
  await ask("POST", "/session/code", { code, codeVerifier: pending.verifier });
  return true;
}

/** Ends the session, and the one that the user pool's page has. */
export async function signOut({ loginUrl, clientId, redirectUri }: LoginConfig, everywhere: boolean): Promise<void> {
  await ask("DELETE", everywhere ? "/session?everywhere=true" : "/session");
  const query = new URLSearchParams({ client_id: clientId, logout_uri: redirectUri });
  location.assign(`${loginUrl}/logout?${query}`);
}

function random(bytes: number): string {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
