import type * as pulumi from "@pulumi/pulumi";

/** Tags as every build file receives them. */
export type Tags = Record<string, pulumi.Input<string>>;

/** The tag by which a function is a team's: `TeamAccess` compares it with the same tag of who makes a call. */
export const TEAM_TAG = "palisade:team";

/** A team's name: in a tag, a path of IAM and a key of S3. */
export const TEAM_PATTERN = /^[a-z][a-z0-9-]{0,31}$/;

/** The path of the roles of a team's functions. */
export function teamRolePath(team: string): string {
  return `/palisade/team/${team}/`;
}
