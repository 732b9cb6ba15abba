import type { Attack } from "../attack.ts";
import { asDeveloper, ownDeployment } from "./shared/developer.ts";
import { search } from "./shared/requests.ts";

export const retaggedFunction: Attack = {
  id: "retagged-function",
  title: "Make another team's function one's own by its tag",
  owasp: ["SAS-5", "CWE-639"],
  paper: "III.2.A",
  defences: ["iam:team-access"],
  operation: "getOrder",
  target: "orders",
  run: async (context) =>
    await asDeveloper(context, "catalog", "attack", async (developer) => {
      const tagged = await developer.retag("orders", "catalog");
      const effect = (await developer.teamOf("orders")) === "catalog";
      const evidence = tagged.ok ? "AWS took the tag" : `AWS answers ${tagged.code} to a new tag`;
      return { effect, evidence: effect ? "the orders' function is the team catalog's now" : evidence };
    }),
  twin: (context) => ownDeployment(context, "catalog", "catalog", search(context, "Mug")),
};
