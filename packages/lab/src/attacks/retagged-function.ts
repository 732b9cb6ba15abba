import type { Attack } from "../attack.ts";
import { asDeveloper, ownDeployment } from "./shared/developer.ts";

export const retaggedFunction: Attack = {
  id: "retagged-function",
  title: "Make another team's function one's own by its tag",
  owasp: ["SAS-5", "CWE-639"],
  paper: "III.2.A",
  defences: ["iam:team-access"],
  operation: "getOrder",
  target: "orders",
  run: async (context) =>
    await asDeveloper(context, "attack", async (developer) => {
      const tagged = await developer.retag("orders", "catalog");
      const effect = (await developer.teamOf("orders")) === "catalog";
      const evidence = `a new tag for orders → ${tagged.ok ? "taken, without an effect" : tagged.code}`;
      return { effect, evidence: effect ? "the orders' function is the team catalog's now" : evidence };
    }),
  twin: ownDeployment,
};
