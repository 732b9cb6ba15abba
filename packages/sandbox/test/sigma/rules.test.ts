/**
 * The detection rules of packages/threat-detection/sigma, run by pySigma and SQLite over CloudTrail's records: each fires on what it is for
 * and stays silent on what is close to it.
 */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { installPythonTool, labDirectory } from "../../src/index.ts";
import { CASES, call, denials } from "./events.ts";

const RULES = resolve(import.meta.dirname, "../../../threat-detection/sigma");
const TOOL = {
  id: "sigma",
  name: "The engine of the Sigma rules",
  version: "pySigma 1.5.1",
  requirements: join(import.meta.dirname, "requirements.txt"),
};

let python: string;
beforeAll(async () => {
  python = await installPythonTool(TOOL, labDirectory);
}, 180_000);

/** What fires, by the rule's file: indexes of events, or the values that a correlation groups by. */
function match(events: unknown[]): Promise<Record<string, unknown[]>> {
  return new Promise((done, fail) => {
    const script = join(import.meta.dirname, "match.py");
    const child = execFile(python, [script], (error, stdout) => (error ? fail(error) : done(JSON.parse(stdout))));
    child.stdin?.end(JSON.stringify({ rules: RULES, events }));
  });
}

test("every rule has its cases", () => {
  const files = readdirSync(RULES).filter((name) => name.endsWith(".yml"));
  expect(files.sort()).toEqual([...Object.keys(CASES), "denial.yml", "unusual-denials.yml"].sort());
});

describe("of all events together", () => {
  // One run of the engine for all: an event of one rule must not fire another's either.
  const owners = Object.entries(CASES).flatMap(([rule, { fires, silent }]) => [
    ...fires.map((event) => ({ rule, event, fires: true })),
    ...silent.map((event) => ({ rule, event, fires: false })),
  ]);
  let fired: Record<string, unknown[]>;
  beforeAll(async () => {
    fired = await match(owners.map(({ event }) => event));
  }, 60_000);

  test.each(Object.keys(CASES))("%s fires on its own and on nothing else", (rule) => {
    const own = owners.flatMap((owner, index) => (owner.rule === rule && owner.fires ? [index] : []));
    expect(own.length).toBeGreaterThan(0);
    expect(fired[rule]).toEqual(own);
  });
});

describe("unusual-denials.yml", () => {
  test.each([
    ["ten in five minutes", denials(10, 30, "role"), 1],
    ["nine in five minutes", denials(9, 30, "role"), 0],
    ["ten in ten minutes", denials(10, 61, "role"), 0],
    ["ten of two principals", [...denials(5, 1, "one"), ...denials(5, 1, "two")], 0],
    ["ten calls that were not refused", Array.from({ length: 10 }, () => call("s3", "GetObject")), 0],
  ])(
    "of %s",
    async (_what, events, alerts) => {
      const fired = await match(events);
      expect(fired["unusual-denials.yml"]).toHaveLength(alerts);
      if (alerts > 0)
        expect(fired["unusual-denials.yml"]).toEqual([["arn:aws:sts::123456789012:assumed-role/role/session"]]);
    },
    30_000,
  );
});
