import { PolicyPack } from "@pulumi/policy";
import { levelsOf, PROFILES, type Profile } from "./levels.ts";
import { policiesOf } from "./pack.ts";
import { isPolicyHost } from "./policy-host.ts";
import { RULES } from "./registry.ts";

/**
 * Starts the pack, in the process that Pulumi runs policy packs in: the constructor starts a server and reads `package.json`.
 *
 * @param profile `dev` or `prod`; levels of single rules are set by Pulumi's own policy configuration. Default: `prod`.
 * @throws Error for another profile.
 */
export function startPack(profile: string = process.env.PALISADE_POLICY_PROFILE ?? "prod"): PolicyPack {
  if (!(PROFILES as readonly string[]).includes(profile)) {
    throw new Error(`PALISADE_POLICY_PROFILE: received "${profile}"; allowed: ${PROFILES.join(", ")}`);
  }
  return new PolicyPack("palisade", { policies: policiesOf(RULES, levelsOf(profile as Profile)) });
}

// Importing this file anywhere else starts nothing.
if (isPolicyHost(process.argv)) startPack();
