export type { Attack, AttackContext, Outcome, TwinOutcome } from "./attack.ts";
export { ATTACKS } from "./attacks/index.ts";
export { DEFENCES, type Defence, type DefenceId, type Layer } from "./defences.ts";
export type {
  AttackResult,
  JsonFile,
  LabResult,
  ReportExchange,
  StageResult,
  TwinResult,
} from "./report/json.ts";
export type { Verdict } from "./verdict.ts";
