import type { LoweredFloor } from "@palisade/core";
import type { ApiContract, ApiOperation } from "../openapi/operations.ts";
import type { SecureGatewayArgs } from "./args.ts";
import { CacheClusterSize } from "./cache-args.ts";
import type { Checks } from "./checks.ts";
import { DEFAULTS } from "./defaults.ts";

/** The response cache, checked. */
export interface CacheSettings {
  clusterSize: CacheClusterSize;
  /** Seconds that an answer is kept, by the `operationId` of the operations that are cached. */
  ttlSeconds: Map<string, number>;
  lowered: LoweredFloor[];
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html; 0 would mean no cache.
const TTL_SECONDS: [number, number] = [1, 3600];
/** How long what was decided about a caller may be repeated: as long as a revoked token may be accepted, docs/architecture.md. */
const AUTHENTICATED_TTL_SECONDS: [number, number] = [1, 60];

/** Checks the response cache; undefined where there is none. */
export function cacheSettings(
  check: Checks,
  { responseCache }: SecureGatewayArgs,
  contract: ApiContract,
): CacheSettings | undefined {
  if (responseCache === undefined) return undefined;
  check.plain("responseCache", responseCache, "{ operations, clusterSizeGigabytes }");
  const property = "responseCache.operations";
  const cached = check.byOperation(property, responseCache.operations, "caches", contract);
  if (cached.size === 0) {
    check.fail({
      property,
      receivedText: "empty",
      allowed: "at least one operation: the cluster costs the same with none",
      fix: "name the operations whose answers are kept, or leave responseCache out",
    });
  }
  const ttlSeconds = new Map<string, number>();
  const lowered: LoweredFloor[] = [];
  for (const [operationId, args] of cached) {
    const place = `${property}.${operationId}`;
    check.plain(place, args, "{ ttlSeconds, allowAuthenticated }");
    const operation = contract.operations.find((one) => one.operationId === operationId) as ApiOperation;
    const reason = authenticatedReason(check, place, operation, args.allowAuthenticated);
    const range = reason === undefined ? TTL_SECONDS : AUTHENTICATED_TTL_SECONDS;
    ttlSeconds.set(operationId, check.whole(`${place}.ttlSeconds`, args.ttlSeconds, range));
    if (reason !== undefined) lowered.push({ floor: `cached-authenticated-${operationId}`, reason });
  }
  const size = responseCache.clusterSizeGigabytes ?? DEFAULTS.cacheClusterSize;
  return {
    clusterSize: check.choice("responseCache.clusterSizeGigabytes", size, Object.values(CacheClusterSize)),
    ttlSeconds,
    lowered,
  };
}

/** The reason, where the operation needs one. */
function authenticatedReason(
  check: Checks,
  place: string,
  operation: ApiOperation,
  reason: string | undefined,
): string | undefined {
  const property = `${place}.allowAuthenticated`;
  if (operation.method !== "GET") {
    check.fail({
      property: place,
      receivedText: `a ${operation.method} operation`,
      allowed: "GET operations: what changes something must reach its function",
      fix: `remove ${operation.operationId} from responseCache.operations`,
    });
  }
  if (operation.identityHeader === undefined) {
    if (reason === undefined) return undefined;
    return check.fail({
      property,
      received: reason,
      allowed: "nothing on an operation without an authorizer, which answers everybody the same",
      fix: "remove it",
    });
  }
  if (reason === undefined) {
    check.fail({
      property,
      receivedText: "not set",
      allowed: `a written reason: ${operation.operationId} answers a caller, and its answer would be repeated without asking the function`,
      fix: `leave ${operation.operationId} out of responseCache.operations, or say why it is cached for each caller`,
    });
  }
  return check.reason(property, reason);
}

/**
 * What the answers of a cached operation are kept under: every parameter that the document names, and the header that tells who calls. An
 * answer kept under less than what it depends on is handed to the wrong caller (CWE-524).
 *
 * @param byOrigin whether an answer depends on the page that asks, which API Gateway's cache does not take from `Vary`
 */
export function cacheKeyParameters({ parameters, identityHeader }: ApiOperation, byOrigin: boolean): string[] {
  const places = { path: "path", query: "querystring", header: "header" } as const;
  const named = parameters.map(({ name, in: where }) => `method.request.${places[where]}.${name}`);
  const headers = [...(identityHeader === undefined ? [] : [identityHeader]), ...(byOrigin ? ["Origin"] : [])];
  return [...new Set([...named, ...headers.map((header) => `method.request.header.${header}`)])];
}
