import { MfaMode, ThreatProtection } from "./args.ts";

/** What an option is where it is not given. The reason of each stands beside its option in args.ts. */
export const DEFAULTS = {
  mfa: MfaMode.Optional,
  threatProtection: ThreatProtection.Enforced,
  passwordMinimumLength: 15,
  accessTokenMinutes: 15,
  refreshTokenHours: 12,
} as const;

/** What no option changes. */
export const FIXED = {
  /** Nobody signs up: an administrator makes the users. */
  adminCreateUserOnly: true,
  /** Days that the first password, which an administrator sent, can be used. */
  temporaryPasswordValidityDays: 1,
  /** A new password is none of the last ones; Cognito takes 0 to 24, and only where threat protection is on. */
  passwordHistorySize: 5,
  /** Minutes between the steps of a sign-in: Cognito's least. */
  authSessionMinutes: 3,
  /** An unknown user gets the same answer as a wrong password. */
  preventUserExistenceErrors: "ENABLED",
} as const;
