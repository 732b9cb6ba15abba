import { type Environment, readEnvironment } from "../shared/env.ts";

/** The user pool and the client that users sign in with. */
export interface SessionEnvironment {
  userPoolId: string;
  clientId: string;
}

/** Reads the function's environment. */
export function readSessionEnvironment(environment: Environment): SessionEnvironment {
  const values = readEnvironment("session", environment, {
    USER_POOL_ID: { pattern: /^[\w-]+_[A-Za-z0-9]+$/, form: "the id of a Cognito user pool" },
    CLIENT_ID: { pattern: /^\w{1,128}$/, form: "the id of the user pool's client" },
  });
  return { userPoolId: values.USER_POOL_ID, clientId: values.CLIENT_ID };
}
