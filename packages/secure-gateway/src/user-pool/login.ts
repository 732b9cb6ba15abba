import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ManagedLoginArgs } from "./args.ts";

/**
 * Cognito's own page to sign in at, in its newer form, which needs a look of its own even where that is Cognito's
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html).
 *
 * @returns the page's URL, without a trailing slash
 */
export function createManagedLogin(
  name: string,
  pool: aws.cognito.UserPool,
  clientId: pulumi.Input<string>,
  { domainPrefix }: ManagedLoginArgs,
  opts: { parent: pulumi.Resource },
): pulumi.Output<string> {
  const domain = new aws.cognito.UserPoolDomain(
    childName(name, "login-domain"),
    { domain: domainPrefix, userPoolId: pool.id, managedLoginVersion: 2 },
    opts,
  );
  new aws.cognito.ManagedLoginBranding(
    childName(name, "login-branding"),
    { userPoolId: pool.id, clientId, useCognitoProvidedValues: true },
    opts,
  );
  return pulumi.all([domain.domain, pool.arn]).apply(([prefix, arn]) => {
    const [, partition, , region] = arn.split(":");
    const host = partition === "aws-us-gov" ? "auth-fips" : "auth";
    return `https://${prefix}.${host}.${region}.amazoncognito.com`;
  });
}
