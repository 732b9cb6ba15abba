import type * as pulumi from "@pulumi/pulumi";

/** The user pool whose tokens say who asks. A `UserPool` fits. */
export interface PolicyStoreUserPool {
  /** The pool's id. Verified Permissions puts it before the name of each group: `<pool id>|<group>`. */
  userPoolId: pulumi.Input<string>;
  /** The pool's ARN. It must be of the same account (https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/identity-sources-cognito.html). */
  userPoolArn: pulumi.Input<string>;
  /** Ids of the app clients whose tokens are taken. */
  clientIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** The arguments of `PolicyStore`. */
export interface PolicyStoreArgs {
  /**
   * The parsed OpenAPI 3.0 document that the schema is made from: its protected operations are the actions, `x-palisade-resources` of the
   * document names the entity types with their attributes, and `x-palisade-resource` of an operation the type that it is asked about, beside
   * the API itself. Must be a literal.
   */
  // biome-ignore lint/suspicious/noExplicitAny: a parsed document; `unknown` is not inferred as a type of Pulumi's schema
  apiDocument: any;

  /**
   * The Cedar policies: the text of each file by the file's name, one policy a file. `readPolicies(folder)` reads a folder. A group is written
   * `Role::"{userPool}|<group>"`, where `{userPool}` becomes the pool's id on deploy. Must be a literal: each is checked with the Cedar engine
   * before anything is created.
   */
  policies: Record<string, string>;

  /** Who asks: a user pool of the same account. A change of the pool changes the identity source and every policy that names a group. */
  userPool: PolicyStoreUserPool;

  /**
   * The namespace of the entity types and actions, as the policies write it. Must be a literal. The default is `Palisade`.
   *
   * @default "Palisade"
   */
  namespace?: string;

  /**
   * A written reason to let the store be deleted: turns deletion protection off, and with the store every permission is gone. The reason
   * becomes the tag `palisade:lowered:deletion-protection`. Must be a literal. The default is none, the store is protected.
   */
  allowDeletion?: string;

  /**
   * A written reason to ask the store only whether a caller may call an operation, and never whether it may touch the thing that the operation
   * names: the policies about resources are then without effect. It changes nothing of the store; it says what its callers leave out, as the
   * tag `palisade:lowered:resource-permissions`. Must be a literal. The default is none.
   */
  allowUnaskedResources?: string;

  /** Tags of the store, beside Palisade's own. The default is none. */
  teamTags?: Record<string, pulumi.Input<string>>;
}
