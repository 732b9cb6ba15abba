import { claimsOf } from "../tokens.ts";
import { forgedToken } from "./shared/forged-token.ts";

export const forgedTokenHs256PublicKey = forgedToken({
  id: "forged-token-hs256-public-key",
  title: "Forge a token signed with the pool's public key as an HMAC secret",
  token: ({ forge }) => forge.hs256PublicKey(claimsOf(forge.template)),
});
