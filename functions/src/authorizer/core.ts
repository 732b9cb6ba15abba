import type { ApiEvent } from "../shared/api.ts";
import { within } from "../shared/invocation.ts";
import { describeError, type Logger, type LogRecord } from "../shared/log.ts";
import type { Permissions } from "../shared/permissions.ts";
import { DependencyFault, Refusal } from "../shared/refusal.ts";
import { type Clock, checkClock } from "./clock.ts";
import type { DecisionCache } from "./decision-cache.ts";
import { allowList, type PolicyStatement } from "./defences/allow-list.ts";
import { type TokenEvent, tokenOf } from "./defences/identity-source.ts";
import type { ApiCheck } from "./defences/known-api.ts";
import type { RevocationCheck } from "./defences/revocation.ts";
import type { TokenVerifier } from "./defences/token.ts";
import type { ProtectedOperation } from "./env.ts";
import { type Identity, identityOf } from "./identity.ts";
import { anyMatcher } from "./pattern.ts";

/** The event of an authorizer of the type REQUEST, or of the type TOKEN, which has neither headers nor the operation. */
export interface AuthorizerEvent extends TokenEvent, Partial<Pick<ApiEvent, "resource" | "httpMethod">> {
  /** The ARN of the method that was called: `arn:…:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`. */
  methodArn: string;
  requestContext?: { requestId?: string; requestTimeEpoch?: number };
}

/** What of Lambda's context object is used. */
export interface AuthorizerContext {
  invokedFunctionArn?: string;
}

/** What an authorizer returns. */
export interface AuthorizerResult {
  principalId: string;
  policyDocument: { Version: "2012-10-17"; Statement: PolicyStatement[] };
  context: { userId: string; companyId: string; groups: string };
}

/** Who calls, and which operations that is good for. */
export interface Decision extends Identity {
  /** The ids of the operations, in the order of the document. */
  allowed: readonly string[];
}

/** What the authorizer works on. */
export interface AuthorizerEdges {
  operations: readonly ProtectedOperation[];
  checkApi: ApiCheck;
  verify: TokenVerifier;
  checkRevocation: RevocationCheck;
  /** Where policies decide. By default the groups of the operations do. */
  permissions?: Permissions | undefined;
  decisions: DecisionCache<Decision>;
  /** Operations whose decisions are not kept, and which make the one that is be forgotten. */
  unkeptOperations?: readonly string[];
  /** Seconds that API Gateway keeps an answer. By default none. */
  resultTtlSeconds?: number;
  clock: Clock;
  log: Logger;
}

/** A policy, and whether it lets a request pass. */
interface Policy {
  statements: PolicyStatement[];
  lets(methodArn: string): boolean;
}

/** Allow-lists that had a policy made lately. There are few; more than this are forgotten all at once. */
const MAX_POLICIES = 500;
/** A refusal is due within two seconds, whatever does not answer. */
const DECISION_MILLISECONDS = 1800;

/**
 * The authorizer. It logs what it refuses and nothing of what it lets pass: the functions log that.
 *
 * @returns a function that rejects with the error `Unauthorized`, which API Gateway answers with 401, whatever is wrong
 */
