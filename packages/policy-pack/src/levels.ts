import type { Level } from "./model.ts";
import { RULES } from "./registry.ts";

/** For whom a stack is: `prod` serves people; `dev` may be cheaper and be thrown away, but not more open. */
export type Profile = "dev" | "prod";

export const PROFILES: readonly Profile[] = ["dev", "prod"];

/** Rules that advise in every profile, each with its reason; every other rule is mandatory. */
const ADVISORY: Readonly<Record<string, string>> = {
  "apigateway-stage-web-acl": "a web ACL costs money each month, and a stage may stand behind CloudFront's",
  "cognito-no-self-sign-up": "many products want people to sign up by themselves",
  "lambda-tagged": "tags protect nothing",
  "lowered-floor": "the floor was lowered with a reason; this shows it to the reviewer",
};

/** What a stack that can be thrown away need not have: copies, and protection from its own deletion. */
const ADVISORY_IN_DEV: Readonly<Record<string, string>> = {
  "cognito-deletion-protection": "a development stage is destroyed and made again",
};

/** The level of every rule for a profile. */
export function levelsOf(profile: Profile): Record<string, Level> {
  const advisory = { ...ADVISORY, ...(profile === "dev" ? ADVISORY_IN_DEV : {}) };
  return Object.fromEntries(RULES.map(({ name }) => [name, name in advisory ? "advisory" : "mandatory"]));
}
