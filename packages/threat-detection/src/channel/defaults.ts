/** What a FindingChannel is without further arguments, and what no argument changes. */

/** Tries before a finding is put aside: with `VISIBILITY_SECONDS`, half an hour of a broken notifier. */
export const MAXIMUM_RECEIVES = 5;

export const FIXED = {
  /**
   * How long a finding is hidden while the notifier has it: six times the function's time limit of 60 seconds.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  VISIBILITY_SECONDS: 360,
  /** How long a finding waits to be sent, and in the dead-letter queue: SQS's most, 14 days. */
  RETENTION_SECONDS: 14 * 24 * 60 * 60,
  /** How long SQS and SNS may use one data key: fewer calls of KMS, and a withdrawn key still ends within five minutes. */
  DATA_KEY_SECONDS: 300,
} as const;

/** The delivery policy of SNS over HTTPS is left at AWS's; queues and e-mail need none. */
export const TOPIC_DISPLAY_NAME = "Security findings";
