import type * as pulumi from "@pulumi/pulumi";

/** What a `TeamAccess` takes. */
export interface TeamAccessArgs {
  /**
   * The teams, as `HardenedFunction`'s `team` names them: a lower-case letter, then at most 31 lower-case letters, digits and hyphens.
   * Each gets a role. Must be a literal list.
   */
  teams: string[];
  /**
   * ARNs of the principals that may assume the teams' roles, such as the role of your single sign-on or an account's root, by which each
   * principal of that account may that its own policies permit. `*` is refused. They can give a session no tags, so that nobody
   * names another team.
   */
  trustedPrincipalArns: pulumi.Input<string>[];
  /**
   * ARN of the bucket of a `CodeSigning`. A team may then upload code below `unsigned/<team>/` and read what was signed below
   * `signed/<team>/`. It may not sign: that is for whoever reviews. Whether it is given must be known when the program runs.
   * Default: none.
   */
  codeBucketArn?: pulumi.Input<string>;
  /** Hours that a session of a team's role may last, 1 to 12. Must be a literal. Default: 1. @default 1 */
  sessionHours?: number;
  /** Tags of every resource, beside Palisade's own. Default: none. */
  teamTags?: Record<string, pulumi.Input<string>>;
}
