import { type Environment, readEnvironment } from "../shared/env.ts";

/** One operation of the API and who may call it. */
export interface ProtectedOperation {
  operationId: string;
  method: string;
  /** The route's template, e.g. `/orders/{orderId}`. */
  path: string;
  groups: string[];
  /** The header that the caller's token comes in: the identity source of the operation's authorizer. */
  identityHeader: "Authorization" | "Cookie";
}

/** What the authorizer is set up with. */
export interface AuthorizerEnvironment {
  userPoolId: string;
  clientIds: string[];
  /** A token needs one of them. Empty: none. */
  requiredScopes: string[];
  operations: ProtectedOperation[];
  /** Where the key set is, or `""` for the issuer's own address. */
  jwksUri: string;
}

/** Reads the authorizer's environment. */
export function readAuthorizerEnvironment(environment: Environment): AuthorizerEnvironment {
  const values = readEnvironment("authorizer", environment, {
    USER_POOL_ID: { pattern: /^[a-z]{2,4}(-[a-z]+)+-\d_[A-Za-z0-9]+$/, form: "the id of a Cognito user pool" },
    CLIENT_IDS: { pattern: /^\w+(,\w+)*$/, form: "the ids of the pool's clients, separated by commas" },
    REQUIRED_SCOPES: { pattern: /^(-|[^\s,]+(,[^\s,]+)*)$/, form: "scopes, separated by commas", fallback: "-" },
    OPERATIONS: { form: "a JSON list of { operationId, method, path, groups, identityHeader }" },
    JWKS_URI: { pattern: /^(-|https?:\/\/\S+)$/, form: "a URL", fallback: "-" },
  });
  return {
    userPoolId: values.USER_POOL_ID,
    clientIds: values.CLIENT_IDS.split(","),
    requiredScopes: values.REQUIRED_SCOPES === "-" ? [] : values.REQUIRED_SCOPES.split(","),
    operations: parseOperations(values.OPERATIONS),
    jwksUri: values.JWKS_URI === "-" ? "" : values.JWKS_URI,
  };
}

function parseOperations(text: string): ProtectedOperation[] {
  let operations: unknown;
  try {
    operations = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (Array.isArray(operations) && operations.every(isOperation)) return operations;
  throw new Error(
    "authorizer: environment: OPERATIONS is not a JSON list of { operationId, method, path, groups, identityHeader }",
  );
}

function isOperation(value: unknown): value is ProtectedOperation {
  if (typeof value !== "object" || value === null) return false;
  const { operationId, method, path, groups, identityHeader } = value as Record<string, unknown>;
  return (
    typeof operationId === "string" &&
    typeof method === "string" &&
    /^[A-Z]+$/.test(method) &&
    typeof path === "string" &&
    path.startsWith("/") &&
    Array.isArray(groups) &&
    groups.every((group) => typeof group === "string") &&
    (identityHeader === "Authorization" || identityHeader === "Cookie")
  );
}
