/** What an option is where it is not given. */
export const DEFAULTS = {
  /** The most that DynamoDB keeps. */
  recoveryDays: 35,
} as const;
