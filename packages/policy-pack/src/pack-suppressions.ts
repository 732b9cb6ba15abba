import type { PolicyConfigSchema, StackValidationPolicy } from "@pulumi/policy";
import { checkSuppressions, counts, type Suppression } from "./suppressions.ts";

/** A suppression in the configuration of its rule, which is its key there. */
export type ConfiguredSuppression = Omit<Suppression, "rule">;

const text = { type: "string" } as const;

/** What the configuration of every rule may hold, besides its level. */
export const CONFIG_SCHEMA: PolicyConfigSchema = {
  properties: {
    suppressions: {
      type: "array",
      items: {
        type: "object",
        properties: { resource: text, key: text, reason: text, expires: text },
        required: ["resource", "reason", "expires"],
        additionalProperties: false,
      },
    },
  },
};

/** The name of the policy that tells of suppressions which nothing matches. */
export const UNUSED = "suppression-unused";

/** The suppressions of one run of the pack, under Pulumi's CLI: each rule is given its own, and the last policy knows what was of use. */
export class PackSuppressions {
  readonly #given = new Map<string, Suppression>();
  readonly #used = new Set<string>();

  constructor(private readonly now: () => Date = () => new Date()) {}

  /**
   * Leaves out what a suppression of the rule accepts; what an expired one accepted says so.
   *
   * @param config The rule's configuration, as Pulumi hands it over.
   * @throws Error for a suppression that is not allowed.
   */
  remaining(
    rule: string,
    resource: string,
    violations: readonly { message: string; key: string }[],
    config: { suppressions?: readonly ConfiguredSuppression[] } | undefined,
  ): string[] {
    const suppressions = (config?.suppressions ?? []).map((each): Suppression => ({ ...each, rule }));
    checkSuppressions(suppressions, new Set([rule]));
    for (const each of suppressions) this.#given.set(nameOf(each), each);
    return violations.flatMap(({ message, key }) => {
      const found = suppressions.find((each) => each.resource === resource && (each.key ?? "") === key);
      if (found === undefined) return [message];
      this.#used.add(nameOf(found));
      return counts(found, this.now()) ? [] : [`${message} (its suppression has expired on ${found.expires})`];
    });
  }

  /** The last policy: what nothing matches is to be taken out. */
  unusedPolicy(): StackValidationPolicy {
    return {
      name: UNUSED,
      description: "A suppression must accept a finding that is there",
      enforcementLevel: "advisory",
      severity: "low",
      remediationSteps: "Take the suppression out of the pack's configuration",
      validateStack: (_args, report) => {
        for (const [name, { rule, resource }] of this.#given) {
          if (!this.#used.has(name))
            report(`the suppression of ${rule} on ${resource} matches no finding: take it out`);
        }
      },
    };
  }
}

function nameOf({ rule, resource, key = "" }: Suppression): string {
  return [rule, resource, key].join("\n");
}
