import { invalid } from "@palisade/core";
import { cedar } from "./cedar.ts";
import { API_ID, TYPES, USER_POOL } from "./defaults.ts";
import { groupsOf, type Policies } from "./policies.ts";
import type { ApiSchema, DecidedOperation } from "./schema.ts";

/** One answer of the policies. */
export interface Decision {
  allowed: boolean;
  /** The files of the policies that decided. */
  files: string[];
}

/**
 * Holds the document and the policies against each other, with the engine: who may call an operation is said in both, and an operation
 * about which neither says anything has been forgotten.
 *
 * @throws PalisadeError for the first operation without a decision, or on which the two differ
 */
export function checkDecisions(name: string, policies: Policies, api: ApiSchema): void {
  const [namespace = ""] = Object.keys(api.schema);
  const decide = decider(policies, namespace);
  const declared = api.operations.flatMap(({ groups }) => groups);
  const groups = [...new Set([...declared, ...groupsOf(policies, `${namespace}::${TYPES.role}`)])];
  for (const operation of api.operations) {
    for (const group of [undefined, ...groups]) {
      const { allowed, files } = decide(operation.operationId, group);
      if (allowed === (group !== undefined && operation.groups.includes(group))) continue;
      throw allowed ? tooMuch(name, operation, group, files) : tooLittle(name, operation, String(group));
    }
    if (operation.groups.length === 0 && operation.nobodyReason === undefined) throw undecided(name, operation);
  }
}

/** Decides whether a member of one group alone may call an operation; without a group, whether anybody may. */
export function decider(
  policies: Policies,
  namespace: string,
): (operationId: string, group: string | undefined) => Decision {
  const engine = cedar();
  const principal = { type: `${namespace}::${TYPES.user}`, id: `${USER_POOL}|anybody` };
  return (operationId, group) => {
    const role = { type: `${namespace}::${TYPES.role}`, id: `${USER_POOL}|${group}` };
    const answer = engine.isAuthorized({
      principal,
      action: { type: `${namespace}::Action`, id: operationId },
      resource: { type: `${namespace}::${TYPES.api}`, id: API_ID },
      context: {},
      policies: { staticPolicies: { ...policies } },
      entities: [{ uid: principal, attrs: {}, parents: group === undefined ? [] : [role] }],
    });
    if (answer.type === "failure") return { allowed: false, files: [] };
    const { decision, diagnostics } = answer.response;
    return { allowed: decision === "allow", files: diagnostics.reason };
  };
}

function tooMuch(name: string, operation: DecidedOperation, group: string | undefined, files: readonly string[]) {
  const who = group === undefined ? "callers of no group" : `the group ${JSON.stringify(group)}`;
  return invalid({
    component: "PolicyStore",
    name,
    property: `policies[${files.map((file) => JSON.stringify(file)).join("], policies[")}]`,
    receivedText: `letting ${who} call ${operation.operationId}`,
    allowed: `what apiDocument.${operation.place}.x-palisade-groups says: ${operation.groups.join(", ") || "nobody"}`,
    fix: "take it out of the policy, or name the group in the document",
  });
}

function tooLittle(name: string, operation: DecidedOperation, group: string) {
  return invalid({
    component: "PolicyStore",
    name,
    property: `apiDocument.${operation.place}.x-palisade-groups`,
    receivedText: `naming ${JSON.stringify(group)}, which no policy lets call ${operation.operationId}`,
    allowed: "groups that a policy permits the operation on the API",
    fix: `permit ${operation.operationId} to the group in a policy, or take it out of the document`,
  });
}

function undecided(name: string, operation: DecidedOperation) {
  return invalid({
    component: "PolicyStore",
    name,
    property: `apiDocument.${operation.place}`,
    receivedText: "without a decision: no policy permits it, and nothing says that nobody may call it",
    allowed: "groups that may call it, or a written reason x-palisade-nobody",
    fix: `name the groups of ${operation.operationId} and permit it to them, or say why nobody may call it`,
  });
}
