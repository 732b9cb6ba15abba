import { served, summary } from "../exchange.ts";
import { endedToken } from "./shared/stolen-token.ts";

export const signedOutToken = endedToken({
  id: "signed-out-token",
  title: "Use a stolen token after its owner has signed out",
  victim: "alice",
  after: "she signed out",
  end: async (context, headers) => {
    const answer = await context.send({ client: "alice", method: "DELETE", path: "/session", headers }, "setup");
    return served(answer) ? {} : { failed: `alice could not sign out: ${summary(answer)}` };
  },
});
