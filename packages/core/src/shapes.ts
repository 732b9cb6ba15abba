import type * as pulumi from "@pulumi/pulumi";

/** A log group that exists already. */
export interface ExistingLogGroup {
  /** The log group's ARN, without `:*` at its end. */
  logGroupArn: pulumi.Input<string>;
  /** The log group's name. Of a web ACL's log it begins with `aws-waf-logs-`. */
  logGroupName: pulumi.Input<string>;
}

/**
 * A Lambda function by shape. It is accepted wherever a function is needed: a `HardenedFunction` satisfies it, and so do three
 * strings of a function that exists already.
 */
export interface FunctionRef {
  /** The function's name, without a qualifier. */
  functionName: pulumi.Input<string>;
  /** The ARN that callers are permitted on: the alias's where there is one, else the function's. */
  functionArn: pulumi.Input<string>;
  /** The ARN that API Gateway's integrations and authorizers call (`arn:...:apigateway:...:lambda:path/...`). */
  invokeArn: pulumi.Input<string>;
  /** The alias's name. Permissions are added for this qualifier. Default: none, the permission is on the function itself. */
  qualifier?: pulumi.Input<string>;
}

/** One statement of an IAM policy that allows actions. There is no `Deny`, `NotAction` or `NotResource` in this shape. */
export interface PolicyStatement {
  /** The statement's id: ASCII letters and digits. Default: none. */
  sid?: string;
  /** IAM actions in full, for example `dynamodb:GetItem`. At least one. A wildcard (`*` or `?`) needs `wildcardReason`. */
  actions: string[];
  /** ARNs of the resources. At least one. A wildcard (`*` or `?`) needs `wildcardReason`. */
  resources: pulumi.Input<string>[];
  /**
   * IAM conditions: operator, then key, then a value or a list of values, each of which may be an Output. Default: none.
   * The values are `any` because Pulumi's schema analyzer has no union of a string and a list; they are checked at run time.
   */
  // biome-ignore lint/suspicious/noExplicitAny: Pulumi's schema analyzer refuses `string | string[]`
  conditions?: Record<string, Record<string, any>>;
  /** Why a wildcard in the actions or resources cannot be avoided. It becomes a tag of the role. Default: none, none allowed. */
  wildcardReason?: string;
}

/** Where in a VPC a function runs. */
export interface NetworkPlacement {
  /** Ids of the subnets, in at least two availability zones for Security Hub's control Lambda.5. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Ids of the security groups, which decide where the function may connect to. */
  securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** Partition, region and account, from `aws.getPartitionOutput` and its peers: never written down. */
export interface AwsPlace {
  /** The partition: `aws`, `aws-cn`, `aws-us-gov`. */
  partition: pulumi.Input<string>;
  /** The region's code. */
  region: pulumi.Input<string>;
  /** The account's id, twelve digits. */
  accountId: pulumi.Input<string>;
}

/** A required floor that its owner lowered on purpose. */
export interface LoweredFloor {
  /** The floor's name in kebab-case, for example `unauthenticated-route`. */
  floor: string;
  /** Why, in the owner's words. */
  reason: string;
}
