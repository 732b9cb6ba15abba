/** One violation of the policy. */
export interface Finding {
  /** What violates it: a package with its version, a file or a bundle. */
  subject: string;
  /** What is wrong, what was found, and how it is mended, in one sentence. */
  message: string;
}

/** What came of one rule. */
export interface RuleResult {
  /** The rule's name, in kebab case. */
  rule: string;
  /** How many things were looked at. A rule that looked at nothing has found nothing, and that is no pass. */
  checked: number;
  findings: Finding[];
  /** What it was looked at by, where that is not the same each time. */
  note?: string;
  /** Why the rule could not be checked, e.g. a registry that does not answer. It is then neither held nor violated. */
  notChecked?: string;
}
