import { forgedToken } from "./shared/forged-token.ts";

export const forgedTokenExpired = forgedToken({
  id: "forged-token-expired",
  title: "Replay a stolen token that has expired",
  token: ({ forge }) => forge.expired(),
});
