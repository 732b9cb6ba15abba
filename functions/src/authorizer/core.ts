import type { ApiEvent } from "../shared/api.ts";
import { describeError, type Logger, type LogRecord } from "../shared/log.ts";
import { DependencyFault } from "../shared/refusal.ts";
import { allowList, type PolicyStatement } from "./defences/allow-list.ts";
import type { TokenVerifier } from "./defences/token.ts";
import type { ProtectedOperation } from "./env.ts";
import { identityOf, type TokenEvent, tokenOf } from "./identity.ts";
import { anyMatcher } from "./pattern.ts";

/** The event of an authorizer of the type REQUEST. */
export interface AuthorizerEvent extends TokenEvent, Pick<ApiEvent, "resource" | "httpMethod"> {
  /** The ARN of the method that was called: `arn:…:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`. */
  methodArn: string;
  requestContext?: { requestId?: string };
}

/** What an authorizer returns. */
export interface AuthorizerResult {
  principalId: string;
  policyDocument: { Version: "2012-10-17"; Statement: PolicyStatement[] };
  context: { userId: string; companyId: string; groups: string };
}

/** A policy, and whether it lets a request pass. */
interface Policy {
  statements: PolicyStatement[];
  lets(methodArn: string): boolean;
}

/** Groups that had a policy made lately. There are few combinations; more than this are forgotten all at once. */
const MAX_POLICIES = 500;

/**
 * The authorizer. It logs what it refuses and nothing of what it lets pass: the functions log that.
 *
 * @returns a function that rejects with the error `Unauthorized`, which API Gateway answers with 401, whatever is wrong
 */
export function createAuthorizer(
  verify: TokenVerifier,
  operations: readonly ProtectedOperation[],
  log: Logger,
): (event: AuthorizerEvent) => Promise<AuthorizerResult> {
  const sources = new Map(operations.map(({ method, path, identityHeader }) => [`${method} ${path}`, identityHeader]));
  const tokenIn = (event: AuthorizerEvent): string => {
    const source = sources.get(`${event.httpMethod} ${event.resource}`);
    const token = source && tokenOf(event, source);
    if (token === undefined) throw new Error("the operation's identity source holds no token, or two");
    return token;
  };
  const policies = new Map<string, Policy>();
  const policyFor = (methodArn: string, groups: readonly string[]): Policy => {
    const stage = methodArn.split("/", 2).join("/");
    // No group's name has a comma (identity.ts), and no ARN a line break.
    const key = `${stage}\n${groups.join(",")}`;
    let policy = policies.get(key);
    if (policy === undefined) {
      if (policies.size >= MAX_POLICIES) policies.clear();
      const statements = allowList(methodArn, groups, operations);
      policy = { statements, lets: matcherOf(statements) };
      policies.set(key, policy);
    }
    return policy;
  };

  return async (event) => {
    const requestId = event.requestContext?.requestId ?? "";
    try {
      const { userId, companyId, groups } = identityOf(await verify(tokenIn(event)));
      const policy = policyFor(event.methodArn, groups);
      if (!policy.lets(event.methodArn)) {
        log({ level: "WARN", event: "denied", layer: "authorizer", defence: "allow-list", requestId, status: 403 });
      }
      return {
        principalId: userId,
        policyDocument: { Version: "2012-10-17", Statement: policy.statements },
        context: { userId, companyId, groups: groups.join(",") },
      };
    } catch (error) {
      log(recordOf(error, requestId));
      // API Gateway turns exactly this text into 401; any other would become 500.
      throw new Error("Unauthorized");
    }
  };
}

// Who cannot be told apart is refused as well, but is no attack: somebody has to look at what does not answer.
function recordOf(error: unknown, requestId: string): LogRecord {
  if (!(error instanceof DependencyFault)) {
    return { level: "WARN", event: "denied", layer: "authorizer", defence: "token", requestId, status: 401 };
  }
  const { dependency, cause } = error;
  const described = describeError(cause);
  return { level: "ERROR", event: "failed", layer: "authorizer", dependency, requestId, status: 401, ...described };
}

// Reads a policy as API Gateway does: a Deny goes before every Allow, and `*` stands for any text.
function matcherOf(statements: readonly PolicyStatement[]): Policy["lets"] {
  const matching = (effect: PolicyStatement["Effect"]) =>
    anyMatcher(statements.filter(({ Effect }) => Effect === effect).flatMap(({ Resource }) => Resource));
  const isDenied = matching("Deny");
  const isAllowed = matching("Allow");
  return (methodArn) => isAllowed(methodArn) && !isDenied(methodArn);
}
