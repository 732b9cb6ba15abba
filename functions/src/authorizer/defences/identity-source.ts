import { type ApiEvent, header } from "../../shared/api.ts";
import type { ProtectedOperation } from "../env.ts";

/** What of an authorizer's event says who calls. */
export interface TokenEvent extends Partial<Pick<ApiEvent, "headers">> {
  /** `TOKEN` where API Gateway hands over its identity source alone. */
  type?: string;
  /** The identity source, of the type TOKEN only. */
  authorizationToken?: string;
  multiValueHeaders?: Record<string, readonly string[] | undefined> | null;
}

const SCHEME = "bearer ";
const COOKIE = "__Host-session";

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
  if (event.type === "TOKEN") return bearerOf(event.authorizationToken);
  const text = header(event, source);
  if (text === undefined || valuesOf(event, source) > 1) return undefined;
  if (source === "Authorization") return bearerOf(text);
  const tokens = cookiesNamed(COOKIE, text);
  return tokens.every((token) => token === tokens[0]) ? tokens[0] : undefined;
}

// What the token is made of is for its verifier to say.
function bearerOf(text: string | undefined): string | undefined {
  return text?.slice(0, SCHEME.length).toLowerCase() === SCHEME ? text.slice(SCHEME.length) : undefined;
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
