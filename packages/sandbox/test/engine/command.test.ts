import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describe as describeReport, runStages, stackConfig } from "../../src/engine/command.ts";
import { type EngineReport, unchanged } from "../../src/engine/run.ts";

const runEngine = vi.hoisted(() => vi.fn());
vi.mock("../../src/engine/run.ts", async (original) => ({ ...(await original<object>()), runEngine }));

const report = (secondUp: EngineReport["secondUp"]): EngineReport => ({
  stage: "dev",
  preview: { create: 3 },
  up: { create: 3 },
  interruptedAfter: 1,
  secondUp,
  refresh: { same: 3 },
  edit: { same: 2, replace: 1 },
  faults: unchanged(secondUp) ? [] : ["the second deployment must change nothing"],
  unprotect: { same: 2, update: 1 },
  destroy: {},
  counts: [
    { type: "aws:iam/role:Role", count: 2, changed: 0, deleted: 2, emulated: true },
    { type: "aws:wafv2/webAcl:WebAcl", count: 1, changed: 1, deleted: 1, emulated: false },
  ],
});

const path = process.env.PATH;
const given = process.env.PULUMI_CLI;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "command-"));
  await writeFile(join(folder, "pulumi"), "#!/bin/sh\necho v3.259.0\n");
  await chmod(join(folder, "pulumi"), 0o755);
  await writeFile(join(folder, "Pulumi.dev.yaml"), "config:\n  aws:region: eu-west-1\n  palisade:migrations: false\n");
  await writeFile(join(folder, "Pulumi.prod.yaml"), "encryptionsalt: x\n");
  process.env.PULUMI_CLI = join(folder, "pulumi");
  runEngine.mockReset().mockResolvedValue(report({ same: 3 }));
});
afterEach(async () => {
  process.env.PATH = path;
  if (given === undefined) delete process.env.PULUMI_CLI;
  else process.env.PULUMI_CLI = given;
  await rm(folder, { recursive: true });
});

function run(stages: string[], lines: string[] = []): Promise<number> {
  const directory = join(folder, "run");
  return runStages({
    stages,
    directory,
    cache: folder,
    stackConfigDirectory: folder,
    print: (line) => lines.push(line),
  });
}

describe("runStages", () => {
  it("runs dev and prod unless it is told otherwise, each with its configuration and folder", async () => {
    expect(await run([])).toBe(0);
    expect(runEngine.mock.calls.map(([options]) => [options.stage, options.config, options.directory])).toEqual([
      ["dev", { "aws:region": "eu-west-1", "palisade:migrations": "false" }, join(folder, "run", "dev")],
      ["prod", {}, join(folder, "run", "prod")],
    ]);
    expect(process.env.PATH?.split(delimiter)[0]).toBe(folder);
  });

  it("fails when a second deployment changes something, and still runs the next stage", async () => {
    runEngine.mockResolvedValueOnce(report({ same: 2, update: 1 }));
    const lines: string[] = [];
    expect(await run(["dev", "prod"], lines)).toBe(1);
    expect(runEngine).toHaveBeenCalledTimes(2);
    expect(lines).toContain("  second up  2 same, 1 update  <- must change nothing");
    expect(lines).toContain("  FAULT      the second deployment must change nothing");
  });

  it("passes progress on, indented", async () => {
    runEngine.mockImplementation(async ({ onProgress }) => {
      onProgress("dev: up");
      return report({ same: 3 });
    });
    const lines: string[] = [];
    await run(["dev"], lines);
    expect(lines).toEqual(["  dev: up", ...describeReport(report({ same: 3 }))]);
  });
});

it("describes a run by type and by step", () => {
  expect(describeReport(report({ same: 3 }))).toEqual([
    "",
    "dev: 3 resources, 2 emulated, 1 declared",
    "    2 made, 0 changed, 2 deleted  aws:iam/role:Role",
    "    1 made, 1 changed, 1 deleted  aws:wafv2/webAcl:WebAcl  (declared)",
    "  preview    3 create",
    "  up         interrupted after 1",
    "  up         3 create",
    "  second up  3 same",
    "  refresh    3 same",
    "  edit       2 same, 1 replace",
    "  unprotect  2 same, 1 update",
    "  destroy    nothing",
  ]);
});

it.each([
  [{ same: 3 }, true],
  [{ same: 3, update: 0 }, true],
  [{ same: 2, replace: 1 }, false],
])("%o is unchanged: %s", (changes, expected) => {
  expect(unchanged(changes)).toBe(expected);
});

it("reads a stage's configuration by full key", async () => {
  process.env.PATH = [folder, path].join(delimiter);
  expect(await stackConfig(folder, "dev")).toEqual({ "aws:region": "eu-west-1", "palisade:migrations": "false" });
});
