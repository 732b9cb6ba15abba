import type { EmittedRule } from "../src/firewall/rules.ts";
import { firewallSettings } from "../src/firewall/settings.ts";
import type { EdgeFirewallArgs } from "../src/index.ts";

/** A reason long enough for a tag. */
export const REASON = "the load test of May needs it";

/** The rules of a firewall, as they would be emitted, with `arn:<key>` for the ARN of a set. */
export function rulesOf(args: EdgeFirewallArgs): EmittedRule[] {
  return firewallSettings("edge", args).rules((key) => `arn:${key}`);
}

/** The rule of a key. */
export function ruleOf(args: EdgeFirewallArgs, key: string): EmittedRule {
  const rules = rulesOf(args);
  const found = rules.find(({ name }) => name === key);
  if (found === undefined) throw new Error(`no rule ${key} among ${rules.map(({ name }) => name).join(", ")}`);
  return found;
}

/** The sentence of the error that arguments give. */
export function sentenceOf(args: EdgeFirewallArgs): string {
  try {
    firewallSettings("edge", args);
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}
