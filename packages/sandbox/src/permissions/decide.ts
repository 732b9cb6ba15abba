import type { CedarValueJson, SchemaJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { Answer, Question } from "./engine.ts";
import { validation } from "./errors.ts";
import type { IdentitySource, TokenPrincipal } from "./token.ts";
import {
  type ContextDefinition,
  cedarContext,
  cedarEntities,
  type EntitiesDefinition,
  type EntityIdentifier,
  typeOf,
  uidOf,
} from "./values.ts";

/** One request for a decision, in the API's shape. */
export interface DecisionRequest {
  principal?: EntityIdentifier;
  action?: { actionType: string; actionId: string };
  resource?: EntityIdentifier;
  context?: ContextDefinition;
}

/** An answer in the API's shape. */
export function decisionOf({ allowed, policyIds, errors }: Answer) {
  return {
    decision: allowed ? "ALLOW" : "DENY",
    determiningPolicies: policyIds.map((policyId) => ({ policyId })),
    errors: errors.map((errorDescription) => ({ errorDescription })),
  };
}

/** A question that names its principal, whom nobody has checked. */
export function cedarQuestion(request: DecisionRequest, entities: EntitiesDefinition | undefined): Question {
  return {
    principal: uidOf(request.principal, "principal"),
    action: actionOf(request),
    resource: uidOf(request.resource, "resource"),
    context: cedarContext(request.context),
    entities: cedarEntities(entities),
  };
}

/**
 * Questions whose principal is the token's. The entities may not hold users or groups: what is known of them is the token's to say (API
 * reference, IsAuthorizedWithToken, `entities`).
 */
export function tokenQuestion(
  { principal, parents, claims }: TokenPrincipal,
  source: IdentitySource,
  schema: SchemaJson<string> | undefined,
  entities: EntitiesDefinition | undefined,
): { principal: EntityIdentifier; question(request: DecisionRequest): Question } {
  const others = cedarEntities(entities);
  for (const { uid } of others) {
    const type = typeOf(uid);
    if (type !== source.principalEntityType && type !== source.groupEntityType) continue;
    throw validation(`must not hold an entity of the type ${type}, which the identity source says`, "entities");
  }
  const user = { uid: principal, attrs: {}, parents };
  return {
    principal: { entityType: principal.type, entityId: principal.id },
    question: (request) => {
      const action = actionOf(request);
      const token = tokenContext(claims, schema, action.id);
      return {
        principal,
        action,
        resource: uidOf(request.resource, "resource"),
        context: { ...cedarContext(request.context), ...(token && { token }) },
        entities: [user, ...others],
      };
    },
  };
}

function actionOf({ action }: DecisionRequest): { type: string; id: string } {
  if (typeof action?.actionType === "string" && typeof action.actionId === "string") {
    return { type: action.actionType, id: action.actionId };
  }
  throw validation("must have an actionType and an actionId", "action");
}

/** An access token's claims are `context.token`, those that the schema has (user guide, "Mapping access tokens"). */
function tokenContext(
  claims: Record<string, unknown>,
  schema: SchemaJson<string> | undefined,
  actionId: string,
): Record<string, CedarValueJson> | undefined {
  const action = Object.values(schema ?? {}).find(({ actions }) => Object.hasOwn(actions, actionId))?.actions[actionId];
  const context = action?.appliesTo?.context as { attributes?: Record<string, { attributes?: object }> } | undefined;
  const declared = Object.keys(context?.attributes?.token?.attributes ?? {});
  if (declared.length === 0) return undefined;
  const read = (name: string) =>
    name === "scope" ? String(claims.scope).split(" ") : (claims[name] as CedarValueJson);
  return Object.fromEntries(declared.filter((name) => claims[name] !== undefined).map((name) => [name, read(name)]));
}
