/**
 * `pnpm supply-chain`: the policy for third-party code against this workspace, and a bill of materials for each function.
 *
 *   pnpm supply-chain                  exit with 1 when a rule is violated; say which could not be checked
 *   pnpm supply-chain --strict         exit with 1 too when a rule could not be checked
 *   pnpm supply-chain --offline        ask no registry
 *   pnpm supply-chain --since COMMIT   take the lock file of that commit for the one before
 */
import { parseArgs } from "node:util";
import { checkSupplyChain } from "./check.ts";
import { POLICY } from "./policy.ts";
import { reportLines, verdict } from "./report.ts";

const { values } = parseArgs({
  options: { strict: { type: "boolean" }, offline: { type: "boolean" }, since: { type: "string" } },
});
const results = await checkSupplyChain(POLICY, { since: values.since, online: values.offline !== true });
console.log(reportLines(results).join("\n"));
const { held, violated, notChecked } = verdict(results);
console.log(`${held} rules held, ${violated} violated, ${notChecked} not checked; bills of materials in report/sbom`);
process.exitCode = violated > 0 || (values.strict === true && notChecked > 0) ? 1 : 0;
