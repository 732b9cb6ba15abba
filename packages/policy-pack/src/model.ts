import type { Reader } from "./reader.ts";
import type { Stack } from "./stack.ts";

export type Severity = "low" | "medium" | "high" | "critical";

/** What a finding does: `mandatory` fails the preview, `advisory` is printed, `disabled` is not looked for. */
export type Level = "advisory" | "mandatory" | "disabled";

/** Where a rule comes from: a control of a standard, or the section of the paper that names the weakness. */
export interface Reference {
  framework: "FSBP" | "CIS AWS 5.0.0" | "OWASP API 2023" | "OWASP Serverless 2018" | "paper" | "AWS";
  /** The control's id, or the section. */
  id: string;
}

/** One resource, as a program registers it. */
export interface PolicyResource {
  /** Type token, `aws:lambda/function:Function`. */
  type: string;
  /** The logical name. */
  name: string;
  urn: string;
  /** The inputs; `UNKNOWN` in the place of what only AWS can tell. */
  props: Record<string, unknown>;
  /** The id, where it is known. */
  id?: string;
  /** Names of properties to the URNs of the resources that they come from. */
  dependencies?: Record<string, readonly string[]>;
}

/** What a rule looks at. */
export interface Subject {
  resource: PolicyResource;
  props: Reader;
  /** The stack that the resource is in. Only a rule with `stack: true` may read it. */
  stack: Stack;
}

/** What a violation is about, where a rule finds several in one resource. */
export interface ViolationDetails {
  /** What exactly: the operation, the statement, the port. A suppression names it. Default: empty. */
  key?: string;
  /** The floor, or a pattern of floors, whose tag `palisade:lowered:<floor>` on `tagged` (default: the resource) says that this is on purpose. */
  floor?: string | RegExp;
  tagged?: PolicyResource | undefined;
}

/** What a rule says about a resource; nothing said is a pass. */
export interface Verdicts {
  violation(message: string, details?: ViolationDetails): void;
  /** @param reason Why the rule could not look, in words. */
  notEvaluated(reason: string): void;
  notApplicable(reason: string): void;
  /** Looks at each item by itself: one that is not known does not hide what is wrong with another. */
  each<T>(items: readonly T[], look: (item: T) => void): void;
}

/** One rule. The file's name is its id. */
export interface Rule {
  /** Its id, kebab-case. */
  name: string;
  /** One sentence: X must Y. */
  description: string;
  severity: Severity;
  references: readonly Reference[];
  /** What to change. */
  remediation: string;
  /** The page that says why. */
  url: string;
  /** Type tokens of the resources that it looks at. */
  appliesTo: readonly string[];
  /** Whether it reads other resources of the stack. Default: false. */
  stack?: boolean;
  check(subject: Subject, verdicts: Verdicts): void;
}
