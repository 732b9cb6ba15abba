import type { ProtectedOperation } from "../env.ts";
import { isPreferred, reaches } from "../overlap.ts";

/** One statement of the policy that an authorizer returns. */
export interface PolicyStatement {
  Effect: "Allow" | "Deny";
  Action: "execute-api:Invoke";
  Resource: string[];
}

/**
 * The policy of a caller: every operation that the caller may call, and nothing else. API Gateway caches it for the caller and
 * applies it to the caller's later requests, so that it must not name only the operation of this one.
 *
 * A path parameter becomes `*`, which in a policy stands for slashes too: `GET/orders/*` matches `GET/orders/1/receipt`. An operation
 * that the caller may not call is denied by name where a path of it is matched by an allowed pattern; a Deny goes before every Allow. A
 * denied pattern may then match a path of an allowed operation: the caller is refused, never let in.
 *
 * @param methodArn the ARN of the request's method, of which the API and the stage are taken
 * @param isAllowed whether the caller may call an operation
 */
export function allowList(
  methodArn: string,
  isAllowed: (operation: ProtectedOperation) => boolean,
  operations: readonly ProtectedOperation[],
): PolicyStatement[] {
  const prefix = methodArn.split("/", 2).join("/");
  const allowed = operations.filter((operation) => isAllowed(operation));
  const reached = operations.filter(
    (operation) => !isAllowed(operation) && allowed.some((other) => letsInto(other, operation)),
  );
  const statements: PolicyStatement[] = [
    // A policy without a statement is malformed, to AWS: who may call nothing is denied everything.
    allowed.length > 0 ? statement("Allow", prefix, allowed.map(patternOf)) : statement("Deny", prefix, ["*"]),
  ];
  if (reached.length > 0) statements.push(statement("Deny", prefix, reached.map(patternOf)));
  return statements;
}

function statement(effect: PolicyStatement["Effect"], prefix: string, patterns: readonly string[]): PolicyStatement {
  return { Effect: effect, Action: "execute-api:Invoke", Resource: patterns.map((pattern) => `${prefix}/${pattern}`) };
}

function patternOf({ method, path }: ProtectedOperation): string {
  return method + path.replace(/\{[^}]*\}/g, "*");
}

/** Whether the pattern of an allowed operation would let a caller into another one. */
function letsInto(allowed: ProtectedOperation, other: ProtectedOperation): boolean {
  return reaches(patternOf(allowed), other.method + other.path) && !isPreferred(allowed.path, other.path);
}
