import type * as pulumi from "@pulumi/pulumi";
import type { RuleAction } from "./args.ts";
import type { Statement } from "./statements.ts";

/**
 * The order of the rules: what is certain and cheap comes first, what AWS asks a price for comes last, where few requests are left.
 * Limits of size come before anything that allows, so that nothing uninspected passes.
 */
export const PHASES = [
  "origin-secret",
  "address",
  "country",
  "size",
  "allow",
  "anti-ddos",
  "rate",
  "filter",
  "injection",
  "pattern",
  "group",
  "priced",
] as const;

/** A rule's place in the order. */
export type Phase = (typeof PHASES)[number];

/** The answer to a request that a rule blocks. */
export type Answer = "forbidden" | "too-many-requests";

/** The ARNs of IP sets and regex pattern sets, by key. */
export type SetArns = (key: string) => pulumi.Input<string>;

/** A rule before its sets exist. */
export interface RuleDraft {
  /** The rule's name, unique in the web ACL. */
  key: string;
  phase: Phase;
  /** What happens; missing for a rule group, whose rules have actions of their own. */
  action?: RuleAction;
  answer?: Answer;
  /** Seconds after which a blocked client may come again. */
  retryAfterSeconds?: number;
  /** The capacity units of a rule group, which its owner fixed. */
  groupCapacity?: number;
  statement: (arns: SetArns) => Statement;
}

/** An IP set to be made. */
export interface AddressSet {
  key: string;
  version: "IPV4" | "IPV6";
  addresses: pulumi.Input<string>[];
}

/** A regex pattern set to be made. */
export interface PatternSet {
  key: string;
  regularExpressions: string[];
}
