import type { AttackContext } from "../../attack.ts";
import type { Exchange, LabRequest } from "../../exchange.ts";
import type { UserName } from "../../users.ts";
import { JSON_BODY } from "./requests.ts";

/** What a browser adds to a request that the page itself makes; whoever is no browser can add it too. */
export const OF_PAGE = { "sec-fetch-site": "same-origin" } as const;

/** The value of a cookie in a `Cookie` or `Set-Cookie` header, or undefined. */
export function cookieIn(header: string | undefined, name: "session" | "refresh"): string | undefined {
  return new RegExp(`__Host-${name}=([^;,\\s]+)`).exec(header ?? "")?.[1];
}

/** The session that an answer sets, or undefined. */
export function sessionSetBy({ response }: Exchange): string | undefined {
  return cookieIn(response.headers["set-cookie"], "session");
}

/** A user's sign-in as her browser sends it. */
export function signInRequest(context: AttackContext, user: UserName, cookie?: string): LabRequest {
  const { username, password } = context.users[user];
  return {
    client: user,
    method: "POST",
    path: "/session",
    headers: { ...keyOf(context), ...OF_PAGE, ...JSON_BODY, ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify({ username, password }),
  };
}

/** The client's own headers without its token: only weak's API key is among them. */
export function keyOf(context: AttackContext): Record<string, string> {
  const { authorization: _, ...key } = context.as("alice");
  return key;
}
