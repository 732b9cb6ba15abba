import { invalid, isPlainObject, type LoweredFloor, requireReason } from "@palisade/core";
import type { PolicyStoreArgs } from "./args.ts";
import { checkDecisions } from "./decisions.ts";
import { DEFAULTS } from "./defaults.ts";
import { checkPolicies, type Policies } from "./policies.ts";
import { type ApiSchema, schemaOf } from "./schema.ts";

/** The arguments, checked. */
export interface PolicyStoreSettings {
  namespace: string;
  api: ApiSchema;
  policies: Policies;
  deletable: boolean;
  /** Floors that the arguments lower, each with its reason. */
  lowered: LoweredFloor[];
}

/** What each reason lowers. */
const FLOORS = [
  ["allowDeletion", "deletion-protection"],
  ["allowUnaskedResources", "resource-permissions"],
] as const;

const POOL_KEYS = ["userPoolId", "userPoolArn", "clientIds"] as const;

/**
 * Checks every argument before a resource is created, the policies with the Cedar engine.
 *
 * @throws PalisadeError for the first that is not allowed.
 */
export function policyStoreSettings(name: string, args: PolicyStoreArgs): PolicyStoreSettings {
  const namespace = checkedNamespace(name, args.namespace ?? DEFAULTS.namespace);
  checkUserPool(name, args.userPool);
  const lowered = FLOORS.flatMap(([property, floor]) => {
    const reason = args[property];
    return reason === undefined
      ? []
      : [{ floor, reason: requireReason({ component: "PolicyStore", name, property, reason }) }];
  });
  const api = schemaOf(args.apiDocument, { component: "PolicyStore", name, prefix: "apiDocument." }, namespace);
  const policies = checkPolicies(name, args.policies, api);
  checkDecisions(name, policies, api);
  return { namespace, api, policies, deletable: args.allowDeletion !== undefined, lowered };
}

function checkedNamespace(name: string, namespace: unknown): string {
  if (typeof namespace === "string" && /^[A-Z][A-Za-z0-9]{0,59}$/.test(namespace)) return namespace;
  throw invalid({
    component: "PolicyStore",
    name,
    property: "namespace",
    received: namespace,
    allowed: "letters and digits, the first an upper-case letter, at most 60",
    fix: "set namespace as the policies write it, such as Palisade",
  });
}

function checkUserPool(name: string, userPool: unknown): void {
  const missing = POOL_KEYS.filter((key) => (userPool as Record<string, unknown> | undefined)?.[key] === undefined);
  if (missing.length === 0 && typeof userPool === "object") return;
  throw invalid({
    component: "PolicyStore",
    name,
    property: "userPool",
    receivedText: isPlainObject(userPool) ? `without ${missing.join(", ")}` : "no user pool",
    allowed: `a UserPool, or { ${POOL_KEYS.join(", ")} }`,
    fix: "pass the UserPool whose tokens the API takes",
  });
}
