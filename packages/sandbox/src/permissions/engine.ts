import { randomUUID } from "node:crypto";
import type { Context, EntityJson, SchemaJson } from "@cedar-policy/cedar-wasm/nodejs";
import cedar from "@cedar-policy/cedar-wasm/nodejs";
import { validation } from "./errors.ts";

/** A question as the Cedar engine takes it. */
export interface Question {
  principal: { type: string; id: string };
  action: { type: string; id: string };
  resource: { type: string; id: string };
  context: Context;
  entities: EntityJson[];
}

/** The engine's answer. */
export interface Answer {
  allowed: boolean;
  /** Ids of the policies that decided. */
  policyIds: string[];
  /** What went wrong in policies that could not be evaluated, and were left out. */
  errors: string[];
}

/**
 * Parses policies and schema once; each question is then decided without parsing either again.
 *
 * @param schema Also each question and its entities are held against it. Default: none is.
 * @throws ApiError when the engine does not take them
 */
export function prepare(
  policies: Readonly<Record<string, string>>,
  schema?: SchemaJson<string>,
): (question: Question) => Answer {
  const id = randomUUID();
  const parsed = cedar.preparsePolicySet(id, { staticPolicies: { ...policies } });
  if (parsed.type === "failure") throw validation(parsed.errors.map(({ message }) => message).join("; "));
  if (schema !== undefined) {
    const read = cedar.preparseSchema(id, schema);
    if (read.type === "failure") throw validation(read.errors.map(({ message }) => message).join("; "));
  }
  const checked = schema === undefined ? {} : { preparsedSchemaName: id, validateRequest: true };
  return (question) => {
    const answer = cedar.statefulIsAuthorized({ ...question, ...checked, preparsedPolicySetId: id });
    if (answer.type === "failure") throw validation(answer.errors.map(({ message }) => message).join("; "));
    const { decision, diagnostics } = answer.response;
    return {
      allowed: decision === "allow",
      policyIds: diagnostics.reason,
      errors: diagnostics.errors.map(({ error }) => error.message),
    };
  };
}

/**
 * Checks a policy as a store with the validation mode STRICT does.
 *
 * @throws ApiError when it is no policy, or does not fit the schema
 */
export function checkPolicy(statement: string, schema: SchemaJson<string> | undefined): void {
  const path = "definition.static.statement";
  const parts = cedar.policySetTextToParts(statement);
  if (parts.type === "failure") throw validation(parts.errors.map(({ message }) => message).join("; "), path);
  if (parts.policies.length !== 1 || parts.policy_templates.length > 0) {
    throw validation("a static policy must have exactly one policy statement", path);
  }
  if (schema === undefined) throw validation("a policy store in STRICT mode needs a schema before its policies", path);
  const answer = cedar.validate({ schema, policies: { staticPolicies: { policy: statement } } });
  const errors = answer.type === "failure" ? answer.errors : answer.validationErrors.map(({ error }) => error);
  if (errors.length > 0) throw validation(errors.map(({ message }) => message).join("; "), path);
}

/** Reads a schema in Cedar's JSON form. */
export function readSchema(text: string): SchemaJson<string> {
  let schema: SchemaJson<string>;
  try {
    schema = JSON.parse(text) as SchemaJson<string>;
  } catch {
    throw validation("the schema is not JSON", "definition.cedarJson");
  }
  const answer = cedar.checkParseSchema(schema);
  if (answer.type === "failure") {
    throw validation(answer.errors.map(({ message }) => message).join("; "), "definition.cedarJson");
  }
  return schema;
}
