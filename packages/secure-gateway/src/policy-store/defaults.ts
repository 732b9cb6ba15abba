/** What an option is where it is not given. */
export const DEFAULTS = { namespace: "Palisade" } as const;

/** What no option changes. */
export const FIXED = {
  /** A policy that does not fit the schema is refused when it is written, not left out when it is asked. */
  validationMode: "STRICT",
  /** Characters of a policy (https://docs.aws.amazon.com/verifiedpermissions/latest/apireference/API_StaticPolicyDefinition.html). */
  maximumPolicyLength: 10_000,
} as const;

/** The entity types that every schema has; the others are the document's. */
export const TYPES = {
  /** The caller, as the token names it: `<pool id>|<sub>`. */
  user: "User",
  /** A group of the pool: `<pool id>|<group>`. */
  role: "Role",
  /** What an operation is asked about when it names nothing else. There is one, `Api::"api"`. */
  api: "Api",
} as const;

/** The one entity of the type `Api`. */
export const API_ID = "api";

/** What stands for the pool's id in a policy's text. */
export const USER_POOL = "{userPool}";
