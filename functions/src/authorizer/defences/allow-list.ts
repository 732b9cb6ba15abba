import type { ProtectedOperation } from "../env.ts";
import { anyMatcher } from "../pattern.ts";

/** One statement of the policy that an authorizer returns. */
export interface PolicyStatement {
  Effect: "Allow" | "Deny";
  Action: "execute-api:Invoke";
  Resource: string[];
}

/**
 * The policy of a caller: every operation that one of the groups may call, and nothing else. API Gateway caches it for the caller and
 * applies it to the caller's later requests, so that it must not name only the operation of this one.
 *
 * A path parameter becomes `*`, which in a policy stands for slashes too: `GET/orders/*` covers `GET/orders/1/receipt`. Operations
 * that the groups may not call and that an allowed pattern covers are denied by name; a Deny goes before every Allow. The reverse can
 * happen where a denied pattern covers an allowed operation (`GET/orders/*` denied, `GET/orders/1/receipt` allowed): the caller is then
 * refused, never let in.
 *
 * @param methodArn the ARN of the request's method, of which the API and the stage are taken
 */
export function allowList(
  methodArn: string,
  groups: readonly string[],
  operations: readonly ProtectedOperation[],
): PolicyStatement[] {
  const prefix = methodArn.split("/", 2).join("/");
  const isAllowed = (operation: ProtectedOperation) => operation.groups.some((group) => groups.includes(group));
  const allowed = operations.filter(isAllowed).map(patternOf);
  const covered = operations
    .filter((operation) => !isAllowed(operation))
    .map(patternOf)
    .filter((denied) => allowed.some((pattern) => covers(pattern, denied)));
  const statements: PolicyStatement[] = [
    // A policy without a statement is malformed, to AWS: who may call nothing is denied everything.
    allowed.length > 0 ? statement("Allow", prefix, allowed) : statement("Deny", prefix, ["*"]),
  ];
  if (covered.length > 0) statements.push(statement("Deny", prefix, covered));
  return statements;
}

function statement(effect: PolicyStatement["Effect"], prefix: string, patterns: readonly string[]): PolicyStatement {
  return { Effect: effect, Action: "execute-api:Invoke", Resource: patterns.map((pattern) => `${prefix}/${pattern}`) };
}

function patternOf({ method, path }: ProtectedOperation): string {
  return method + path.replace(/\{[^}]*\}/g, "*");
}

// Whether a pattern matches something that another matches: the other's `*` is tried as the text of a parameter.
function covers(pattern: string, other: string): boolean {
  return anyMatcher([pattern])(other.replaceAll("*", "parameter"));
}
