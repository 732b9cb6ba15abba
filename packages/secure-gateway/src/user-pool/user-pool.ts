import { resourceTags } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import type { ExistingUserPool, UserPoolArgs } from "./args.ts";
import { createMachineClient, createSessionClient } from "./clients.ts";
import { createGroups } from "./groups.ts";
import { createManagedLogin } from "./login.ts";
import { createPool } from "./pool.ts";
import { createRiskConfiguration } from "./risk.ts";
import { type UserPoolSettings, userPoolSettings } from "./validate.ts";

/**
 * Who the callers are: a Cognito user pool without sign-up, an app client for machines and one for the page's session, and the groups
 * that operations name; or a pool that exists already. It stands apart from the gateway because the authorizer's function
 * needs its ids before the gateway needs the function: pool, then functions, then gateway.
 */
export class UserPool extends pulumi.ComponentResource {
  /** The pool's id. */
  public readonly userPoolId: pulumi.Output<string>;
  /** The pool's ARN, which statements such as `cognito-idp:AdminInitiateAuth` name. */
  public readonly userPoolArn: pulumi.Output<string>;
  /** Who signs the tokens, as a URL. */
  public readonly issuer: pulumi.Output<string>;
  /** The id of the app client of machines. */
  public readonly machineClientId: pulumi.Output<string>;
  /** The id of the app client of the page's session. */
  public readonly sessionClientId: pulumi.Output<string>;
  /** Both clients' ids: whose tokens the authorizer accepts. */
  public readonly clientIds: pulumi.Output<string[]>;
  /** Where people sign in at Cognito's own page, as a URL without a trailing slash; missing without managed login. */
  public readonly loginUrl?: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args How strict the pool is. Every option has a default.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: UserPoolArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:UserPool", name, {}, opts);
    const settings = userPoolSettings(name, args);
    const pool = args.existingUserPool ?? createUserPool(name, args, settings, { parent: this });

    this.userPoolId = pulumi.output(pool.userPoolId);
    this.userPoolArn = pulumi.output(pool.userPoolArn);
    this.issuer = pulumi.output(pool.issuer);
    this.machineClientId = pulumi.output(pool.machineClientId);
    this.sessionClientId = pulumi.output(pool.sessionClientId);
    this.clientIds = pulumi.all([pool.machineClientId, pool.sessionClientId]);
    if (pool.loginUrl !== undefined) this.loginUrl = pulumi.output(pool.loginUrl);
    this.registerOutputs({
      userPoolId: this.userPoolId,
      userPoolArn: this.userPoolArn,
      issuer: this.issuer,
      machineClientId: this.machineClientId,
      sessionClientId: this.sessionClientId,
      clientIds: this.clientIds,
      loginUrl: this.loginUrl,
    });
  }
}

function createUserPool(
  name: string,
  args: UserPoolArgs,
  settings: UserPoolSettings,
  opts: { parent: pulumi.Resource },
): ExistingUserPool {
  const tags = resourceTags({ component: "UserPool", name, teamTags: args.teamTags, lowered: settings.lowered });
  const pool = createPool(name, settings, tags, opts);
  createGroups(name, pool.id, settings.groups, opts);
  createRiskConfiguration(name, pool.id, settings, opts);
  const session = createSessionClient(name, pool.id, settings, opts);
  return {
    userPoolId: pool.id,
    userPoolArn: pool.arn,
    issuer: pulumi.interpolate`https://${pool.endpoint}`,
    machineClientId: createMachineClient(name, pool.id, settings, opts).id,
    sessionClientId: session.id,
    ...(settings.managedLogin && {
      loginUrl: createManagedLogin(name, pool, session.id, settings.managedLogin, opts),
    }),
  };
}
