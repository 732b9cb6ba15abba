import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ATTACKS } from "../../src/attacks/index.ts";
import { Closers } from "../../src/closers.ts";
import type { LabTools } from "../../src/context.ts";
import { withAndWithoutEdge } from "../../src/lab.ts";
import { type PeelStep, peelDefences } from "../../src/peel.ts";
import { attackStage, missingFor } from "../../src/run.ts";
import { type StageSession, startStage } from "../../src/session.ts";
import { edgeShare, surprises } from "../../src/table.ts";
import { startTools } from "../../src/tools.ts";

/** Far more than a step takes: the machine may be shared with every other test. */
const STAGE_MS = 180_000;
const ATTACK_MS = 120_000;

const closers = new Closers();
let session: StageSession;
let tools: LabTools;

beforeAll(async () => {
  tools = await startTools(closers);
  session = await startStage("prod", closers, () => {});
}, STAGE_MS);
afterAll(() => closers.closeAll(), STAGE_MS);

/** What a failure shows: what was removed, what had to hold, what did. */
const told = ({ removed, expected, observed, result }: PeelStep) => ({
  removed,
  expected,
  observed,
  evidence: observed === expected ? "" : result.evidence,
});

describe("prod, its defences taken away one by one, outermost first", () => {
  it.each(ATTACKS)(
    "$id is held by each of its defences in turn, and by nothing else",
    async (attack) => {
      const missing = missingFor(attack, tools);
      if (missing !== undefined) {
        // Where no Chromium runs (arm64), the lab says «not run»; the reason must be known.
        expect(missing).toMatch(/^no Chromium can run here/);
        return;
      }
      const steps = await peelDefences(session.stage, tools, session.people, attack);
      expect(steps.map(told)).toEqual(
        [...attack.defences, attack.unread === undefined ? "none" : "unread"].map((expected, count) => ({
          removed: attack.defences.slice(0, count),
          expected,
          observed: expected,
          evidence: "",
        })),
      );
    },
    ATTACK_MS,
  );

  it(
    "falls, without its firewall, to what the firewall alone stands against, and to nothing else",
    async () => {
      const ids = ["flood-one-address", "sqli-header", "sqli-union", "blocked-country", "oversized-payload"];
      const attacks = ATTACKS.filter(({ id }) => ids.includes(id));
      const stages = await withAndWithoutEdge(session.stage, tools, session.people, attacks, () => {});
      expect(stages.map(({ stage }) => stage)).toEqual(["prod", "prod without edge"]);
      expect(surprises({ stages })).toEqual([]);
      expect(edgeShare({ stages })).toEqual({
        alone: ["blocked-country", "flood-one-address"],
        behind: [
          { id: "oversized-payload", held: "gateway:model" },
          { id: "sqli-union", held: "function:search-term" },
        ],
        unread: ["sqli-header"],
      });
    },
    ATTACK_MS,
  );

  it(
    "is whole again afterwards: every attack meets its first defence, every twin is served",
    async () => {
      const { attacks, legitimate } = await attackStage(session.stage, tools, session.people, ATTACKS);
      const run = attacks.filter(({ verdict }) => verdict !== "not run");
      expect(run.map(({ id, verdict, defence }) => [id, verdict, defence])).toEqual(
        ATTACKS.filter(({ id }) => run.some((one) => one.id === id)).map(({ id, defences }) => [
          id,
          "blocked",
          defences[0],
        ]),
      );
      expect(legitimate.filter(({ ok }) => !ok)).toEqual([]);
    },
    ATTACK_MS,
  );
});
