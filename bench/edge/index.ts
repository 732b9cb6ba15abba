/**
 * `pnpm bench:edge`: what the edge adds to the gateway's own latency. The same requests go to prod's gateway in the sandbox by two front
 * servers, one with the web ACL before it and one without, in the order A B B A, with texts that differ each time, since the edge remembers
 * what it found in a text. The share is that of the medians.
 *
 *   pnpm bench:edge           print
 *   pnpm bench:edge --check   exit with 1 when the edge adds more than a tenth at the median in three runs out of three
 */
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { Closers } from "../../packages/lab/src/closers.ts";
import { exchange, type LabRequest } from "../../packages/lab/src/exchange.ts";
import { startStage } from "../../packages/lab/src/session.ts";
import { openEdge } from "../../packages/sandbox/src/edge/index.ts";
import { startFront } from "../../packages/sandbox/src/front.ts";
import { median } from "../paired.ts";
import { added, within } from "./share.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const RUNS = values.check ? 3 : 1;
/** Of four requests each, of which the first are not counted. */
const ROUNDS = 120;
const WARM_UP = 20;

const closers = new Closers();
try {
  const { stage, people } = await startStage("prod", closers, (line) => console.error(`bench:edge: ${line}`));
  const resourceArn = `arn:aws:apigateway:${stage.region}::/restapis/${stage.outputs.restApiId}/stages/${stage.outputs.stageName}`;
  const edge = await openEdge({
    client: stage.clients.wafv2,
    resourceArn,
    accountId: "000000000000",
    directory: dirname(stage.bundleDirectory),
  });
  const [bare, guarded] = [
    await startFront({ target: stage.baseUrl }),
    await startFront({ target: stage.baseUrl, edge }),
  ];
  closers.add(() => bare.close());
  closers.add(() => guarded.close());
  const headers = { authorization: `Bearer ${people.users.alice.accessToken}` };

  const shares: number[] = [];
  for (let run = 0; run < RUNS && (run === 0 || !shares.some(within)); run += 1) {
    const times: { bare: number[]; guarded: number[] } = { bare: [], guarded: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, by] of (["bare", "guarded", "guarded", "bare"] as const).entries()) {
        const started = performance.now();
        const { response } = await exchange((by === "bare" ? bare : guarded).url, request(run, round, index), "setup");
        if (response.status >= 300)
          throw new Error(`bench:edge: a request was answered with ${response.status}: ${response.body}`);
        if (round >= WARM_UP) times[by].push(performance.now() - started);
      }
    }
    const share = added(times.bare, times.guarded);
    shares.push(share);
    const ms = (list: number[]) => `${median(list).toFixed(2)} ms`;
    console.log(
      `gateway ${ms(times.bare)}, with the edge ${ms(times.guarded)}: ${(100 * share).toFixed(1)} % at the median of ${times.bare.length} ` +
        `requests each; at most 10 %: ${within(share) ? "met" : "MISSED"}`,
    );
  }
  if (values.check && !shares.some(within)) process.exitCode = 1;

  /** A search, or an order of three lines with a note: never the same text twice, each from an address with a rate of its own. */
  function request(run: number, round: number, index: number): LabRequest {
    const at = run * ROUNDS * 4 + round * 4 + index;
    const from = `127.0.1.${(at % 250) + 1}`;
    const text = `mug ${at} of ${(at * 7919) % 100_003}`;
    if (round % 2 === 0)
      return { client: "alice", method: "GET", path: `/products?q=${encodeURIComponent(text)}`, headers, from };
    const lines = ["MUG-1", "TEE-1", "CAP-1"].map((sku) => ({ sku, quantity: 1 + (at % 9) }));
    const body = JSON.stringify({ lines, note: `${text}, for the fair in hall ${at % 40}; please call before` });
    return {
      client: "alice",
      method: "POST",
      path: "/orders",
      headers: { ...headers, "content-type": "application/json" },
      body,
      from,
    };
  }
} finally {
  await closers.closeAll();
}
