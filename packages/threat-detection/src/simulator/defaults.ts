/** Of TEST-NET-2, where nobody is (RFC 5737). */
export const LISTED_ADDRESS = "198.51.100.66";
export const LISTED_PORT = 443;
/** The stage that is vulnerable on purpose. */
export const SIMULATED_STAGE = "weak";

export const FIXED = {
  /** A replaced list of one line. */
  NONCURRENT_DAYS: 7,
  /** Who read the list. */
  ACCESS_LOG_DAYS: 90,
} as const;
