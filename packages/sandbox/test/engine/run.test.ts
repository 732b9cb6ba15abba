import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type EngineOptions, runEngine } from "../../src/engine/run.ts";
import { labDirectory } from "../../src/paths.ts";
import type { HandlerContext, Properties } from "../../src/resources/handler.ts";

const FAKE = fileURLToPath(new URL("./fake-pulumi.mjs", import.meta.url));
const path = process.env.PATH;
let directory: string;
let notes: string;

beforeEach(async () => {
  await mkdir(labDirectory, { recursive: true });
  directory = await mkdtemp(join(labDirectory, "test-engine-"));
  notes = join(directory, "notes");
  const bin = join(directory, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "pulumi"), `#!/bin/sh\nexec "${process.execPath}" "${FAKE}" "${notes}" "$@"\n`);
  await chmod(join(bin, "pulumi"), 0o755);
  process.env.PATH = [bin, path].join(delimiter);
});
afterEach(async () => {
  process.env.PATH = path;
  delete process.env.FAKE_FAILS;
  await rm(directory, { recursive: true, force: true });
});

const seen: { inputs: Properties; ctx: HandlerContext }[] = [];

/** What the real engine does with a real program is seen by `pnpm engine`; here, which steps it is asked for, and with what. */
function run(steps: string[] = []): ReturnType<typeof runEngine> {
  const options: EngineOptions = {
    stage: "dev",
    program: async () => ({}),
    config: { "aws:region": "eu-west-1", "palisade:migrations": "false" },
    directory: join(directory, "run"),
    onProgress: (line) => steps.push(line),
    handlers: {
      "aws:test/database:Database": {
        create: async (inputs, ctx) => {
          seen.push({ inputs, ctx });
          const running = await ctx.startDatabase({
            directory: join(ctx.directory, ctx.name),
            clusterIdentifier: ctx.physicalName(),
            databaseName: "palisade",
            masterUsername: "admin",
            masterPassword: "secret",
            iam: {
              emulatorUrl: ctx.emulatorUrl,
              region: ctx.region,
              accountId: ctx.accountId,
              clusterResourceId: "cluster-A",
              enabled: true,
            },
          });
          return { id: String(running.port), outputs: {} };
        },
      },
    },
  };
  return runEngine(options);
}

it("asks the engine for each step, with a home, a backend and a provider of its own", async () => {
  const steps: string[] = [];
  const report = await run(steps);
  expect(report).toMatchObject({
    stage: "dev",
    preview: { create: 1 },
    up: { same: 1 },
    interruptedAfter: 0,
    secondUp: { same: 1 },
    refresh: { same: 1 },
    edit: { same: 1 },
    faults: [],
    unprotect: { same: 1 },
    destroy: { same: 1 },
    counts: [{ type: "aws:test/database:Database", count: 2, changed: 0, deleted: 0, emulated: true }],
  });
  expect(steps.filter((step) => step.startsWith("dev:"))).toEqual([
    "dev: preview",
    "dev: up, interrupted",
    "dev: up",
    "dev: up once more",
    "dev: refresh",
    "dev: up with an edit",
    "dev: up without protection from deletion",
    "dev: destroy",
  ]);
  const commands = (await readFile(notes, "utf8")).split("\n").map((line) => line.split(" ")[0]);
  expect(commands.filter((command) => command !== "" && command !== "stack")).toEqual([
    "config",
    "preview",
    "up",
    "up",
    "refresh",
    "up",
    "up",
    "destroy",
  ]);
  expect(await readFile(notes, "utf8")).toMatch(/config set-all .*aws:region.*eu-west-1/);
  expect(await readFile(`${notes}.made`, "utf8")).toMatch(/^aws:\d+,awsx:\d+$/);
  // The authority of the first database is known when the second resource is made.
  expect(seen[0]?.inputs.ca).toBe("{databaseCa}");
  expect(seen[1]?.inputs.ca).toMatch(/^-----BEGIN CERTIFICATE-----/);
  expect(seen[0]?.ctx).toMatchObject({ stage: "dev", region: "eu-west-1", accountId: "123456789012", name: "one" });
}, 120_000);

it("stops everything when a step fails", async () => {
  process.env.FAKE_FAILS = "preview";
  await expect(run()).rejects.toThrow("the engine failed at preview");
  await expect(fetch(String(seen.at(-1)?.ctx.emulatorUrl))).rejects.toThrow("fetch failed");
}, 120_000);
