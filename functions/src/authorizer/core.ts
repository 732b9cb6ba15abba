import type { ApiEvent } from "../shared/api.ts";
import { within } from "../shared/invocation.ts";
import { describeError, type Logger, type LogRecord } from "../shared/log.ts";
import type { Permissions } from "../shared/permissions.ts";
import { DependencyFault, Refusal } from "../shared/refusal.ts";
import { type Clock, checkClock } from "./clock.ts";
import type { DecisionCache } from "./decision-cache.ts";
import { allowList, type PolicyStatement } from "./defences/allow-list.ts";
import { unverified } from "./defences/fail-closed.ts";
import { type TokenEvent, tokenOf } from "./defences/identity-source.ts";
import type { ApiCheck } from "./defences/known-api.ts";
import type { RevocationCheck } from "./defences/revocation.ts";
import type { TokenClaims, TokenVerifier } from "./defences/token.ts";
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

/** The ids of the operations that a caller may call, in the order of the document. */
export type Allowed = readonly string[];

/** Who calls, and which operations that is good for. */
export interface Decision extends Identity {
  allowed: Allowed;
}

/** What the authorizer works on. */
export interface AuthorizerEdges {
  operations: readonly ProtectedOperation[];
  checkApi: ApiCheck;
  verify: TokenVerifier;
  /** Where tokens can be revoked. By default none is. */
  checkRevocation?: RevocationCheck | undefined;
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

/** Allow-lists by groups, and policies by stage. There are few; more than this are forgotten all at once. */
const MAX_KEPT = 500;
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
  const byGroups = allowedByGroups(operations);
  const ask = questionOf(edges, byGroups);

  const decide = async (token: string): Promise<Decision> => {
    const started = clock.elapsed();
    const claims = await edges.verify(token).catch((error: unknown) => unverified(error, token));
    const identity = identityOf(claims);
    // A time limit has its price, which only what waits for a network is worth.
    const allowed = ask
      ? await within(DECISION_MILLISECONDS - (clock.elapsed() - started), ask(token, claims, identity)).catch(blameTime)
      : byGroups(identity.groups);
    const decision = { ...identity, allowed };
    // An answer from it is kept for a while: it must not be given when the token ends before that.
    decisions.keep(token, decision, started, claims.exp - resultTtlSeconds);
    return decision;
  };

  return async (event, { invokedFunctionArn } = {}) => {
    const requestId = event.requestContext?.requestId ?? "";
    try {
      edges.checkApi(event.methodArn, invokedFunctionArn);
      checkClock(clock, event.requestContext?.requestTimeEpoch);
      const operation = byRoute.get(`${event.httpMethod} ${event.resource}`);
      const token = tokenIn(event, operation);
      const { userId, companyId, groups, allowed } = decisions.get(token) ?? (await decide(token));
      if (operation && unkeptOperations.includes(operation.operationId)) decisions.forget(token);
      const policy = policyFor(event.methodArn, allowed);
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

type Question = (token: string, claims: TokenClaims, identity: Identity) => Promise<Allowed>;

/**
 * Asks which operations a caller may call, where policies decide, and whether the token was revoked, where it can be.
 *
 * @returns undefined where there is nothing to ask
 */
function questionOf(
  { permissions, checkRevocation, operations }: AuthorizerEdges,
  byGroups: (groups: readonly string[]) => Allowed,
): Question | undefined {
  if (permissions === undefined && checkRevocation === undefined) return undefined;
  // All of them, whichever was called: API Gateway keeps the answer for the caller's next request, of another operation.
  const ids = operations.map(({ operationId }) => operationId);
  return async (token, claims, { groups }) => {
    const [allowed] = await Promise.all([
      permissions?.batchIsAuthorizedWithToken(token, ids) ?? byGroups(groups),
      checkRevocation?.(claims),
    ]);
    return allowed;
  };
}

function allowedByGroups(operations: readonly ProtectedOperation[]): (groups: readonly string[]) => Allowed {
  const made = new Map<string, Allowed>();
  return (groups) => {
    // No group's name has a comma (identity.ts).
    const key = groups.join(",");
    const isAllowed = (operation: ProtectedOperation) => operation.groups.some((group) => groups.includes(group));
    return (
      made.get(key) ??
      kept(
        made,
        key,
        operations.filter(isAllowed).map(({ operationId }) => operationId),
      )
    );
  };
}

function policies(operations: readonly ProtectedOperation[]): (methodArn: string, allowed: Allowed) => Policy {
  // A list that is no one's any more takes its policies along.
  const made = new WeakMap<Allowed, Map<string, Policy>>();
  return (methodArn, allowed) => {
    const stage = methodArn.slice(0, methodArn.indexOf("/", methodArn.indexOf("/") + 1));
    const byStage = made.get(allowed) ?? new Map<string, Policy>();
    const known = byStage.get(stage);
    if (known !== undefined) return known;
    made.set(allowed, byStage);
    const statements = allowList(methodArn, ({ operationId }) => allowed.includes(operationId), operations);
    return kept(byStage, stage, { statements, lets: matcherOf(statements) });
  };
}

function kept<T>(made: Map<string, T>, key: string, value: T): T {
  if (made.size >= MAX_KEPT) made.clear();
  made.set(key, value);
  return value;
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
    const denied = { layer: "authorizer", defence: "fail-closed", dependency, requestId, status: 401 } as const;
    return { level: "ERROR", event: "failed", ...denied, ...described };
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
