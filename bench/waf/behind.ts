/**
 * `pnpm bench:waf:behind`: what stands behind the firewall, when it is gone. The payloads of the benchmark's attacks are sent to prod's
 * real functions with the web ACL taken away: as what is searched for in the catalogue, and as the reference of a receipt. Afterwards
 * no row of the database is another, no answer holds what the caller may not see, and no page has other tags than one without a payload. Those that the
 * web ACL lets pass, or a sample of them, are opened in a real browser too, which must not even have refused a script.
 *
 * Exit code 1 where a payload had an effect.
 */
import { dirname, join } from "node:path";
import { Closers } from "../../packages/lab/src/closers.ts";
import { attackContext } from "../../packages/lab/src/context.ts";
import type { Exchange } from "../../packages/lab/src/exchange.ts";
import { removeFirewall } from "../../packages/lab/src/removals/edge-firewall.ts";
import { SEED } from "../../packages/lab/src/seed.ts";
import { startStage } from "../../packages/lab/src/session.ts";
import type { LabDatabase } from "../../packages/lab/src/stage.ts";
import { startTools } from "../../packages/lab/src/tools.ts";
import { readDeployed } from "../../packages/sandbox/src/edge/deployed.ts";
import { allCases } from "./cases.ts";
import { buildEngine } from "./commands.ts";
import { payloadsOf, sample } from "./payloads.ts";
import { judgeWith } from "./web-acl.ts";

/** Pages that a browser opens; each takes about a third of a second. */
const PAGES = 60;
const TABLES = ["companies", "partners", "products", "orders", "order_lines"];
/** What alice of acme may not see. */
const SECRETS = [SEED.globex.apiSecret, SEED.globex.note, SEED.globex.orderId, SEED.unlisted];

const root = join(import.meta.dirname, "../..");
const say = (line: string) => console.error(`bench:waf:behind: ${line}`);
const effects: string[] = [];
const closers = new Closers();
try {
  const engine = await buildEngine(join(root, ".lab", "bench-waf"));
  const attacks = allCases(await engine.corpus(), []).filter(({ attack }) => attack);
  const tools = await startTools(closers);
  const { stage, people } = await startStage("prod", closers, say);
  const arn = `arn:aws:apigateway:${stage.region}::/restapis/${stage.outputs.restApiId}/stages/${stage.outputs.stageName}`;
  const deployed = await readDeployed(stage.clients.wafv2, arn, dirname(stage.bundleDirectory));
  if (!deployed) throw new Error("bench:waf:behind: no web ACL is associated with prod's stage");
  const judged = judgeWith(
    deployed,
    attacks.map(({ request }) => request),
  );
  const passing = new Set(payloadsOf(attacks.filter((_, index) => !judged[index]?.blocked)));
  const payloads = payloadsOf(attacks);
  await removeFirewall(stage);
  say(`${payloads.length} payloads of ${attacks.length} attacks; ${passing.size} of them pass the web ACL`);

  const kept: Exchange[] = [];
  const context = attackContext(stage, tools, people, kept);
  const session = await context.session("alice");
  const before = await rows(stage.database);
  const plain = tags(await receipt("PO 4711"));
  function receipt(reference: string): Promise<Exchange> {
    const path = `/orders/${SEED.acme.orderId}/receipt?reference=${encodeURIComponent(reference)}`;
    return context.send({ client: "alice", method: "GET", path, headers: session });
  }
  const statuses = new Map<number, number>();
  for (const payload of payloads) {
    const query = encodeURIComponent(payload);
    const found = await context.send({
      client: "alice",
      method: "GET",
      path: `/products?q=${query}`,
      headers: context.as("alice"),
    });
    const page = await receipt(payload);
    for (const { response } of [found, page]) {
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      for (const secret of SECRETS) if (response.body.includes(secret)) effects.push(`${payload}: answers ${secret}`);
      if (response.status >= 500) effects.push(`${payload}: ${response.status}`);
    }
    // A page of the same tags, in the same order, as one without a payload: nothing of it became markup.
    if (page.response.status === 200 && tags(page) !== plain) effects.push(`${payload}: the page has other tags`);
  }
  if ((await rows(stage.database)) !== before) effects.push("the rows of the database are others than before");

  let opened = 0;
  if ("reason" in tools.chromium) say(`${tools.chromium.reason}: no page is opened`);
  else {
    for (const payload of sample([...passing], PAGES)) {
      const path = `/orders/${SEED.acme.orderId}/receipt?reference=${encodeURIComponent(payload)}`;
      const { browser } = await context.open({ client: "alice", path });
      opened += 1;
      for (const violation of browser?.violations ?? [])
        effects.push(`${payload}: a script was only refused: ${violation}`);
    }
  }
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
  console.log(
    `${payloads.length} payloads, without the firewall, in a search and in a receipt: ${counts.join(", ")}; ${opened} pages opened in a browser; ` +
      `${effects.length} effects`,
  );
  for (const effect of effects) console.log(JSON.stringify(effect));
} finally {
  await closers.closeAll();
}
process.exitCode = effects.length === 0 ? 0 : 1;

/** The names of a page's tags, in their order. */
function tags({ response }: Exchange): string {
  return (response.body.match(/<[/!]?[a-z][a-z0-9-]*/gi) ?? []).join(" ");
}

/** Every row of every table, as text. */
async function rows(database: LabDatabase): Promise<string> {
  const all: unknown[] = [];
  for (const table of TABLES) all.push(await database.query(`SELECT * FROM ${table} ORDER BY 1, 2`));
  return JSON.stringify(all);
}
