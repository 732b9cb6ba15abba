import * as pulumi from "@pulumi/pulumi";
import { invalid, type PalisadeError } from "./errors.ts";
import { isPlainObject } from "./plain-object.ts";
import type { PolicyStatement } from "./shapes.ts";
import { validatedInput } from "./validated-input.ts";
import { isWildcard } from "./wildcards.ts";

const POLICY_VERSION = "2012-10-17";
const SID_PATTERN = /^[A-Za-z0-9]+$/;
const ACTION_PATTERN = /^[a-z0-9-]+:[A-Za-z0-9*?]+$/;

/** Whose statements they are, so that an error can say so. */
export interface PolicyOwner {
  /** The component's class. */
  component: string;
  /** The component's logical name. */
  name: string;
  /** The path of the property that holds the statements. Default: `statements`. */
  property?: string;
}

/**
 * The JSON of a policy that allows exactly these statements.
 *
 * All that is plain is checked at once; a resource in an Output is checked when it resolves, and the document is gated on it.
 *
 * @throws PalisadeError for an empty list, an action or a resource with a wildcard and no `wildcardReason`, the action `*`
 * (Security Hub's control IAM.1, for which no reason is accepted), an id that IAM would refuse, or a duplicate of one.
 */
export function allowDocument(statements: PolicyStatement[], owner: PolicyOwner): pulumi.Output<string> {
  return document("Allow", statements, owner);
}

/** The JSON of a policy that denies these statements. A wildcard needs no reason here: a wider denial takes nothing away. */
export function denyDocument(statements: PolicyStatement[], owner: PolicyOwner): pulumi.Output<string> {
  return document("Deny", statements, owner);
}

type Effect = "Allow" | "Deny";

function document(effect: Effect, statements: PolicyStatement[], owner: PolicyOwner): pulumi.Output<string> {
  const base = owner.property ?? "statements";
  if (statements.length === 0) {
    throw invalid({
      ...owner,
      property: base,
      received: statements,
      allowed: "at least one statement",
      fix: "name what is needed, or make no policy",
    });
  }
  const seen = new Set<string>();
  const rendered = statements.map((statement, index) => {
    const path = `${base}[${index}]`;
    checkSid(statement, { ...owner, property: `${path}.sid` }, seen);
    return render(effect, statement, { ...owner, property: path });
  });
  return pulumi.jsonStringify({ Version: POLICY_VERSION, Statement: rendered });
}

type Place = Required<PolicyOwner>;

function checkSid({ sid }: PolicyStatement, place: Place, seen: Set<string>): void {
  if (sid === undefined) return;
  if (!SID_PATTERN.test(sid) || seen.has(sid)) {
    throw invalid({
      ...place,
      received: sid,
      allowed: "ASCII letters and digits, once in a policy",
      fix: "rename the statement or leave its sid out",
    });
  }
  seen.add(sid);
}

function render(effect: Effect, statement: PolicyStatement, place: Place): Record<string, unknown> {
  const mayBeWild = effect === "Deny" || (statement.wildcardReason ?? "").trim() !== "";
  requireSome(statement.actions, "action", { ...place, property: `${place.property}.actions` });
  requireSome(statement.resources, "resource", { ...place, property: `${place.property}.resources` });
  statement.actions.forEach((action, index) => {
    checkAction(action, effect, mayBeWild, { ...place, property: `${place.property}.actions[${index}]` });
  });
  const resources = statement.resources.map((resource, index) =>
    validatedInput(resource, (value) =>
      checkResource(value, mayBeWild, { ...place, property: `${place.property}.resources[${index}]` }),
    ),
  );
  checkConditions(statement.conditions, { ...place, property: `${place.property}.conditions` });
  return {
    ...(statement.sid === undefined ? {} : { Sid: statement.sid }),
    Effect: effect,
    Action: statement.actions,
    Resource: resources,
    ...(statement.conditions === undefined ? {} : { Condition: statement.conditions }),
  };
}

function requireSome(list: unknown[], what: string, place: Place): void {
  if (Array.isArray(list) && list.length > 0) return;
  throw invalid({
    ...place,
    received: list,
    allowed: `at least one ${what}`,
    fix: `name the ${what}s that the role needs`,
  });
}

function checkAction(action: string, effect: Effect, mayBeWild: boolean, place: Place): void {
  // FSBP IAM.1: no policy allows `*`. A reason does not lower this floor.
  if (effect === "Allow" && (action === "*" || /^\*:/.test(action))) {
    throw invalid({
      ...place,
      received: action,
      allowed: "actions of one named service",
      fix: "list the actions that the role needs",
    });
  }
  if (action !== "*" && !ACTION_PATTERN.test(action)) {
    throw invalid({
      ...place,
      received: action,
      allowed: "<service>:<Action>",
      fix: 'write it as in "dynamodb:GetItem"',
    });
  }
  if (isWildcard(action) && !mayBeWild) {
    throw wildcardError("action", action, place, "list the actions that the role needs");
  }
}

function checkResource(resource: string, mayBeWild: boolean, place: Place): void {
  if (resource !== "*" && !resource.startsWith("arn:")) {
    throw invalid({
      ...place,
      received: resource,
      allowed: 'an ARN, or "*" with a reason',
      fix: "give the resource's ARN",
    });
  }
  if (isWildcard(resource) && !mayBeWild) {
    throw wildcardError("resource", resource, place, "give the ARN of the resource itself");
  }
}

function wildcardError(what: string, received: string, place: Place, fix: string): PalisadeError {
  return invalid({
    ...place,
    received,
    allowed: `an ${what === "action" ? "action" : "ARN"} without * or ?, unless the statement has a wildcardReason`,
    fix: `${fix}, or say in wildcardReason why it cannot be done`,
  });
}

function checkConditions(conditions: PolicyStatement["conditions"], place: Place): void {
  if (conditions === undefined) return;
  for (const [operator, keys] of Object.entries(conditions)) {
    if (isPlainObject(keys) && Object.keys(keys).length > 0) continue;
    throw invalid({
      ...place,
      property: `${place.property}.${operator}`,
      received: keys,
      allowed: "an object of condition keys and their values",
      fix: 'write it as in { StringEquals: { "aws:SourceAccount": accountId } }',
    });
  }
}
