import type * as pulumi from "@pulumi/pulumi";

/** Whether users sign in with a second factor (a one-time code of an authenticator app). */
export enum MfaMode {
  /** Password only. Security Hub's control Cognito.5 fails. */
  Off = "OFF",
  /** Users who registered an authenticator app are asked for its code. */
  Optional = "OPTIONAL",
  /** Every user must register an authenticator app. */
  On = "ON",
}

/** Cognito's threat protection: compromised passwords and unusual sign-ins. It is priced for each active user of a month. */
export enum ThreatProtection {
  /** Off; the pool is in the cheaper feature plan Essentials. */
  Off = "OFF",
  /** Risks are logged, nothing is blocked; the pool is in the feature plan Plus. */
  Audit = "AUDIT",
  /** Risky sign-ins are challenged or blocked; the pool is in the feature plan Plus. */
  Enforced = "ENFORCED",
}

/** A user pool that exists already, with its two clients. Its settings are its owner's: none is changed or checked. */
export interface ExistingUserPool {
  /** The pool's id, for example `eu-west-1_Example`. */
  userPoolId: pulumi.Input<string>;
  /** The pool's ARN. */
  userPoolArn: pulumi.Input<string>;
  /** Who signs its tokens, as a URL: `https://cognito-idp.<region>.amazonaws.com/<pool id>`. */
  issuer: pulumi.Input<string>;
  /** The id of the app client that partners' machines use. */
  partnerClientId: pulumi.Input<string>;
  /** The id of the app client that the page's session function uses. */
  sessionClientId: pulumi.Input<string>;
}

/** The arguments of `UserPool`. */
export interface UserPoolArgs {
  /**
   * Whether a second factor is asked for. The default is optional: a machine cannot type a code, so `On` suits a pool of people only.
   *
   * @default MfaMode.Optional
   */
  mfa?: MfaMode;

  /**
   * Threat protection, a priced switch. The default is enforced (Security Hub's Cognito.1); a stage that must cost nothing while it is
   * idle turns it off.
   *
   * @default ThreatProtection.Enforced
   */
  threatProtection?: ThreatProtection;

  /**
   * Fewest characters of a password, a whole number from 12 to 99. Upper case, lower case, a digit and a symbol are always asked for.
   * The default is 15, NIST SP 800-63B-4's minimum for a password that stands alone.
   *
   * @default 15
   */
  passwordMinimumLength?: number;

  /**
   * True refuses to delete the pool, and its users with it, until this is false and deployed. The default is true.
   *
   * @default true
   */
  deletionProtection?: boolean;

  /**
   * Minutes that access and ID tokens are valid, a whole number from 5 (Cognito's least) to 60. The default is 15: a stolen token, which
   * nobody checks for revocation elsewhere, is of use for that long.
   *
   * @default 15
   */
  accessTokenMinutes?: number;

  /**
   * Hours that a refresh token is valid, a whole number from 1 to 720. The default is 12, a working day.
   *
   * @default 12
   */
  refreshTokenHours?: number;

  /**
   * A pool that exists already, in the place of one made here. Nothing is then created, and no other setting may be given. Its
   * presence must be a literal. The default is to create a pool, two clients and the groups `partner` and `admin`.
   */
  existingUserPool?: ExistingUserPool;

  /** Tags of the team's own. The default is none besides ours. */
  teamTags?: Record<string, pulumi.Input<string>>;
}
