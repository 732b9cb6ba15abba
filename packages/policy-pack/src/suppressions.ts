/** Accepts one finding for a while. There is no way to switch a whole rule off for one stack and say nothing. */
export interface Suppression {
  /** The rule's id. */
  rule: string;
  /** The resource's logical name. */
  resource: string;
  /** The finding's key, where the rule finds several in one resource. Default: the finding without a key. */
  key?: string;
  /** Why it is acceptable; at least ten characters. */
  reason: string;
  /** The last day on which it counts, `YYYY-MM-DD` in UTC. */
  expires: string;
}

/**
 * Checks the suppressions before anything is evaluated.
 *
 * @throws Error that names the suppression, what was received and what is allowed.
 */
export function checkSuppressions(suppressions: readonly Suppression[], ruleNames: ReadonlySet<string>): void {
  for (const { rule, resource, reason, expires } of suppressions) {
    const at = `suppression of ${rule} on ${resource}`;
    if (!ruleNames.has(rule)) throw new Error(`${at}: there is no rule "${rule}"; the rules are listed in RULES.md`);
    if (reason.trim().length < 10) {
      throw new Error(
        `${at}: received the reason "${reason}"; allowed: at least ten characters that say why it is acceptable`,
      );
    }
    const day = new Date(`${expires}T00:00:00Z`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || Number.isNaN(day.getTime())) {
      throw new Error(`${at}: received the expiry "${expires}"; allowed: a day as YYYY-MM-DD, for example 2027-01-31`);
    }
  }
}

/** Whether a suppression still counts: to the end of its last day, in UTC. */
export function counts({ expires }: Suppression, now: Date): boolean {
  return now.toISOString().slice(0, 10) <= expires;
}
