import { resourceTags, wildcardFloors } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import type { HardenedFunctionArgs } from "./args.ts";
import { createAlias, createFailureHandling, createFunction } from "./build/function.ts";
import { createLogGroup } from "./build/log-group.ts";
import { allowFailureDestination, allowOwnKey, createRole, denyNetworkToCode, statementsPolicy } from "./build/role.ts";
import { signCode } from "./build/signed-code.ts";
import { checkEnvironment } from "./environment/environment.ts";
import { resolveSettings } from "./settings.ts";
import { type Tags, TEAM_TAG } from "./tags.ts";

/** Whose code it is where no team is named. */
const PLATFORM = "platform";

/**
 * One Lambda function, one role that holds only the statements its owner named, one log group. It satisfies `FunctionRef`, so it
 * can be given wherever a function is needed.
 */
export class HardenedFunction extends pulumi.ComponentResource {
  /** The function's name, without a qualifier. */
  public readonly functionName: pulumi.Output<string>;
  /** The ARN of the alias `live`: what callers are permitted on. */
  public readonly functionArn: pulumi.Output<string>;
  /** The ARN by which API Gateway invokes the alias. */
  public readonly invokeArn: pulumi.Output<string>;
  /** The alias's name, `live`. */
  public readonly qualifier: pulumi.Output<string>;
  /** The name of the function's role. */
  public readonly roleName: pulumi.Output<string>;
  /** The ARN of the function's role. */
  public readonly roleArn: pulumi.Output<string>;
  /** The name of the function's log group. */
  public readonly logGroupName: pulumi.Output<string>;
  /** The ARN of the function's log group. */
  public readonly logGroupArn: pulumi.Output<string>;

  /**
   * @throws PalisadeError before any resource is created, when a plain value is not allowed.
   */
  constructor(name: string, args: HardenedFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:HardenedFunction", name, {}, opts);
    const settings = resolveSettings(name, args);
    const environment = checkEnvironment(name, args);
    const statements = args.statements ?? [];
    const policy = statementsPolicy(name, statements);
    const common = { component: "HardenedFunction", name, teamTags: args.teamTags };
    const team: Tags = settings.team === undefined ? {} : { [TEAM_TAG]: settings.team };
    const tags = { ...resourceTags(common), ...team };
    const roleTags = { ...resourceTags({ ...common, lowered: wildcardFloors(statements) }), ...team };
    const functionTags = { ...resourceTags({ ...common, lowered: environment.lowered }), ...team };
    const child = { parent: this };

    const logGroup = createLogGroup(name, settings, tags, child);
    const access = createRole(name, settings, { statementsPolicy: policy, logGroup, tags: roleTags }, child);
    const signedCode =
      settings.codeSigning && signCode(name, settings.code, settings.codeSigning, settings.team ?? PLATFORM, child);
    const parts = { access, logGroup, variables: environment.variables, signedCode, tags: functionTags };
    const lambda = createFunction(name, settings, parts, child);
    // No call comes before the alias, so that the first one finds its environment.
    const ownKey =
      settings.kmsKeyArn === undefined ? [] : [allowOwnKey(name, access.role, settings.kmsKeyArn, lambda.arn, child)];
    const alias = createAlias(name, settings, lambda, { ...child, dependsOn: ownKey });
    if (settings.network !== undefined) denyNetworkToCode(name, access.role, lambda.arn, child);
    if (settings.failureDestinationArn !== undefined) {
      const allowed = allowFailureDestination(name, access.role, settings.failureDestinationArn, child);
      const dependent = { ...child, dependsOn: [allowed] };
      createFailureHandling(name, settings, alias, settings.failureDestinationArn, dependent);
    }

    this.functionName = lambda.name;
    this.functionArn = alias.arn;
    this.invokeArn = alias.invokeArn;
    this.qualifier = alias.name;
    this.roleName = access.role.name;
    this.roleArn = access.role.arn;
    this.logGroupName = logGroup.name;
    this.logGroupArn = logGroup.arn;
    this.registerOutputs({
      functionName: this.functionName,
      functionArn: this.functionArn,
      invokeArn: this.invokeArn,
      qualifier: this.qualifier,
      roleName: this.roleName,
      roleArn: this.roleArn,
      logGroupName: this.logGroupName,
      logGroupArn: this.logGroupArn,
    });
  }
}
