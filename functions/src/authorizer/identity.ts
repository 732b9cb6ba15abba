import type { TokenClaims } from "./defences/token.ts";

const COMPANY = "company:";

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
export function identityOf(claims: Pick<TokenClaims, "sub" | "cognito:groups">): Identity {
  const groups = (claims["cognito:groups"] ?? []).filter((group) => !group.includes(","));
  const companies = groups.filter((group) => group.startsWith(COMPANY));
  if (companies.length > 1) throw new Error("the token names more than one company");
  return { userId: claims.sub, companyId: companies[0]?.slice(COMPANY.length) ?? "", groups };
}
