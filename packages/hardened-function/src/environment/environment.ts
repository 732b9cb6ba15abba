import { Buffer } from "node:buffer";
import { invalid, isDeeplyPlain, type LoweredFloor, requireReason, validatedInput } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import type { HardenedFunctionArgs } from "../args.ts";
import { LIMITS } from "../defaults.ts";
import { type Finding, findSecret, isReference } from "./detect.ts";
import { RESERVED_NAMES } from "./rules.ts";

const COMPONENT = "HardenedFunction";
const FIX =
  "give the ARN of a Secrets Manager secret or of a Parameter Store parameter and read it in the function, " +
  "or, if it is no secret, say why in plainEnvironmentReasons";

/** The variables as Lambda receives them, gated on every check, and the floors that the caller lowered. */
export interface CheckedEnvironment {
  /** Undefined when there are none: Lambda answers no environment then, and an empty one would be a difference for ever. */
  variables: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  lowered: LoweredFloor[];
}

/**
 * Refuses secrets in the environment: whoever may read a function's configuration reads its environment.
 * Plain values are checked at once, Outputs before the function receives them.
 *
 * @throws PalisadeError for a secret, a reserved or malformed name, or more than 4096 bytes.
 */
export function checkEnvironment(name: string, args: HardenedFunctionArgs): CheckedEnvironment {
  const given = args.environment ?? {};
  const reasons = args.plainEnvironmentReasons ?? {};
  const lowered = Object.entries(reasons).map(([key, reason]) => loweredFloor(name, key, reason, given));
  const checked = Object.entries(given).map(([key, value]): [string, pulumi.Input<string>] => {
    checkName(name, key);
    return [key, checkValue(name, key, value, Object.hasOwn(reasons, key))];
  });
  if (checked.length === 0) return { variables: undefined, lowered };
  const variables = validatedInput<Record<string, pulumi.Input<string>>>(Object.fromEntries(checked), (resolved) =>
    checkSize(name, resolved),
  );
  return { variables, lowered };
}

function loweredFloor(name: string, key: string, reason: string, given: Record<string, unknown>): LoweredFloor {
  const property = `plainEnvironmentReasons.${key}`;
  if (!Object.hasOwn(given, key)) {
    throw invalid({
      component: COMPONENT,
      name,
      property,
      receivedText: "a reason for a variable that does not exist",
      allowed: "names of variables in environment",
      fix: "take it out, or correct the name",
    });
  }
  return { floor: `plain-environment-${key}`, reason: requireReason({ component: COMPONENT, name, property, reason }) };
}

function checkName(name: string, key: string): void {
  if (/^[A-Za-z][A-Za-z0-9_]+$/.test(key) && !RESERVED_NAMES.has(key)) return;
  throw invalid({
    component: COMPONENT,
    name,
    property: "environment",
    receivedText: `an object with the name ${JSON.stringify(key)}`,
    allowed: "names of letters, digits and underscores, at least two, that Lambda does not reserve",
    fix: "rename the variable",
  });
}

function checkValue(name: string, key: string, value: pulumi.Input<string>, exempt: boolean): pulumi.Input<string> {
  if (isDeeplyPlain(value)) {
    refuse(name, key, findIn(name, key, value), exempt);
    return value;
  }
  const output = pulumi.output(value);
  return pulumi.all([output, pulumi.isSecret(output)]).apply(([resolved, isSecret]) => {
    const finding = findIn(name, key, resolved);
    const secret: Finding = { rule: "secret-output", looksLike: "a secret Output of Pulumi" };
    refuse(name, key, isSecret && !isReference(resolved) ? secret : finding, exempt);
    return resolved;
  });
}

function findIn(name: string, key: string, value: unknown): Finding | undefined {
  if (typeof value === "string") return findSecret(key, value);
  throw invalid({
    component: COMPONENT,
    name,
    property: `environment.${key}`,
    receivedText: `of type ${typeof value}`,
    allowed: "a string",
    fix: "convert it to a string",
  });
}

function refuse(name: string, key: string, finding: Finding | undefined, exempt: boolean): void {
  if (finding === undefined || exempt) return;
  throw invalid({
    component: COMPONENT,
    name,
    property: `environment.${key}`,
    // The value is never shown: the error may end up in a log.
    receivedText: `what looks like ${finding.looksLike} (rule ${finding.rule})`,
    allowed: "a value that is no secret, or a reference to one",
    fix: FIX,
  });
}

function checkSize(name: string, variables: Record<string, string>): void {
  const bytes = Buffer.byteLength(
    Object.entries(variables)
      .map(([key, value]) => key + value)
      .join(""),
  );
  if (bytes <= LIMITS.environmentBytes) return;
  throw invalid({
    component: COMPONENT,
    name,
    property: "environment",
    receivedText: `${bytes} bytes long`,
    allowed: `at most ${LIMITS.environmentBytes} bytes in all`,
    fix: "put what is long into the bundle or a Parameter Store parameter",
  });
}
