import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { search, searchTwin, skus } from "./shared/requests.ts";

/** More than prod's firewall lets one address send in a minute (stacks/stages/prod.ts). */
const REQUESTS = 420;

export const floodOneAddress: Attack = {
  id: "flood-one-address",
  title: "Flood the catalogue from one address",
  owasp: ["SAS-8", "API4:2023", "CWE-770"],
  paper: "IV.1.C",
  defences: ["edge:rate-limit"],
  operation: "searchProducts",
  target: "catalog",
  needs: "addresses",
  run: async (context) => {
    const { served, last } = await context.flood({ ...search(context, "Mug"), from: context.freshAddress() }, REQUESTS);
    const other = await context.send({ ...search(context, "Mug"), client: "bob", headers: context.as("bob") }, "proof");
    const others = skus(other).includes("MUG-1") ? "others are served" : "others are not served";
    const effect = served === REQUESTS && skus(last).includes("MUG-1");
    const all = `${served} of ${REQUESTS} requests of one address were served`;
    return { effect, evidence: effect ? all : `${all}, then ${summary(last)}; ${others}` };
  },
  twin: searchTwin,
};
