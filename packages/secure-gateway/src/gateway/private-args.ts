import type * as pulumi from "@pulumi/pulumi";

/**
 * From where a private API may be called; at least one of the two lists. With both, a caller must meet both. An organization cannot be
 * named: `aws:PrincipalOrgID` is known of requests that IAM authorizes, and those of this API are authorized by its authorizers.
 */
export interface PrivateAccessArgs {
  /**
   * Ids of interface endpoints for `execute-api` that callers must come through, a literal list of at least one. The API also gets a
   * name of its own at each of them. The default is every endpoint of `vpcIds`.
   */
  vpcEndpointIds?: pulumi.Input<string>[];
  /** Ids of VPCs that callers must be in, a literal list of at least one. The default is every VPC of `vpcEndpointIds`. */
  vpcIds?: pulumi.Input<string>[];
}
