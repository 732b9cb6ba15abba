import { claimsOf } from "../tokens.ts";
import { forgedToken } from "./shared/forged-token.ts";

export const forgedTokenUnknownKid = forgedToken({
  id: "forged-token-unknown-kid",
  title: "Forge a token signed with a key that the pool does not publish",
  token: ({ forge }) => forge.unknownKid(claimsOf(forge.template)),
});
