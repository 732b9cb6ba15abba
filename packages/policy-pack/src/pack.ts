import type { Policies, PolicyResource as PulumiResource, ResourceValidationArgs } from "@pulumi/policy";
// Not part of Pulumi's documented surface, hence without types: the error by which its server tells that a rule could not run.
import * as pulumiProxy from "@pulumi/policy/proxy.js";
import { looksAt, runRule } from "./evaluate.ts";
import type { Level, PolicyResource, Rule } from "./model.ts";
import { CONFIG_SCHEMA, type ConfiguredSuppression, PackSuppressions } from "./pack-suppressions.ts";
import { snapshot } from "./snapshot.ts";
import { Stack } from "./stack.ts";

interface PulumiProxy {
  UnknownValueError: new (sentinel: string, path: string[]) => Error;
  unknownStringValue: string;
}
const { UnknownValueError, unknownStringValue } = pulumiProxy as unknown as PulumiProxy;

/**
 * Rules as policies of Pulumi's: those that look at one resource run as it is registered, those that look at the stack at the end.
 *
 * What a rule could not look at is told as Pulumi tells of unknown values: an advisory "can't run policy", beside the rule's other
 * violations, which never fails a preview and never is a pass. `up` runs the rule again, with the values.
 */
export function policiesOf(
  rules: readonly Rule[],
  levels: Readonly<Record<string, Level>>,
  suppressions = new PackSuppressions(),
): Policies {
  const policies: Policies = rules.map((rule) => {
    const { name, description, severity, remediation, url, references } = rule;
    const [first] = references;
    const common = {
      name,
      description,
      severity,
      url,
      enforcementLevel: levels[name] ?? ("mandatory" as const),
      remediationSteps: remediation,
      configSchema: CONFIG_SCHEMA,
      tags: references.map(({ framework, id }) => `${framework}: ${id}`),
      ...(first === undefined
        ? {}
        : { framework: { name: first.framework, version: "", reference: first.id, specification: description } }),
    };
    if (rule.stack === true) {
      return {
        ...common,
        validateStack: (args, report) => {
          const { resources } = args;
          const config = configOf(args);
          const all = resources.map(fromStack);
          const stack = new Stack(all);
          const reasons = all
            .filter((each) => looksAt(rule, each))
            .flatMap((resource) => {
              const { violations, notEvaluated } = runRule(rule, resource, stack);
              for (const message of suppressions.remaining(name, resource.name, violations, config)) {
                report(message, resource.urn);
              }
              return notEvaluated.map((reason) => `${resource.name}: ${reason}`);
            });
          throwNotEvaluated(reasons);
        },
      };
    }
    return {
      ...common,
      validateResource: (args, report) => {
        const resource = fromArgs(args);
        if (!looksAt(rule, resource)) args.notApplicable(`the rule looks at ${rule.appliesTo.join(", ")}`);
        const { violations, notEvaluated, notApplicable } = runRule(rule, resource);
        const remaining = suppressions.remaining(name, resource.name, violations, configOf(args));
        for (const message of remaining) report(message);
        throwNotEvaluated(notEvaluated.map((reason) => `${resource.name}: ${reason}`));
        const [reason] = notApplicable;
        if (reason !== undefined && violations.length === 0) args.notApplicable(reason);
      },
    };
  });
  return [...policies, suppressions.unusedPolicy()];
}

/** A rule without a configuration has none; Pulumi then hands over an empty one. */
function configOf(args: {
  getConfig?<T extends object>(): T;
}): { suppressions?: readonly ConfiguredSuppression[] } | undefined {
  return args.getConfig?.<{ suppressions?: readonly ConfiguredSuppression[] }>();
}

function throwNotEvaluated(reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  const message = `not evaluated: ${reasons.join("; ")}`;
  throw Object.assign(new UnknownValueError(unknownStringValue, []), { message });
}

function fromArgs({ type, name, urn, props }: ResourceValidationArgs): PolicyResource {
  return { type, name, urn, props: snapshot(props) as Record<string, unknown> };
}

function fromStack({ type, name, urn, props, propertyDependencies }: PulumiResource): PolicyResource {
  const known = snapshot(props) as Record<string, unknown>;
  const dependencies = Object.entries(propertyDependencies).map(([key, all]) => [key, all.map((each) => each.urn)]);
  const id = typeof known.id === "string" ? { id: known.id } : {};
  return { type, name, urn, props: known, dependencies: Object.fromEntries(dependencies), ...id };
}
