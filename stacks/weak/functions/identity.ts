import jwt from "jsonwebtoken";
import { type ApiEvent, header } from "./http.ts";

export interface Caller {
  userId?: string;
  companyId?: string;
  groups: string[];
}

const COMPANY = "company:";

/** Who calls, by the bearer token or the session cookie. */
export function callerOf(event: ApiEvent): Caller {
  const token = header(event, "Authorization")?.replace(/^Bearer /i, "") ?? cookieOf(event, "__Host-session") ?? "";
  // WEAK: `decode` reads the claims and verifies nothing: not the signature, not the issuer, not the expiry, not the use.
  const claims = jwt.decode(token) as { sub?: string; "cognito:groups"?: string[] } | null;
  const groups = claims?.["cognito:groups"] ?? [];
  const companyId = groups.find((group) => group.startsWith(COMPANY))?.slice(COMPANY.length);
  return { userId: claims?.sub, companyId, groups: groups.filter((group) => !group.startsWith(COMPANY)) };
}

/** The value of a cookie. */
export function cookieOf(event: ApiEvent, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([^;]+)`).exec(header(event, "Cookie") ?? "")?.[1];
}
