/**
 * `pnpm bench:waf`: prod's web ACL beside Coraza with the OWASP Core Rule Set, on the same requests.
 *
 *   pnpm bench:waf                 print
 *   pnpm bench:waf --check         exit with 1 when a limit is missed
 *   pnpm bench:waf --missed        print the attacks that prod's web ACL let pass, and the harmless requests that it blocked
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { allCases } from "./cases.ts";
import { buildEngine, schemathesisRequests } from "./commands.ts";
import { held, linesOf, perSecond, tableOf } from "./score.ts";
import { judgeWith, prodWebAcl } from "./web-acl.ts";

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, missed: { type: "boolean", default: false } },
});
/** Of each operation. */
const EXAMPLES = 100;
/** Of the measurement of speed, after one that warms up; the firewalls take turns. */
const ROUNDS = 3;

const root = join(import.meta.dirname, "../..");
const cache = join(root, ".lab", "bench-waf");
const say = (line: string) => console.error(`bench:waf: ${line}`);

say("building the engine (Go)");
const engine = await buildEngine(cache);
say("reading the test cases of the Core Rule Set and of libinjection");
const corpus = await engine.corpus();
say("generating requests from the OpenAPI document (schemathesis)");
const generated = await schemathesisRequests(cache, join(root, "functions/openapi.yaml"), EXAMPLES);
const cases = allCases(corpus, generated);
const requests = cases.map(({ request }) => request);
say("deploying prod in the sandbox");
const deployed = await prodWebAcl(say);

const speeds: [own: number[], peer: number[]] = [[], []];
let own = judgeWith(deployed, requests);
let peer = await engine.judge(requests);
for (let round = 0; round < ROUNDS; round += 1) {
  own = judgeWith(deployed, requests);
  speeds[0].push(perSecond(own.map(({ nanoseconds }) => nanoseconds)));
  peer = await engine.judge(requests);
  speeds[1].push(perSecond(peer.map(({ nanoseconds }) => nanoseconds)));
}

const { coraza, coreRuleSet, libinjection } = engine.versions;
const lines = linesOf(cases, [own, peer]);
console.log(`prod's web ACL in the sandbox's evaluator, where libinjection stands in for AWS's unpublished detector of SQL injection and
XSS: these are figures of libinjection behind our rules, not of AWS WAF. Beside it Coraza ${coraza} with the Core Rule Set ${coreRuleSet} at
paranoia level 1, as delivered. libinjection ${libinjection}'s own data is what such a detector is made from, and is not judged.\n`);
console.log(tableOf(lines, ["Palisade prod", "Coraza + CRS"], speeds));
const missed = lines.filter((line) => !held(line)).map(({ what }) => what);
if (values.missed) {
  for (const [index, { set, id, attack, request }] of cases.entries()) {
    const { blocked = false, rule = "" } = own[index] ?? {};
    if (blocked === attack || set === "crs-negative") continue;
    const text = `${request.method} ${request.uri} ${request.body.toString("latin1")}`.slice(0, 300);
    console.log(`${attack ? "passed" : `blocked by ${rule}`}: ${set} ${id}: ${JSON.stringify(text)}`);
  }
}
if (missed.length > 0) console.error(`\nmissed: ${missed.join("; ")}`);
if (values.check && missed.length > 0) process.exitCode = 1;