export function createAuthorizer(
  edges: AuthorizerEdges,
): (event: AuthorizerEvent, context?: AuthorizerContext) => Promise<AuthorizerResult> {
  const { operations, decisions, unkeptOperations = [], resultTtlSeconds = 0, clock, log } = edges;
  const byRoute = new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation]));
  const policyFor = policies(operations);

  const decide = async (token: string): Promise<Decision> => {
    const started = clock.elapsed();
    const claims = await edges.verify(token);
    const identity = identityOf(claims);
    const [allowed] = await Promise.all([allowedBy(edges, token, identity), edges.checkRevocation(claims)]);
    const decision = { ...identity, allowed };
    // An answer from it is kept for a while: it must not be given when the token ends before that.
    decisions.keep(token, decision, started, claims.exp - resultTtlSeconds);
    return decision;
  };

  const authorize = async (event: AuthorizerEvent, { invokedFunctionArn }: AuthorizerContext) => {
    edges.checkApi(event.methodArn, invokedFunctionArn);
    checkClock(clock, event.requestContext?.requestTimeEpoch);
    const operation = byRoute.get(`${event.httpMethod} ${event.resource}`);
    const token = tokenIn(event, operation);
    const decision = decisions.get(token) ?? (await within(DECISION_MILLISECONDS, decide(token)).catch(blameTime));
    if (operation && unkeptOperations.includes(operation.operationId)) decisions.forget(token);
    return { decision, policy: policyFor(event.methodArn, decision.allowed) };
  };

  return async (event, context = {}) => {
    const requestId = event.requestContext?.requestId ?? "";
    try {
      const { decision, policy } = await authorize(event, context);
      if (!policy.lets(event.methodArn)) {
        log({ level: "WARN", event: "denied", layer: "authorizer", defence: "allow-list", requestId, status: 403 });
      }
      const { userId, companyId, groups } = decision;
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

function tokenIn(event: AuthorizerEvent, operation: ProtectedOperation | undefined): string {
  const source = event.type === "TOKEN" ? "Authorization" : operation?.identityHeader;
  const token = source && tokenOf(event, source);
  if (token !== undefined) return token;
  throw new Refusal({
    layer: "authorizer",
    defence: "identity-source",
    status: 401,
    detail: "The operation's identity source holds no token, or two.",
  });
}

async function allowedBy(
  { permissions, operations }: AuthorizerEdges,
  token: string,
  { groups }: Identity,
): Promise<readonly string[]> {
  // All of them, whichever was called: API Gateway keeps the answer for the caller's next request, of another operation.
  const ids = operations.map(({ operationId }) => operationId);
  if (permissions) return await permissions.batchIsAuthorizedWithToken(token, ids);
  return operations
    .filter((each) => each.groups.some((group) => groups.includes(group)))
    .map((each) => each.operationId);
}

function policies(
  operations: readonly ProtectedOperation[],
): (methodArn: string, allowed: readonly string[]) => Policy {
  const made = new Map<string, Policy>();
  return (methodArn, allowed) => {
    const stage = methodArn.split("/", 2).join("/");
    // No ARN and no operation's id has a line break.
    const key = [stage, ...allowed].join("\n");
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= MAX_POLICIES) made.clear();
    const statements = allowList(methodArn, ({ operationId }) => allowed.includes(operationId), operations);
    const policy = { statements, lets: matcherOf(statements) };
    made.set(key, policy);
    return policy;
  };
}

// What does not answer in time is a dependency's fault, whichever it was.
function blameTime(error: unknown): never {
  throw (error as { code?: unknown } | null)?.code === "ETIMEDOUT" ? new DependencyFault("decision", error) : error;
}

// Who cannot be told apart is refused as well, but is no attack: somebody has to look at what does not answer.
function recordOf(error: unknown, requestId: string): LogRecord {
  if (error instanceof DependencyFault) {
    const { dependency, cause } = error;
    const described = describeError(cause);
    return { level: "ERROR", event: "failed", layer: "authorizer", dependency, requestId, status: 401, ...described };
  }
  const { layer, defence } = error instanceof Refusal ? error : ({ layer: "authorizer", defence: "token" } as const);
  return { level: "WARN", event: "denied", layer, defence, requestId, status: 401 };
}

// Reads a policy as API Gateway does: a Deny goes before every Allow, and `*` stands for any text.
function matcherOf(statements: readonly PolicyStatement[]): Policy["lets"] {
  const matching = (effect: PolicyStatement["Effect"]) =>
    anyMatcher(statements.filter(({ Effect }) => Effect === effect).flatMap(({ Resource }) => Resource));
  const isDenied = matching("Deny");
  const isAllowed = matching("Allow");
  return (methodArn) => isAllowed(methodArn) && !isDenied(methodArn);
}
