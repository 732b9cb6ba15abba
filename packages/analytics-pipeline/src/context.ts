import {
  type AwsPlace,
  allowDocument,
  childName,
  type LoweredFloor,
  type PolicyStatement,
  resourceTags,
  stackPrefix,
  wildcardFloors,
} from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AnalyticsPipelineArgs } from "./args.ts";
import { COMPONENT } from "./checks.ts";
import { type PipelineSettings, pipelineSettings } from "./settings.ts";

/** What every build file of an `AnalyticsPipeline` needs. */
export interface PipelineContext {
  name: string;
  args: AnalyticsPipelineArgs;
  settings: PipelineSettings;
  place: AwsPlace;
  /** What physical names begin with, where a service needs one. */
  prefix: string;
  /** Tags of every child. */
  tags: Record<string, pulumi.Input<string>>;
  /** Tags with the floors that are lowered for this one child. */
  loweredTags: (...floors: LoweredFloor[]) => Record<string, pulumi.Input<string>>;
  /** Options of every child. */
  child: { parent: pulumi.Resource };
}

/**
 * Checks the arguments and gathers it.
 *
 * @throws PalisadeError when an argument is not allowed.
 */
export function pipelineContext(name: string, args: AnalyticsPipelineArgs, parent: pulumi.Resource): PipelineContext {
  const settings = pipelineSettings(name, args);
  const tagged = { component: COMPONENT, name, teamTags: args.teamTags };
  const tags = resourceTags(tagged);
  const child = { parent };
  return {
    name,
    args,
    settings,
    place: {
      partition: aws.getPartitionOutput({}, child).partition,
      region: aws.getRegionOutput({}, child).region,
      accountId: aws.getCallerIdentityOutput({}, child).accountId,
    },
    prefix: `${stackPrefix()}-${name}`,
    tags,
    loweredTags: (...lowered) => resourceTags({ ...tagged, lowered }),
    child,
  };
}

/** A role with exactly these statements; each wildcard of theirs is a tag of the role. */
export function roleWith(
  { name, args, loweredTags, child }: PipelineContext,
  part: string,
  description: string,
  assumeRolePolicy: pulumi.Input<string>,
  statements: PolicyStatement[],
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(
    childName(name, `${part}-role`),
    {
      description,
      assumeRolePolicy,
      permissionsBoundary: args.permissionsBoundaryArn,
      tags: loweredTags(...wildcardFloors(statements)),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    childName(name, `${part}-policy`),
    { role: role.id, policy: allowDocument(statements, { component: COMPONENT, name, property: part }) },
    child,
  );
  return { role, policy };
}
