import { type Environment, readEnvironment } from "../shared/env.ts";

/** The user pool, the client that people sign in with, and where the state of sessions is kept. */
export interface SessionEnvironment {
  userPoolId: string;
  clientId: string;
  /** Name of the table of `RevocationTable`. */
  revocationTable: string;
  /** Seconds that the client's refresh tokens are valid. */
  refreshSeconds: number;
  /** Where people sign in at Cognito, as a URL without a trailing slash, and where it sends them back to; undefined without. */
  login?: { url: string; redirectUri: string };
}

/** Reads the function's environment. */
export function readSessionEnvironment(environment: Environment): SessionEnvironment {
  const values = readEnvironment("session", environment, {
    USER_POOL_ID: { pattern: /^[\w-]+_[A-Za-z0-9]+$/, form: "the id of a Cognito user pool" },
    CLIENT_ID: { pattern: /^\w{1,128}$/, form: "the id of the user pool's client" },
    REVOCATION_TABLE: { pattern: /^[\w.-]{3,255}$/, form: "the name of the table of revoked tokens" },
    REFRESH_HOURS: { pattern: /^[1-9]\d{0,3}$/, form: "the hours that a refresh token is valid", fallback: "12" },
    LOGIN_URL: { pattern: /^(-|https?:\/\/[^\s/]+)$/, form: "a URL without a path", fallback: "-" },
    LOGIN_REDIRECT_URI: { pattern: /^(-|https?:\/\/\S+)$/, form: "a URL", fallback: "-" },
  });
  const { LOGIN_URL: url, LOGIN_REDIRECT_URI: redirectUri } = values;
  return {
    userPoolId: values.USER_POOL_ID,
    clientId: values.CLIENT_ID,
    revocationTable: values.REVOCATION_TABLE,
    refreshSeconds: Number(values.REFRESH_HOURS) * 3600,
    ...(url !== "-" && redirectUri !== "-" && { login: { url, redirectUri } }),
  };
}
