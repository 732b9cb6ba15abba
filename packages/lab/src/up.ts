import { randomBytes } from "node:crypto";
import type { Closers } from "./closers.ts";
import { startControl } from "./control.ts";
import { LabError } from "./errors.ts";
import { attackWithProgress, chosenAttacks, detects, type OnProgress } from "./lab.ts";
import { refreshPeople } from "./people.ts";
import { type StageSession, startStage } from "./session.ts";
import type { StageName } from "./stage.ts";
import { findState, removeState, writeState } from "./state.ts";
import { LAB_DIRECTORY, startTools } from "./tools.ts";

/** What `pnpm lab up STAGE --json FILE` writes. */
export interface UpFile {
  readonly stage: string;
  /** The gateway behind the firewall. */
  readonly baseUrl: string;
  /** What a client on the internet would call. */
  readonly edgeUrl: string;
  readonly emulatorUrl: string;
  readonly users: readonly {
    readonly name: string;
    /** Null for an administrator, who belongs to no company. */
    readonly company: string | null;
    readonly groups: readonly string[];
    readonly accessToken: string;
    readonly idToken: string;
  }[];
  /** Null where the stage has no API keys. */
  readonly apiKey: string | null;
}

/** Leaves a stage running and lets `pnpm lab attack` attack it, until the closers are closed. */
export async function up(name: StageName, closers: Closers, onProgress: OnProgress): Promise<StageSession> {
  const other = await findState(LAB_DIRECTORY, name);
  if (other)
    throw new LabError(`lab: ${name} is already running, in process ${other.pid}; end that one with Ctrl-C first.`);
  const session = await startStage(name, closers, onProgress);
  const tools = await startTools(closers);
  const control = await startControl(randomBytes(16).toString("hex"), async (only, tell) => {
    // The tokens of the start have expired after a while, and the gateway has cached what it thinks of them.
    const people = await refreshPeople(session.stage, session.people);
    return await attackWithProgress(session.stage, tools, people, chosenAttacks(only), tell, detects(only));
  });
  closers.add(() => control.close());
  await writeState(LAB_DIRECTORY, { stage: name, pid: process.pid, url: control.url, token: control.token });
  closers.add(() => removeState(LAB_DIRECTORY, name));
  return session;
}

/** The URLs, users and tokens of a running stage. */
export function upFile({ stage, people }: StageSession): UpFile {
  return {
    stage: stage.stage,
    baseUrl: stage.baseUrl,
    edgeUrl: stage.edgeUrl,
    emulatorUrl: stage.emulatorUrl,
    users: Object.values(people.users).map(({ name, companyId, groups, accessToken, idToken }) => ({
      name,
      company: companyId ?? null,
      groups,
      accessToken,
      idToken,
    })),
    apiKey: stage.outputs.apiKey ?? null,
  };
}

/** The same for the person at the terminal. */
export function upText({ stage, edgeUrl, baseUrl, emulatorUrl, users, apiKey }: UpFile): string {
  return [
    `${stage} is running; Ctrl-C ends it. Attack it from another terminal: pnpm lab attack --stage ${stage}`,
    `  edge      ${edgeUrl}   (what a client on the internet calls)`,
    `  gateway   ${baseUrl}`,
    `  emulator  ${emulatorUrl}`,
    ...(apiKey === null ? [] : [`  API key   ${apiKey}`]),
    ...users.flatMap(({ name, company, groups, accessToken, idToken }) => [
      `  ${name}, ${company ?? "no company"}, groups ${groups.join(" ")}`,
      `    access token  ${accessToken}`,
      `    ID token      ${idToken}`,
    ]),
  ].join("\n");
}
