import { type Recording, type RecordOptions, recordStack } from "@palisade/testing";
import program from "../index.ts";
import type { StageOutputs } from "../outputs.ts";

/** Records the program of a stage, as `pulumi up --stack <stage>` would run it. */
export function recordStage(stage: string, options: RecordOptions = {}): Promise<Recording<StageOutputs>> {
  return recordStack(async () => (await program()) as StageOutputs, { project: "palisade", stack: stage, ...options });
}

/** The statements of a role's inline policies, without those that every function has (logs, traces, network interfaces). */
export function parseStatements(
  policy: unknown,
): { Sid?: string; Effect: string; Action: string[]; Resource: string[] }[] {
  return JSON.parse(String(policy)).Statement;
}
