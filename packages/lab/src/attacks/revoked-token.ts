import { endedToken } from "./shared/stolen-token.ts";

export const revokedToken = endedToken({
  id: "revoked-token",
  title: "Use a stolen token after an administrator has revoked all tokens of its owner",
  victim: "bob",
  after: "an administrator revoked his tokens",
  end: async (context) => ({ undo: await context.revoke("bob") }),
});
