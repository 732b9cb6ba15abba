import { childName, invalid, resourceTags, validatedInput, wholeNumber } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TEAM_PATTERN, TEAM_TAG } from "../tags.ts";
import type { TeamAccessArgs } from "./args.ts";
import { boundaryDocument, developerDocument, functionBoundaryDocument, type TeamDocument } from "./documents.ts";

const COMPONENT = "TeamAccess";
const SESSION_HOURS = 1;
/** The teams' roles are not below the path of their functions' roles: no team can pass its own. */
const PATH = "/palisade/developers/";

/**
 * Lets each team change the code and the configuration of its own functions, told by the tag `palisade:team`, and of no other: a role
 * for each team, with one policy for all and a boundary that no other policy of the role gets past. A team cannot change tags, what
 * guards its functions, or its own bounds, and passes only roles of its own functions.
 */
export class TeamAccess extends pulumi.ComponentResource {
  /** ARN of the policy of every team, for roles that you make yourself: the role's tag `palisade:team` says whose it is. */
  public readonly developerPolicyArn: pulumi.Output<string>;
  /** ARN of the permissions boundary of every team's role; such a role needs it, too. */
  public readonly developerBoundaryArn: pulumi.Output<string>;
  /** ARN of the permissions boundary for functions: `HardenedFunction`'s `permissionsBoundaryArn`. */
  public readonly functionBoundaryArn: pulumi.Output<string>;
  /** ARNs of the teams' roles, by the team. */
  public readonly roleArns: pulumi.Output<Record<string, string>>;

  /**
   * @throws PalisadeError when an argument is not allowed, before any resource is created.
   */
  constructor(name: string, args: TeamAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:TeamAccess", name, {}, opts);
    validate(name, args);
    const owner = { component: COMPONENT, name };
    const tags = resourceTags({ ...owner, teamTags: args.teamTags });
    const child = { parent: this };
    const place = {
      partition: aws.getPartitionOutput({}, child).partition,
      region: aws.getRegionOutput({}, child).region,
      accountId: aws.getCallerIdentityOutput({}, child).accountId,
    };
    const parts = { place, codeBucketArn: args.codeBucketArn, owner };
    const policy = (role: string, description: string, { document, lowered }: TeamDocument) =>
      new aws.iam.Policy(
        childName(name, role),
        {
          description,
          policy: document,
          path: PATH,
          tags: resourceTags({ ...owner, teamTags: args.teamTags, lowered }),
        },
        child,
      );

    const developer = policy("developer", "A team changes its own functions", developerDocument(parts));
    const boundary = policy("developer-boundary", "The most that a team may do", boundaryDocument(parts));
    const functions = policy("function-boundary", "The most that a function may do", functionBoundaryDocument(parts));
    const roles = args.teams.map((team) => {
      const role = new aws.iam.Role(
        childName(name, team),
        {
          path: PATH,
          description: `Changes the functions of the team ${team}`,
          assumeRolePolicy: trust(name, args.trustedPrincipalArns),
          permissionsBoundary: boundary.arn,
          maxSessionDuration: (args.sessionHours ?? SESSION_HOURS) * 3600,
          tags: { ...tags, [TEAM_TAG]: team },
        },
        child,
      );
      new aws.iam.RolePolicyAttachment(
        childName(name, `${team}-policy`),
        { role: role.name, policyArn: developer.arn },
        child,
      );
      return [team, role.arn] as const;
    });

    this.developerPolicyArn = developer.arn;
    this.developerBoundaryArn = boundary.arn;
    this.functionBoundaryArn = functions.arn;
    this.roleArns = pulumi.output(Object.fromEntries(roles));
    this.registerOutputs({
      developerPolicyArn: this.developerPolicyArn,
      developerBoundaryArn: this.developerBoundaryArn,
      functionBoundaryArn: this.functionBoundaryArn,
      roleArns: this.roleArns,
    });
  }
}

function validate(name: string, args: TeamAccessArgs): void {
  const { teams, trustedPrincipalArns } = args;
  const place = { component: COMPONENT, name };
  if (!Array.isArray(teams) || teams.length === 0) {
    throw invalid({
      ...place,
      property: "teams",
      received: teams,
      allowed: "at least one team",
      fix: 'name the teams, as in ["orders"]',
    });
  }
  teams.forEach((team, index) => {
    if (typeof team === "string" && TEAM_PATTERN.test(team) && !team.endsWith("-") && teams.indexOf(team) === index) {
      return;
    }
    throw invalid({
      ...place,
      property: `teams[${index}]`,
      received: team,
      allowed: "a lower-case letter, then at most 31 lower-case letters, digits and hyphens, once in the list",
      fix: 'name the team as HardenedFunction\'s `team` does, for example "orders"',
    });
  });
  if (!Array.isArray(trustedPrincipalArns) || trustedPrincipalArns.length === 0) {
    throw invalid({
      ...place,
      property: "trustedPrincipalArns",
      received: trustedPrincipalArns,
      allowed: "the ARN of at least one principal",
      fix: "name who may be a team's developer, such as the role of your single sign-on",
    });
  }
  wholeNumber({ ...place, property: "sessionHours" }, args.sessionHours ?? SESSION_HOURS, [1, 12]);
}

/** `sts:AssumeRole` and nothing else: with `sts:TagSession` who assumes it could name another team. */
function trust(name: string, principals: pulumi.Input<string>[]): pulumi.Output<string> {
  const checked = principals.map((principal, index) =>
    validatedInput(principal, (received) => {
      if (/^arn:[a-z][a-z0-9-]*:(iam|sts)::\d{12}:[^*?]+$/.test(received)) return;
      throw invalid({
        component: COMPONENT,
        name,
        property: `trustedPrincipalArns[${index}]`,
        received,
        allowed: "the ARN of one principal of IAM, without a wildcard",
        fix: "name the role, the user or the root of an account",
      });
    }),
  );
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: checked }, Action: "sts:AssumeRole" }],
  });
}
