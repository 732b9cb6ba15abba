import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type AnswerRow,
  type GeneralLogRow,
  type Manifest,
  openAthena,
  type RawFiles,
  runCleaningJob,
  writeRaw,
} from "../../sandbox/src/analytics/index.ts";
import type { Attack } from "./attack.ts";
import { Closers } from "./closers.ts";
import { attackWithProgress, type OnProgress } from "./lab.ts";
import { startStage } from "./session.ts";
import { type RunningStage, STAGES } from "./stage.ts";
import { LAB_DIRECTORY, startTools } from "./tools.ts";

/** A stage's own traffic, cleaned and asked. */
export interface StageAnalytics {
  stage: string;
  /** Whether the stage keeps an access log; else the calls of its API are what the lab saw, which an operator would not have. */
  keepsAccessLog: boolean;
  /** What the sandbox recorded, by source. */
  written: RawFiles["written"];
  /** What became of it. */
  manifest: Manifest;
  /** Rows of the table, by source, as Athena counts them. */
  rows: Record<string, number>;
  /** The named queries' answers by their keys, and those of the further questions. */
  answers: Record<string, AnswerRow[]>;
}

/**
 * Stands up each stage, attacks it, and puts all that was recorded meanwhile through the cleaning job and Athena's named queries.
 *
 * @param further questions that are asked, too: SQL by key
 * @throws Error when a count does not agree with another
 */
export async function runAnalytics(
  attacks: readonly Attack[],
  closers: Closers,
  onProgress: OnProgress,
  further: Record<string, string> = {},
): Promise<StageAnalytics[]> {
  const directory = join(LAB_DIRECTORY, `analytics-${process.pid}`);
  await mkdir(directory, { recursive: true });
  closers.add(() => rm(directory, { recursive: true, force: true }));
  const tools = await startTools(closers);
  const results: Promise<StageAnalytics>[] = [];
  for (const name of STAGES) {
    const own = new Closers();
    closers.add(() => own.closeAll());
    // While a stage is stood up the one before is cleaned, mostly by Spark's start; the attacks have the machine for themselves.
    const [{ stage, people }] = await Promise.all([startStage(name, own, onProgress), ...results]);
    await attackWithProgress(stage, tools, people, attacks, onProgress);
    results.push(analyse(stage, join(directory, name), further, onProgress).finally(() => own.closeAll()));
  }
  return Promise.all(results);
}

/** Cleans what a stage that stands has recorded, and asks. */
export async function analyse(
  stage: RunningStage,
  directory: string,
  further: Record<string, string>,
  onProgress: OnProgress,
): Promise<StageAnalytics> {
  const progress = (line: string) => onProgress(`${stage.stage}: ${line}`);
  const { clients, emulatorUrl, region } = stage;
  const { kept, lines } = (await stage.accessLog?.()) ?? NO_LOG;
  requireCallers(stage.stage, lines);
  const raw = await writeRaw(
    {
      identity: { accountId: "000000000000", partition: "aws", region },
      clients,
      accessLog: lines,
      wafLog: stage.wafLog(),
      generalLog: await generalLog(stage),
    },
    join(directory, "raw"),
  );
  const [lake, state, work] = ["lake", "state", "work"].map((each) => join(directory, each)) as [
    string,
    string,
    string,
  ];
  const manifest = await runCleaningJob({
    sources: raw.sources,
    lake,
    state,
    work,
    cache: LAB_DIRECTORY,
    onProgress: progress,
  });
  progress("asking Athena's named queries on the emulator");
  const athena = await openAthena({ emulatorUrl, region, clients, name: `analytics${stage.stage}`, lake });
  try {
    const counted = await athena.ask("SELECT source, count(*) AS events FROM events GROUP BY source ORDER BY source");
    const rows = Object.fromEntries(counted.map(({ source, events }) => [String(source), Number(events)]));
    const answers = await athena.askAll();
    for (const [key, sql] of Object.entries(further)) answers[key] = await athena.ask(sql);
    const result = { stage: stage.stage, keepsAccessLog: kept, written: raw.written, manifest, rows, answers };
    reconcile(result);
    return result;
  } finally {
    athena.close();
  }
}

/**
 * Holds the access log to what API Gateway writes: where each call came from, and of each that an authorizer has answered who called.
 *
 * @param lines in the format of SecureGateway's access log
 * @throws Error that says of how many lines what is missing
 */
export function requireCallers(stage: string, lines: readonly string[]): void {
  const records = lines.map((line) => JSON.parse(line) as Record<string, string>);
  const without = (what: string, missing: typeof records) => {
    if (missing.length === 0) return;
    throw new Error(
      `${stage}: ${missing.length} of ${lines.length} lines of the access log have no ${what}: ${JSON.stringify(missing[0])}`,
    );
  };
  const nothing = (value: string | undefined) => value === undefined || value === "-";
  without(
    "address",
    records.filter(({ sourceIp }) => nothing(sourceIp)),
  );
  without(
    "principal, and their authorizer has answered",
    records.filter(({ authorizerStatus, principalId }) => authorizerStatus === "200" && nothing(principalId)),
  );
}

/**
 * Holds every count against the next: what the sandbox recorded, what the job read, what became of it, and what Athena finds.
 *
 * @throws Error that names the source and both counts
 */
export function reconcile({
  stage,
  written,
  manifest,
  rows,
}: Omit<StageAnalytics, "answers" | "keepsAccessLog">): void {
  for (const [source, recorded] of Object.entries(written)) {
    const { records, clean, duplicates, quarantined } = manifest.sources?.[source] ?? NOTHING;
    const agree = (one: string, left: number, other: string, right: number) => {
      if (left !== right) throw new Error(`${stage}, ${source}: ${left} ${one}, and ${right} ${other}`);
    };
    agree("records were recorded", recorded, "were read", records);
    agree("records were read", records, "are clean, duplicates or quarantined", clean + duplicates + quarantined);
    agree("records are clean", clean, "are what Athena finds", rows[source] ?? 0);
  }
}

const NO_LOG = { kept: false, lines: [] };
const NOTHING = { records: 0, clean: 0, duplicates: 0, quarantined: 0 };

/** The reconciliation as text, a line a source. */
export function accountLines({ stage, manifest, rows }: StageAnalytics): string[] {
  return Object.entries(manifest.sources ?? {}).map(
    ([source, { records, clean, duplicates, quarantined }]) =>
      `${stage.padEnd(5)} ${source.padEnd(15)} ${records} records in = ${clean} clean + ${duplicates} duplicates + ${quarantined} quarantined; ` +
      `Athena finds ${rows[source] ?? 0}`,
  );
}

async function generalLog({ database }: RunningStage): Promise<GeneralLogRow[]> {
  const rows = await database.query(
    "SELECT CAST(UNIX_TIMESTAMP(event_time) * 1000000 AS UNSIGNED) AS micros, user_host, thread_id, command_type, CONVERT(argument USING utf8mb4) AS argument " +
      "FROM mysql.general_log",
  );
  return rows.map(({ micros, user_host, thread_id, command_type, argument }) => ({
    micros: Number(micros),
    userHost: String(user_host),
    thread: Number(thread_id),
    command: String(command_type),
    argument: String(argument),
  }));
}
