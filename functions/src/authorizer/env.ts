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
  /** The pools whose tokens are accepted. */
  userPoolIds: string[];
  clientIds: string[];
  /** A token needs one of them. Empty: none. */
  requiredScopes: string[];
  operations: ProtectedOperation[];
  /** Where the first pool's key set is, tried in order. Empty: at the issuer's own address. */
  jwksUris: string[];
  /** Name of the table of revocations, or `""`: no token is revoked before it ends. */
  revocationTable: string;
  /** Seconds that API Gateway keeps an answer. */
  resultTtlSeconds: number;
  /** Seconds that the authorizer keeps a decision; 0: none. */
  decisionSeconds: number;
  /** Operations whose decisions are not kept, and which make the one that is be forgotten: those that end a session. */
  unkeptOperations: string[];
  /** The APIs of other accounts and regions, as ARNs without a stage. */
  knownApis: string[];
}

/** Within how many seconds a revocation counts everywhere. */
export const REVOCATION_SECONDS = 60;
// What is left of them for the two answers that were under way when it was written.
const MOST_KEPT_SECONDS = REVOCATION_SECONDS - 5;
// They share the second and a half that a key set may take (jwks.ts).
const MOST_JWKS_URIS = 3;

const LIST = /^(-|[^\s,]+(,[^\s,]+)*)$/;
const SECONDS = /^\d{1,4}$/;
const POOL = String.raw`[a-z]{2,4}(-[a-z]+)+-\d_[A-Za-z0-9]+`;
const API = String.raw`arn:aws(-[a-z]+)*:execute-api:[a-z0-9-]+:\d{12}:[a-z0-9]+`;

/** Reads the authorizer's environment. */
export function readAuthorizerEnvironment(environment: Environment): AuthorizerEnvironment {
  const values = readEnvironment("authorizer", environment, {
    USER_POOL_ID: { pattern: new RegExp(`^${POOL}$`), form: "the id of a Cognito user pool" },
    FURTHER_USER_POOL_IDS: {
      pattern: new RegExp(`^(-|${POOL}(,${POOL})*)$`),
      form: "the ids of Cognito user pools, separated by commas",
      fallback: "-",
    },
    CLIENT_IDS: { pattern: /^\w+(,\w+)*$/, form: "the ids of the pool's clients, separated by commas" },
    REQUIRED_SCOPES: { pattern: LIST, form: "scopes, separated by commas", fallback: "-" },
    OPERATIONS: { form: "a JSON list of { operationId, method, path, groups, identityHeader }" },
    JWKS_URI: { pattern: LIST, form: "URLs, separated by commas", fallback: "-" },
    REVOCATION_TABLE: { pattern: /^(-|[A-Za-z0-9_.-]{3,255})$/, form: "the name of a DynamoDB table", fallback: "-" },
    RESULT_TTL_SECONDS: { pattern: SECONDS, form: "a whole number of seconds", fallback: "0" },
    DECISION_SECONDS: { pattern: SECONDS, form: "a whole number of seconds", fallback: "0" },
    UNKEPT_OPERATIONS: { pattern: LIST, form: "operation ids, separated by commas", fallback: "-" },
    KNOWN_APIS: {
      pattern: new RegExp(`^(-|${API}(,${API})*)$`),
      form: "ARNs of APIs without a stage (arn:aws:execute-api:<region>:<account>:<id>), separated by commas",
      fallback: "-",
    },
  });
  const jwksUris = listOf(values.JWKS_URI);
  if (jwksUris.length > MOST_JWKS_URIS || !jwksUris.every(isTrustworthy)) {
    throw new Error(
      `authorizer: environment: JWKS_URI is not at most ${MOST_JWKS_URIS} URLs of https, or of http on this machine: ` +
        "whoever can change the key set on its way can make tokens",
    );
  }
  const [resultTtlSeconds, decisionSeconds] = [Number(values.RESULT_TTL_SECONDS), Number(values.DECISION_SECONDS)];
  const revocationTable = values.REVOCATION_TABLE === "-" ? "" : values.REVOCATION_TABLE;
  if (revocationTable !== "" && resultTtlSeconds + decisionSeconds > MOST_KEPT_SECONDS) {
    throw new Error(
      `authorizer: environment: RESULT_TTL_SECONDS and DECISION_SECONDS are ${resultTtlSeconds} and ${decisionSeconds}, together more ` +
        `than ${MOST_KEPT_SECONDS}: a revocation would not be honoured within ${REVOCATION_SECONDS} seconds`,
    );
  }
  return {
    userPoolIds: [values.USER_POOL_ID, ...listOf(values.FURTHER_USER_POOL_IDS)],
    clientIds: values.CLIENT_IDS.split(","),
    requiredScopes: listOf(values.REQUIRED_SCOPES),
    operations: parseOperations(values.OPERATIONS),
    jwksUris,
    revocationTable,
    resultTtlSeconds,
    decisionSeconds,
    unkeptOperations: listOf(values.UNKEPT_OPERATIONS),
    knownApis: listOf(values.KNOWN_APIS),
  };
}

function listOf(value: string): string[] {
  return value === "-" ? [] : value.split(",");
}

/** Whether nobody between here and there can answer in the place of an address. */
function isTrustworthy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
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
