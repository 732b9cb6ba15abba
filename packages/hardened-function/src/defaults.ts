/** What a HardenedFunction is when the caller says nothing. Each can be changed by an option of the same name. */
export const DEFAULTS = {
  // What `functions/build` writes: one file, `index.mjs`, that exports `handler`.
  handler: "index.handler",
  // 512 MiB is 0.29 vCPU: enough for a warm TLS connection to the database within the timeout.
  memoryMegabytes: 512,
  // A third of API Gateway's 29 seconds: a caller is told before it gives up.
  timeoutSeconds: 10,
  // Security Hub CloudWatch.16: at least a year.
  logRetentionDays: 365,
  // Lambda's own default, written down so that it does not change under us.
  maximumRetryAttempts: 2,
} as const;

/** What no option changes. */
export const FIXED = {
  // Security Hub Lambda.2: a supported runtime. Pinned, so that a new one is a change that somebody reviews.
  runtime: "nodejs24.x",
  // Cheaper per millisecond than x86_64; our bundles hold no native code.
  architecture: "arm64",
  // Security Hub Lambda.7.
  tracingMode: "Active",
  // One JSON object a line, which CloudWatch Logs can query by field.
  logFormat: "JSON",
  applicationLogLevel: "INFO",
  systemLogLevel: "INFO",
  // Callers are permitted on the alias only, so a new version takes over at one moment.
  aliasName: "live",
} as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LIMITS = {
  memoryMegabytes: { minimum: 128, maximum: 10_240 },
  timeoutSeconds: { minimum: 1, maximum: 900 },
  // 0 would switch the function off.
  reservedConcurrency: { minimum: 1, maximum: 100_000 },
  maximumRetryAttempts: { minimum: 0, maximum: 2 },
  descriptionCharacters: 256,
  environmentBytes: 4_096,
} as const;
