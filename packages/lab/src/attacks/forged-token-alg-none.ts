import { claimsOf } from "../tokens.ts";
import { forgedToken } from "./shared/forged-token.ts";

export const forgedTokenAlgNone = forgedToken({
  id: "forged-token-alg-none",
  title: "Forge a token that needs no signature (alg: none)",
  token: ({ forge }) => forge.algNone(claimsOf(forge.template)),
});
