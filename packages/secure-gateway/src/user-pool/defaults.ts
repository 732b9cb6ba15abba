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
  /** Seconds that a refresh token of the session's client is good after it was rotated: the answer may have been lost. Cognito takes 0 to 60. */
  rotationGraceSeconds: 10,
  /** The scopes of a sign-in at Cognito's own page: who it is, and the one that a sign-in by the API has. */
  loginScopes: ["openid", "aws.cognito.signin.user.admin"],
  /** An unknown user gets the same answer as a wrong password. */
  preventUserExistenceErrors: "ENABLED",
} as const;
