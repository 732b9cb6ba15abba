import { invalid, isPlainObject, type LoweredFloor, oneOf, requireReason, wholeNumber } from "@palisade/core";
import { type ExistingUserPool, type ManagedLoginArgs, MfaMode, ThreatProtection, type UserPoolArgs } from "./args.ts";
import { DEFAULTS } from "./defaults.ts";

/** The arguments of a pool that is made here, checked, with the defaults filled in. */
export interface UserPoolSettings {
  mfa: MfaMode;
  threatProtection: ThreatProtection;
  passwordMinimumLength: number;
  deletable: boolean;
  groups: Record<string, string>;
  accessTokenMinutes: number;
  refreshTokenHours: number;
  managedLogin?: ManagedLoginArgs;
  /** Floors that the arguments lower, each with its reason. */
  lowered: LoweredFloor[];
}

/**
 * Checks every argument before a resource is created.
 *
 * @throws PalisadeError for the first that is not allowed.
 */
export function userPoolSettings(name: string, args: UserPoolArgs): UserPoolSettings {
  checkAdoption(name, args);
  const at = (property: keyof UserPoolArgs) => ({ component: "UserPool", name, property });
  const whole = (property: keyof typeof DEFAULTS, range: [number, number]) =>
    wholeNumber(at(property), args[property] ?? DEFAULTS[property], range);
  const mfa = oneOf(at("mfa"), args.mfa ?? DEFAULTS.mfa, Object.values(MfaMode));
  const threatProtection = oneOf(
    at("threatProtection"),
    args.threatProtection ?? DEFAULTS.threatProtection,
    Object.values(ThreatProtection),
  );
  return {
    mfa,
    threatProtection,
    passwordMinimumLength: whole("passwordMinimumLength", [12, 99]),
    deletable: args.allowDeletion !== undefined,
    groups: checkedGroups(name, args.groups ?? {}),
    accessTokenMinutes: whole("accessTokenMinutes", [5, 60]),
    refreshTokenHours: whole("refreshTokenHours", [1, 720]),
    managedLogin: checkedLogin(name, args.managedLogin),
    lowered: args.existingUserPool === undefined ? loweredFloors(name, args, mfa, threatProtection) : [],
  };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html */
const DOMAIN_PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function checkedLogin(name: string, login: ManagedLoginArgs | undefined): ManagedLoginArgs | undefined {
  if (login === undefined) return undefined;
  const fail = (property: string, received: unknown, allowed: string, fix: string) =>
    invalid({ component: "UserPool", name, property: `managedLogin${property}`, received, allowed, fix });
  if (!isPlainObject(login)) {
    throw fail("", login, "a literal { domainPrefix, callbackUrls }", "pass a literal: it decides what is made");
  }
  const { domainPrefix, callbackUrls } = login;
  // AWS refuses its own names in it.
  const taken = /aws|amazon|cognito/.test(String(domainPrefix));
  if (typeof domainPrefix !== "string" || !DOMAIN_PREFIX.test(domainPrefix) || taken) {
    throw fail(
      ".domainPrefix",
      domainPrefix,
      "1 to 63 lower-case letters, digits and hyphens, without aws, amazon and cognito",
      "choose a name that no other pool of the region has, such as the page's host with hyphens for dots",
    );
  }
  if (!Array.isArray(callbackUrls) || callbackUrls.length === 0) {
    throw fail(
      ".callbackUrls",
      callbackUrls,
      "a literal list of at least one URL",
      "list where the page asks to be sent back to",
    );
  }
  return login;
}

/** The floors that the arguments lower. Security Hub's Cognito.6, Cognito.5 and Cognito.1 report the same three. */
function loweredFloors(
  name: string,
  args: UserPoolArgs,
  mfa: MfaMode,
  threatProtection: ThreatProtection,
): LoweredFloor[] {
  const unguarded = threatProtection !== ThreatProtection.Enforced;
  return [
    ...lowered(name, "allowDeletion", args.allowDeletion, "deletion-protection", args.allowDeletion !== undefined),
    ...lowered(name, "allowPasswordOnly", args.allowPasswordOnly, "second-factor", mfa === MfaMode.Off),
    ...lowered(name, "allowUnguardedSignIn", args.allowUnguardedSignIn, "threat-protection", unguarded),
  ];
}

/** One floor: where it is lowered there must be a reason, and where it is not there must be none, which would outlive its cause. */
function lowered(
  name: string,
  property: string,
  reason: string | undefined,
  floor: string,
  isLowered: boolean,
): LoweredFloor[] {
  if (isLowered) return [{ floor, reason: requireReason({ component: "UserPool", name, property, reason }) }];
  if (reason === undefined) return [];
  throw invalid({
    component: "UserPool",
    name,
    property,
    received: reason,
    allowed: `nothing, where the floor ${floor} is not lowered`,
    fix: `remove ${property}`,
  });
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html, and no comma: lists use it. */
const GROUP_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

function checkedGroups(name: string, groups: unknown): Record<string, string> {
  if (!isPlainObject(groups)) {
    throw invalid({
      component: "UserPool",
      name,
      property: "groups",
      received: groups,
      allowed: "a literal record: what each group is for, by its name",
      fix: "pass a literal: its keys decide which groups exist",
    });
  }
  for (const [group, description] of Object.entries(groups)) {
    if (GROUP_NAME.test(group) && !group.includes(",") && typeof description === "string") continue;
    throw invalid({
      component: "UserPool",
      name,
      property: `groups[${JSON.stringify(group)}]`,
      received: description,
      allowed: "a text, under a name of 1 to 128 characters without spaces and commas",
      fix: "rename the group, or say what it is for",
    });
  }
  return groups as Record<string, string>;
}

const ADOPTED_KEYS: readonly (keyof ExistingUserPool)[] = [
  "userPoolId",
  "userPoolArn",
  "issuer",
  "machineClientId",
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
