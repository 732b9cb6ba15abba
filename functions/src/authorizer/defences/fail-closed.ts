import type { TokenClaims } from "./token.ts";

/**
 * Who a caller is whose token was not verified: nobody, whether it is not valid or that cannot be known.
 *
 * @param error why: a DependencyFault when the key set cannot be had
 * @throws the error
 */
export function unverified(error: unknown, _token: string): TokenClaims {
  throw error;
}
