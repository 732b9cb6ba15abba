import { childName, type PolicyStatement, resourceTags } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyStoreArgs } from "./args.ts";
import { FIXED, TYPES, USER_POOL } from "./defaults.ts";
import { type PolicyStoreSettings, policyStoreSettings } from "./validate.ts";

/**
 * Who may do what: a policy store of Amazon Verified Permissions. Its schema is made from the OpenAPI document, its policies are Cedar files
 * that the Cedar engine has checked at preview, and its identity source is the user pool, whose groups are roles. A store without its
 * policies, or without its identity source, permits nothing.
 */
export class PolicyStore extends pulumi.ComponentResource {
  /** The store's id, which every question names. */
  public readonly policyStoreId: pulumi.Output<string>;
  /** The store's ARN. */
  public readonly policyStoreArn: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What the policies are and whom they are about.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError when an argument is not allowed, a policy is not valid, or an operation has no decision: before any resource is
   *   created.
   */
  constructor(name: string, args: PolicyStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:PolicyStore", name, {}, opts);
    const settings = policyStoreSettings(name, args);
    const store = createStore(name, args, settings, { parent: this });
    const schema = createSchema(name, settings, store, { parent: this });
    createPolicies(name, args, settings, store, { parent: this, dependsOn: [schema] });
    createIdentitySource(name, args, settings, store, { parent: this, dependsOn: [schema] });
    this.policyStoreId = store.policyStoreId;
    this.policyStoreArn = store.arn;
    this.registerOutputs({ policyStoreId: this.policyStoreId, policyStoreArn: this.policyStoreArn });
  }

  /**
   * The statement that lets a role ask the store.
   *
   * @param actions Actions of Verified Permissions. Default: `IsAuthorizedWithToken`, which covers `BatchIsAuthorizedWithToken` (it has no
   *   permission of its own) and, unlike `IsAuthorized`, takes nobody's word for who asks.
   */
  statement(...actions: string[]): PolicyStatement {
    return {
      sid: "AskPolicyStore",
      actions: (actions.length > 0 ? actions : ["IsAuthorizedWithToken"]).map((each) => `verifiedpermissions:${each}`),
      resources: [this.policyStoreArn],
    };
  }
}

interface ChildOptions {
  parent: pulumi.Resource;
  dependsOn?: pulumi.Resource[];
}

function createStore(
  name: string,
  { teamTags }: PolicyStoreArgs,
  { deletable, lowered }: PolicyStoreSettings,
  opts: ChildOptions,
): aws.verifiedpermissions.PolicyStore {
  return new aws.verifiedpermissions.PolicyStore(
    childName(name, "store"),
    {
      validationSettings: { mode: FIXED.validationMode },
      deletionProtection: deletable ? "DISABLED" : "ENABLED",
      tags: resourceTags({ component: "PolicyStore", name, teamTags, lowered }),
    },
    opts,
  );
}

function createSchema(
  name: string,
  { api }: PolicyStoreSettings,
  { policyStoreId }: aws.verifiedpermissions.PolicyStore,
  opts: ChildOptions,
): aws.verifiedpermissions.Schema {
  return new aws.verifiedpermissions.Schema(
    childName(name, "schema"),
    { policyStoreId, definition: { value: JSON.stringify(api.schema) } },
    opts,
  );
}

function createPolicies(
  name: string,
  { userPool }: PolicyStoreArgs,
  { policies }: PolicyStoreSettings,
  { policyStoreId }: aws.verifiedpermissions.PolicyStore,
  opts: ChildOptions,
): void {
  for (const [file, text] of Object.entries(policies)) {
    const statement = pulumi.output(userPool.userPoolId).apply((id) => text.replaceAll(USER_POOL, id));
    new aws.verifiedpermissions.Policy(
      childName(name, `policy-${file.replace(/\.cedar$/, "")}`),
      { policyStoreId, definition: { static: { description: file, statement } } },
      opts,
    );
  }
}

function createIdentitySource(
  name: string,
  { userPool }: PolicyStoreArgs,
  { namespace }: PolicyStoreSettings,
  { policyStoreId }: aws.verifiedpermissions.PolicyStore,
  opts: ChildOptions,
): void {
  new aws.verifiedpermissions.IdentitySource(
    childName(name, "identity-source"),
    {
      policyStoreId,
      principalEntityType: `${namespace}::${TYPES.user}`,
      configuration: {
        cognitoUserPoolConfiguration: {
          userPoolArn: userPool.userPoolArn,
          clientIds: userPool.clientIds,
          groupConfiguration: { groupEntityType: `${namespace}::${TYPES.role}` },
        },
      },
    },
    opts,
  );
}
