import { invalid, isPlainObject } from "@palisade/core";
import { type ExistingUserPool, MfaMode, ThreatProtection, type UserPoolArgs } from "./args.ts";
import { DEFAULTS } from "./defaults.ts";

/** The arguments of a pool that is made here, checked, with the defaults filled in. */
export interface UserPoolSettings {
  mfa: MfaMode;
  threatProtection: ThreatProtection;
  passwordMinimumLength: number;
  deletionProtection: boolean;
  accessTokenMinutes: number;
  refreshTokenHours: number;
}

/**
 * Checks every argument before a resource is created.
 *
 * @throws PalisadeError for the first that is not allowed.
 */
export function userPoolSettings(name: string, args: UserPoolArgs): UserPoolSettings {
  checkAdoption(name, args);
  return {
    mfa: choice(name, "mfa", args.mfa ?? DEFAULTS.mfa, Object.values(MfaMode)),
    threatProtection: choice(
      name,
      "threatProtection",
      args.threatProtection ?? DEFAULTS.threatProtection,
      Object.values(ThreatProtection),
    ),
    passwordMinimumLength: whole(
      name,
      "passwordMinimumLength",
      args.passwordMinimumLength ?? DEFAULTS.passwordMinimumLength,
      [12, 99],
    ),
    deletionProtection: choice(name, "deletionProtection", args.deletionProtection ?? DEFAULTS.deletionProtection, [
      true,
      false,
    ]),
    accessTokenMinutes: whole(
      name,
      "accessTokenMinutes",
      args.accessTokenMinutes ?? DEFAULTS.accessTokenMinutes,
      [5, 60],
    ),
    refreshTokenHours: whole(name, "refreshTokenHours", args.refreshTokenHours ?? DEFAULTS.refreshTokenHours, [1, 720]),
  };
}

const ADOPTED_KEYS: readonly (keyof ExistingUserPool)[] = [
  "userPoolId",
  "userPoolArn",
  "issuer",
  "partnerClientId",
  "sessionClientId",
];

function checkAdoption(name: string, args: UserPoolArgs): void {
  const existing: unknown = args.existingUserPool;
  if (existing === undefined) return;
  const missing = isPlainObject(existing) ? ADOPTED_KEYS.filter((key) => existing[key] === undefined) : ADOPTED_KEYS;
  if (missing.length > 0) {
    throw invalid({
      component: "UserPool",
      name,
      property: "existingUserPool",
      receivedText: `without ${missing.join(", ")}`,
      allowed: `a literal { ${ADOPTED_KEYS.join(", ")} }`,
      fix: "give all of them, or leave existingUserPool out to create a pool",
    });
  }
  const other = Object.entries(args).find(([key, value]) => key !== "existingUserPool" && value !== undefined);
  if (other === undefined) return;
  throw invalid({
    component: "UserPool",
    name,
    property: other[0],
    received: other[1],
    allowed: "nothing beside existingUserPool: an adopted pool keeps its owner's settings",
    fix: `remove ${other[0]}, or remove existingUserPool to create a pool`,
  });
}

function choice<T>(name: string, property: string, value: T, allowed: T[]): T {
  if (allowed.includes(value)) return value;
  throw invalid({
    component: "UserPool",
    name,
    property,
    received: value,
    allowed: allowed.join(", "),
    fix: `set ${property} to one of them`,
  });
}

function whole(name: string, property: string, value: unknown, [least, most]: [number, number]): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid({
    component: "UserPool",
    name,
    property,
    received: value,
    allowed: `a whole number from ${least} to ${most}`,
    fix: `set ${property} to one`,
  });
}
