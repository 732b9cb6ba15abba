import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { PalisadeError, show } from "./errors.ts";

const ROLE_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const HASH_LENGTH = 8;

/**
 * The logical name of a component's child: `${name}-${role}`. Logical names are contract: change one only with an alias.
 *
 * @param role What the child is to its parent, in kebab-case: `log-group`, `role`.
 * @throws PalisadeError when the role is not in kebab-case.
 */
export function childName(name: string, role: string): string {
  if (!ROLE_PATTERN.test(role)) {
    throw new PalisadeError(
      `childName("${name}", ...): role is ${show(role)}; allowed: kebab-case, for example "log-group"`,
    );
  }
  return `${name}-${role}`;
}

/** What an AWS service accepts as a physical name. */
export interface NameRule {
  /** Longest name, in characters. */
  maximumLength: number;
  /** A character that is not accepted; each is replaced by a hyphen. Must be global. */
  refused: RegExp;
  /** True where the service accepts lower case only. */
  lowerCase: boolean;
}

/** The documented rules of the services whose names we must choose ourselves. */
export const NAME_RULES = {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
  logGroup: { maximumLength: 512, refused: /[^A-Za-z0-9_\-/.#]/g, lowerCase: false },
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
  databaseCluster: { maximumLength: 63, refused: /[^a-z0-9-]/g, lowerCase: true },
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
  trail: { maximumLength: 128, refused: /[^A-Za-z0-9._-]/g, lowerCase: false },
} as const satisfies Record<string, NameRule>;

/**
 * A physical name, for a service that needs one. The same input gives the same name. A name that had to be changed (cut, or a
 * character replaced) ends in a hash of the whole, so that two long names do not meet.
 *
 * @param wanted The name, unique in its account and region, for example `${stackPrefix()}-orders`.
 */
export function physicalName(wanted: string, rule: NameRule): string {
  const cleaned = (rule.lowerCase ? wanted.toLowerCase() : wanted).replace(rule.refused, "-");
  if (cleaned === wanted && wanted.length <= rule.maximumLength) return wanted;
  const hash = createHash("sha256").update(wanted).digest("hex").slice(0, HASH_LENGTH);
  return `${cleaned.slice(0, rule.maximumLength - HASH_LENGTH - 1)}-${hash}`;
}

/** `<project>-<stack>`: what keeps the physical names of two stages of one account apart. */
export function stackPrefix(): string {
  return `${pulumi.getProject()}-${pulumi.getStack()}`;
}
