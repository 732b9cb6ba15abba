/** What an option is where it is not given. */
export const DEFAULTS = {
  /** The most that DynamoDB keeps. */
  recoveryDays: 35,
} as const;

/** What no option changes. */
export const FIXED = {
  /** `user#<sub>` or `session#<origin_jti>`. */
  key: "id",
  /** Seconds since 1970 from which DynamoDB deletes an item: no token that it refuses is valid any more. */
  expiry: "expiresAt",
  /** Security Hub DynamoDB.1, and nothing to pay for when idle. */
  billingMode: "PAY_PER_REQUEST",
} as const;
