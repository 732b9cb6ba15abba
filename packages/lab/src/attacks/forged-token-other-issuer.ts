import { claimsOf } from "../tokens.ts";
import { forgedToken } from "./shared/forged-token.ts";

export const forgedTokenOtherIssuer = forgedToken({
  id: "forged-token-other-issuer",
  title: "Present a token of another issuer",
  token: ({ forge }) => forge.otherIssuer(claimsOf(forge.template)),
});
