import type { ApiEvent } from "../shared/api.ts";
import { header } from "../shared/api.ts";
import type { TokenClaims } from "./defences/token.ts";

const SCHEME = "bearer ";
const COOKIE = "__Host-session";
const COMPANY = "company:";

/**
 * The token of a request: of its bearer header or of its session cookie.
 *
 * API Gateway does not say for which of the two authorizers it asks, and caches the answer under that one's header. A request with two
 * different tokens would let one caller put an answer under the other's header, so that it is refused.
 *
 * @returns undefined when there is none, or two that differ
 */
export function tokenOf(event: Pick<ApiEvent, "headers">): string | undefined {
  const authorization = header(event, "authorization");
  const isBearer = authorization?.slice(0, SCHEME.length).toLowerCase() === SCHEME;
  const tokens = cookiesNamed(COOKIE, header(event, "cookie"));
  // What the token is made of is for its verifier to say.
  if (isBearer) tokens.push(authorization.slice(SCHEME.length));
  return tokens.every((token) => token === tokens[0]) ? tokens[0] : undefined;
}

function cookiesNamed(name: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  return text
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

/** Who a token says that the caller is. */
export interface Identity {
  userId: string;
  companyId: string;
  groups: string[];
}

/**
 * Reads the caller from a verified token's claims. A name with a comma is left out: the groups reach the functions as one text.
 *
 * @throws Error when the token names two companies, because then it does not say whose orders are the caller's
 */
export function identityOf(claims: TokenClaims): Identity {
  const groups = (claims["cognito:groups"] ?? []).filter((group) => !group.includes(","));
  const companies = groups.filter((group) => group.startsWith(COMPANY));
  if (companies.length > 1) throw new Error("the token names more than one company");
  return { userId: claims.sub, companyId: companies[0]?.slice(COMPANY.length) ?? "", groups };
}
