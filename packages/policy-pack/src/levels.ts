import type { Level } from "./model.ts";
import { RULES } from "./registry.ts";

/** For whom a stack is: `prod` serves people; `dev` holds made-up users, may be cheaper and be thrown away. */
export type Profile = "dev" | "prod";

export const PROFILES: readonly Profile[] = ["dev", "prod"];

/** Rules that advise in every profile, each with its reason; every other rule is mandatory. */
const ADVISORY: Readonly<Record<string, string>> = {
  "cloudtrail-object-reads": "data events are priced by event, and a bucket that is read all day has many",
  "cloudtrail-object-writes": "data events are priced by event",
  "cognito-no-self-sign-up": "many products want people to sign up by themselves",
  "lambda-tagged": "tags protect nothing",
  "lowered-floor": "the floor was lowered with a reason; this shows it to the reviewer",
  "s3-kms": "S3 encrypts every object anyway; a key of one's own costs a dollar a month",
  "s3-object-lock": "what is locked cannot be deleted with its stack either",
  "s3-versioning": "not every object is worth a copy",
};

/** What a stack without people's data need not have: copies, protection from its own deletion, and what is priced by the user. */
const ADVISORY_IN_DEV: Readonly<Record<string, string>> = {
  "cognito-deletion-protection": "a development stage is destroyed and made again",
  "cognito-mfa": "its users are made up, and its tests sign in by themselves",
  "cognito-threat-protection": "the Plus tier is priced by the user, and its users are made up",
  "dynamodb-deletion-protection": "a development stage is destroyed and made again",
  "ecr-lifecycle": "a development repository is deleted with its stage",
  "kinesis-retention": "a week of records costs more than a day's",
  "network-firewall-deletion-protection": "a development stage is destroyed and made again",
  "network-firewall-subnet-protection": "a development stage is destroyed and made again",
  "opensearch-three-nodes": "two more nodes triple the price of a development stage",
  "rds-deletion-protection": "a development stage is destroyed and made again",
  "rds-final-snapshot": "a development stage is destroyed and made again",
  "rds-instance-zones": "a standby doubles the price of a development stage",
  "rds-multiple-instances": "a second instance doubles the price of a development stage",
  "redshift-zones": "a second zone doubles the price of a development stage",
  "sagemaker-endpoint-instances": "a second instance doubles the price of a development stage",
  "secretsmanager-recovery": "a development stage is destroyed and made again",
  "verifiedpermissions-deletion-protection": "a development stage is destroyed and made again",
};

/** The level of every rule for a profile. */
export function levelsOf(profile: Profile): Record<string, Level> {
  const advisory = { ...ADVISORY, ...(profile === "dev" ? ADVISORY_IN_DEV : {}) };
  return Object.fromEntries(RULES.map(({ name }) => [name, name in advisory ? "advisory" : "mandatory"]));
}
