import type * as pulumi from "@pulumi/pulumi";

/** Whether users sign in with a second factor (a one-time code of an authenticator app). */
export enum MfaMode {
  /** Password only, with a reason in `allowPasswordOnly`. Security Hub's control Cognito.5 fails. */
  Off = "OFF",
  /** Users who registered an authenticator app are asked for its code. */
  Optional = "OPTIONAL",
  /** Every user must register an authenticator app. */
  On = "ON",
}

/** Cognito's threat protection: compromised passwords and unusual sign-ins. It is priced for each active user of a month. */
export enum ThreatProtection {
  /** Off, with a reason in `allowUnguardedSignIn`; the pool is in the cheaper feature plan Essentials. Cognito.1 fails. */
  Off = "OFF",
  /** Risks are logged, nothing is blocked, with a reason in `allowUnguardedSignIn`; the feature plan is Plus. Cognito.1 fails. */
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
  /** The id of the app client that machines use, such as partners'. */
  machineClientId: pulumi.Input<string>;
  /** The id of the app client that the page's session function uses. Its refresh tokens must rotate. */
  sessionClientId: pulumi.Input<string>;
  /** Where people sign in at the pool's own page, as a URL without a trailing slash. The default is none. */
  loginUrl?: pulumi.Input<string>;
}

/** Cognito's own page to sign in at, for people who use a page of yours. */
export interface ManagedLoginArgs {
  /**
   * The first part of the page's host name, `<prefix>.auth.<region>.amazoncognito.com`: 1 to 63 lower-case letters, digits and hyphens, which
   * no other pool of the region has. Must be a literal.
   */
  domainPrefix: string;
  /** The URLs that Cognito may send people back to with a code, each exactly as the page asks for it. Must be a literal list, of at least one. */
  callbackUrls: pulumi.Input<string>[];
  /** The URLs that Cognito may send people to once they have signed out. The default is those of `callbackUrls`. */
  logoutUrls?: pulumi.Input<string>[];
}

/** The arguments of `UserPool`. */
export interface UserPoolArgs {
  /**
   * Whether a second factor is asked for. The default is optional: a machine cannot type a code, so `On` suits a pool of people only.
   * `Off` needs `allowPasswordOnly`.
   *
   * @default MfaMode.Optional
   */
  mfa?: MfaMode;

  /**
   * A written reason to ask nobody for a second factor, beside `mfa: MfaMode.Off` only. It becomes the tag
   * `palisade:lowered:second-factor`. Must be a literal. The default is none.
   */
  allowPasswordOnly?: string;

  /**
   * Threat protection, a priced switch. The default is enforced (Security Hub's Cognito.1); a stage that must cost nothing while it is
   * idle turns it off. Less than enforced needs `allowUnguardedSignIn`.
   *
   * @default ThreatProtection.Enforced
   */
  threatProtection?: ThreatProtection;

  /**
   * A written reason to block no risky sign-in, beside `threatProtection` of `Off` or `Audit` only. It becomes the tag
   * `palisade:lowered:threat-protection`. Must be a literal. The default is none.
   */
  allowUnguardedSignIn?: string;

  /**
   * Fewest characters of a password, a whole number from 12 to 99. Upper case, lower case, a digit and a symbol are always asked for.
   * The default is 15, NIST SP 800-63B-4's minimum for a password that stands alone.
   *
   * @default 15
   */
  passwordMinimumLength?: number;

  /**
   * A written reason to let the pool, and its users with it, be deleted: turns deletion protection off. The reason becomes the tag
   * `palisade:lowered:deletion-protection`. Must be a literal. The default is none, the pool is protected.
   */
  allowDeletion?: string;

  /**
   * Groups that the pool has from the start: what each is for, by the name that operations give in `x-palisade-groups`. A group gives
   * no role in AWS. Must be a literal record. The default is none.
   *
   * @example `{ groups: { staff: "Our own people" } }`
   */
  groups?: Record<string, string>;

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
   * Cognito's own page to sign in at, where the session's client takes an authorization code with PKCE. Its presence must be a literal. The
   * default is none.
   */
  managedLogin?: ManagedLoginArgs;

  /**
   * A pool that exists already, in the place of one made here. Nothing is then created, and no other setting may be given. Its
   * presence must be a literal. The default is to create a pool and two clients.
   */
  existingUserPool?: ExistingUserPool;

  /** Tags of the team's own. The default is none besides ours. */
  teamTags?: Record<string, pulumi.Input<string>>;
}
