/**
 * `pnpm supply-chain`: the policy for third-party code against this workspace, and a bill of materials for each function.
 *
 *   pnpm supply-chain                  exit with 1 when a rule is violated; say which could not be checked
 *   pnpm supply-chain --strict         exit with 1 too when a rule could not be checked
 *   pnpm supply-chain --offline        ask no registry
 *   pnpm supply-chain --advisories FOLDER  where the registry has no audit: known vulnerabilities by a copy of OSV's records
 *   pnpm supply-chain --since COMMIT   take the lock file of that commit for the one before
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkSupplyChain } from "./check.ts";
import { POLICY } from "./policy.ts";
import { reportLines, verdict } from "./report.ts";

const { values } = parseArgs({
  options: {
    strict: { type: "boolean" },
    offline: { type: "boolean" },
    advisories: { type: "string" },
    since: { type: "string" },
  },
});
const { since, advisories, offline, strict } = values;
const results = await checkSupplyChain(POLICY, {
  online: offline !== true,
  ...(since !== undefined && { since }),
  ...(advisories !== undefined && { advisories: resolve(advisories) }),
});
console.log(reportLines(results).join("\n"));
const { held, violated, notChecked } = verdict(results);
console.log(`${held} rules held, ${violated} violated, ${notChecked} not checked; bills of materials in report/sbom`);
if (strict === true && notChecked > 0) {
  const unknown = results.filter(({ notChecked: why }) => why !== undefined).map(({ rule }) => rule);
  console.log(`--strict: not passed, since it is not known whether these are held: ${unknown.join(", ")}`);
}
process.exitCode = violated > 0 || (strict === true && notChecked > 0) ? 1 : 0;
