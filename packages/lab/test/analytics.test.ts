import { expect, test, vi } from "vitest";
import { accountLines, analyse, reconcile, requireCallers, type StageAnalytics } from "../src/analytics.ts";
import type { RunningStage } from "../src/stage.ts";

const made = vi.hoisted(() => ({ raw: {} as Record<string, unknown>, closed: 0, asked: [] as string[] }));
vi.mock("../../sandbox/src/analytics/index.ts", async (original) => ({
  ...(await original<object>()),
  writeRaw: async (recorded: Record<string, unknown>) => {
    made.raw = recorded;
    return { sources: { waf: "/raw/waf" }, written: { waf: 3 } };
  },
  runCleaningJob: async ({ sources }: { sources: object }) => ({ ...MANIFEST, of: sources }),
  openAthena: async () => ({
    ask: async (sql: string) => {
      made.asked.push(sql);
      return [{ source: "waf", events: "2" }];
    },
    askAll: async () => ({ named: [{ a: "1" }] }),
    close: () => {
      made.closed += 1;
    },
  }),
}));

const COUNTS = { records: 3, clean: 2, duplicates: 1, quarantined: 0 };
const MANIFEST = { run: "r", recovered: [], files: [], ...COUNTS, sources: { waf: COUNTS } };
const RESULT: StageAnalytics = {
  stage: "prod",
  keepsAccessLog: true,
  written: { waf: 3 },
  manifest: MANIFEST,
  rows: { waf: 2 },
  answers: {},
};

test("an account that agrees is a line a source", () => {
  expect(() => reconcile(RESULT)).not.toThrow();
  expect(accountLines(RESULT)).toEqual([
    "prod  waf             3 records in = 2 clean + 1 duplicates + 0 quarantined; Athena finds 2",
  ]);
  expect(accountLines({ ...RESULT, manifest: { ...MANIFEST, sources: undefined } })).toEqual([]);
});

test.each([
  [{ written: { waf: 4 } }, "prod, waf: 4 records were recorded, and 3 were read"],
  [{ written: { "api-access": 1 } }, "prod, api-access: 1 records were recorded, and 0 were read"],
  [
    { manifest: { ...MANIFEST, sources: { waf: { ...COUNTS, quarantined: 1 } } } },
    "prod, waf: 3 records were read, and 4 are clean, duplicates or quarantined",
  ],
  [{ rows: {} }, "prod, waf: 2 records are clean, and 0 are what Athena finds"],
])("an account that does not agree ends the run: %j", (changed, sentence) => {
  expect(() => reconcile({ ...RESULT, ...changed })).toThrow(new Error(sentence));
});

const line = (more: object = {}) =>
  JSON.stringify({ sourceIp: "127.0.1.2", principalId: "ann", authorizerStatus: "200", ...more });
const LINE = line();

test("an access log says who called and from where; who was not asked for has no name", () => {
  const unasked = [{ authorizerStatus: "-" }, { authorizerStatus: "401" }].map((more) =>
    line({ principalId: "-", ...more }),
  );
  expect(() => requireCallers("prod", [LINE, ...unasked])).not.toThrow();
});

test.each([
  [{ sourceIp: "-" }, "prod: 1 of 2 lines of the access log have no address: "],
  [{ sourceIp: undefined }, "prod: 1 of 2 lines of the access log have no address: "],
  [{ principalId: "-" }, "prod: 1 of 2 lines of the access log have no principal, and their authorizer has answered: "],
  [
    { principalId: undefined },
    "prod: 1 of 2 lines of the access log have no principal, and their authorizer has answered: ",
  ],
])("an access log that does not say it ends the run: %j", (more, sentence) => {
  const bad = line(more);
  expect(() => requireCallers("prod", [LINE, bad])).toThrow(new Error(sentence + bad));
});

test("a stage's records go through the job to the answers", async () => {
  const stage = {
    stage: "weak",
    region: "us-east-1",
    wafLog: () => [],
    accessLog: async () => ({ kept: true, lines: [LINE] }),
    database: {
      query: async () => [
        { micros: "5", user_host: "u[u] @ h [a]", thread_id: 1, command_type: "Query", argument: "SELECT 1" },
      ],
    },
  } as unknown as RunningStage;
  const lines: string[] = [];
  const result = await analyse(stage, "/folder", { more: "SELECT 2" }, (line) => lines.push(line));
  expect(result).toMatchObject({
    stage: "weak",
    keepsAccessLog: true,
    rows: { waf: 2 },
    answers: { named: [{ a: "1" }], more: [{}] },
  });
  expect(made.raw.accessLog).toEqual([LINE]);
  expect(made.raw.generalLog).toEqual([
    { micros: 5, userHost: "u[u] @ h [a]", thread: 1, command: "Query", argument: "SELECT 1" },
  ]);
  expect(made.asked.at(-1)).toBe("SELECT 2");
  expect(made.closed).toBe(1);
  expect(lines).toEqual(["weak: asking Athena's named queries on the emulator"]);
});
