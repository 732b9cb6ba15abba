/** How findings go from EventBridge over a queue to a function. No argument changes it. */
export const PIPELINE = {
  /** EventBridge's most: it tries for a day before a finding becomes a dead letter. */
  EVENT_AGE_SECONDS: 86_400,
  EVENT_RETRIES: 185,
  /** Findings that the function is given at once. */
  BATCH_SIZE: 10,
  /** Functions at once: of a burst, the queue keeps the rest. Lambda's least is 2. */
  MAXIMUM_CONCURRENCY: 2,
} as const;
