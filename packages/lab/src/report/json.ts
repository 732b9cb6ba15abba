import type { DefenceId, Layer } from "../defences.ts";
import type { DetectionResult } from "../detection.ts";
import type { LogEntry } from "../records.ts";
import type { Trace } from "../traces.ts";
import type { Verdict } from "../verdict.ts";

/** A request and its answer as the report shows them: cut to a readable length, tokens and passwords masked. */
export interface ReportExchange {
  readonly purpose: "setup" | "attack" | "proof" | "twin";
  readonly via: "http" | "browser" | "aws";
  readonly client: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: string };
  /** Milliseconds from the request to the end of its answer. */
  readonly ms: number;
  /** Directives of the content security policy that the browser enforced. */
  readonly violations: readonly string[];
}

/** One attack on one stage. */
export interface AttackResult {
  readonly id: string;
  readonly title: string;
  readonly owasp: readonly string[];
  readonly paper: string;
  readonly verdict: Verdict;
  /** The defences that the attack's author names, outermost first. */
  readonly defences: readonly DefenceId[];
  /** What its stage does in the place of reading what the attack carries, where its author says that nothing of prod reads it. */
  readonly unread?: string;
  /** Which layer stopped it, as read from the run's records; `none` where nothing did. */
  readonly layer: Layer | "none";
  /** Which defence of the layer stopped it, where the record says so. */
  readonly defence?: DefenceId;
  /** One sentence. */
  readonly evidence: string;
  readonly exchanges: readonly ReportExchange[];
  /** The records that speak of the attack, oldest first, each cut to a readable length. */
  readonly records: readonly LogEntry[];
  /** What the attack left where an operator would look; empty is no trace. Absent where nobody looked. */
  readonly traces?: readonly Trace[];
  readonly ms: number;
}

/** The legitimate twin of an attack, by the attack's id. */
export interface TwinResult {
  readonly id: string;
  readonly ok: boolean;
  readonly evidence: string;
  readonly exchanges: readonly ReportExchange[];
}

/** One stage. */
export interface StageResult {
  readonly stage: string;
  /** Milliseconds from the first resource to the last. */
  readonly provisionMs: number;
  /** Milliseconds of all attacks and twins. */
  readonly attackMs: number;
  readonly resources: { readonly emulated: number; readonly declared: number };
  /** Types of the resources that are declared and not emulated, sorted. */
  readonly declaredTypes: readonly string[];
  readonly attacks: readonly AttackResult[];
  readonly legitimate: readonly TwinResult[];
  /** What came of a function's call to a listed address; absent where it was not tried. */
  readonly detection?: DetectionResult;
}

/** What a run of the lab found: the data of the table, of the JSON file and of the HTML report. */
export interface LabResult {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly ms: number;
  readonly stages: readonly StageResult[];
}

/** The file that `--json` writes; `.ci/readme-table.ts` and CI read it. `defences` and `defence` are finer than `layers`. */
export interface JsonFile {
  readonly stages: readonly {
    readonly stage: string;
    readonly provisionMs: number;
    readonly resources: { readonly emulated: number; readonly declared: number };
    readonly attacks: readonly {
      readonly id: string;
      readonly title: string;
      readonly owasp: readonly string[];
      readonly paper: string;
      readonly verdict: Verdict;
      readonly layers: readonly Layer[];
      readonly layer: Layer | "none";
      readonly defences: readonly DefenceId[];
      readonly defence?: DefenceId;
      readonly evidence: string;
      /** Empty is no trace; absent where nobody looked. */
      readonly traces?: readonly Trace[];
    }[];
    readonly legitimate: readonly { readonly id: string; readonly ok: boolean; readonly evidence: string }[];
    readonly detection?: DetectionResult;
  }[];
}
