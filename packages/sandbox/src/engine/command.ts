import { delimiter, dirname, join } from "node:path";
import program from "@palisade/stacks";
import { LocalWorkspace, type OpMap } from "@pulumi/pulumi/automation/index.js";
import { handlers } from "../resources/index.ts";
import { findPulumi } from "./pulumi-cli.ts";
import { type EngineReport, runEngine, unchanged } from "./run.ts";

export interface CommandOptions {
  /** Stages to run, as given on the command line; none: `dev` and `prod`. */
  stages: readonly string[];
  /** Folder for all that the run writes; the caller removes it. */
  directory: string;
  /** Folder that a built CLI is kept in. */
  cache: string;
  /** Folder of `Pulumi.<stage>.yaml`. */
  stackConfigDirectory: string;
  print(line: string): void;
}

/**
 * Runs each stage and prints what the engine did.
 *
 * @returns The exit code: 0 when each step did what it must, else 1.
 */
export async function runStages(options: CommandOptions): Promise<number> {
  const { print } = options;
  const onProgress = (line: string) => print(`  ${line}`);
  const stages = options.stages.length > 0 ? options.stages : ["dev", "prod"];
  const pulumi = await findPulumi({ cache: options.cache, onProgress });
  // The Automation API looks for the CLI on this process's PATH.
  process.env.PATH = [dirname(pulumi), process.env.PATH].join(delimiter);
  let exitCode = 0;
  for (const stage of stages) {
    const report = await runEngine({
      stage,
      program: async () => ({ ...(await program()) }),
      config: await stackConfig(options.stackConfigDirectory, stage),
      handlers,
      directory: join(options.directory, stage),
      onProgress,
    });
    for (const line of describe(report)) print(line);
    if (report.faults.length > 0) exitCode = 1;
  }
  return exitCode;
}

/** The configuration of `Pulumi.<stage>.yaml`, by full key. */
export async function stackConfig(directory: string, stage: string): Promise<Record<string, string>> {
  const workspace = await LocalWorkspace.create({ workDir: directory });
  const { config = {} } = await workspace.stackSettings(stage);
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
}

/** What a person at the terminal is told of a run. */
export function describe(report: EngineReport): string[] {
  const emulated = report.counts.filter((count) => count.emulated).reduce((sum, { count }) => sum + count, 0);
  const all = report.counts.reduce((sum, { count }) => sum + count, 0);
  return [
    "",
    `${report.stage}: ${all} resources, ${emulated} emulated, ${all - emulated} declared`,
    ...report.counts.map(
      ({ type, count, changed, deleted, emulated: made }) =>
        `  ${String(count).padStart(3)} made, ${changed} changed, ${deleted} deleted  ${type}${made ? "" : "  (declared)"}`,
    ),
    `  preview    ${operations(report.preview)}`,
    ...(report.interruptedAfter > 0 ? [`  up         interrupted after ${report.interruptedAfter}`] : []),
    `  up         ${operations(report.up)}`,
    `  second up  ${operations(report.secondUp)}${unchanged(report.secondUp) ? "" : "  <- must change nothing"}`,
    `  refresh    ${operations(report.refresh)}${unchanged(report.refresh) ? "" : "  <- must change nothing"}`,
    `  edit       ${operations(report.edit)}`,
    `  unprotect  ${operations(report.unprotect)}`,
    `  destroy    ${operations(report.destroy)}`,
    ...report.faults.map((fault) => `  FAULT      ${fault}`),
  ];
}

function operations(changes: OpMap): string {
  const entries = Object.entries(changes).map(([operation, count]) => `${count} ${operation}`);
  return entries.join(", ") || "nothing";
}
