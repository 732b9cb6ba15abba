import type { ApiEvent } from "../shared/api.ts";
import { header } from "../shared/api.ts";
import type { TokenClaims } from "./defences/token.ts";
import type { ProtectedOperation } from "./env.ts";

const SCHEME = "bearer ";
const COOKIE = "__Host-session";
const COMPANY = "company:";

/**
 * The token of a request: of its bearer header or of its session cookie, whichever the called operation's authorizer is asked with.
 *
 * API Gateway keeps the authorizer's answer under that one header and hands it to whoever sends the same header again. A token taken from
 * anywhere else would be answered to callers who have none: `Authorization: x` beside alice's cookie would make every later
 * `Authorization: x` alice (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html).
 *
 * @param source the identity source of the operation's authorizer
 * @returns undefined when that header holds none, or two that differ, or comes twice
 */
export function tokenOf(event: TokenEvent, source: ProtectedOperation["identityHeader"]): string | undefined {
  const text = header(event, source);
  if (text === undefined || valuesOf(event, source) > 1) return undefined;
  if (source === "Authorization") {
    // What the token is made of is for its verifier to say.
    return text.slice(0, SCHEME.length).toLowerCase() === SCHEME ? text.slice(SCHEME.length) : undefined;
  }
  const tokens = cookiesNamed(COOKIE, text);
  return tokens.every((token) => token === tokens[0]) ? tokens[0] : undefined;
}

/** What of the event says who calls. */
export interface TokenEvent extends Pick<ApiEvent, "headers"> {
  multiValueHeaders?: Record<string, readonly string[] | undefined> | null;
}

function valuesOf({ multiValueHeaders }: TokenEvent, name: string): number {
  const wanted = name.toLowerCase();
  return Object.entries(multiValueHeaders ?? {})
    .filter(([each]) => each.toLowerCase() === wanted)
    .reduce((count, [, values]) => count + (values?.length ?? 0), 0);
}

function cookiesNamed(name: string, text: string): string[] {
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
