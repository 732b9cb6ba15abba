import * as pulumi from "@pulumi/pulumi";
import { PalisadeError, show } from "./errors.ts";
import type { AwsPlace } from "./shapes.ts";

/** The parts of an ARN. */
export interface ArnParts {
  /** The partition: `aws`, `aws-cn`, `aws-us-gov`. */
  partition: string;
  /** The service's code. */
  service: string;
  /** The region's code; empty where the service has no region in its ARNs. */
  region: string;
  /** The account's id; empty where the service has no account in its ARNs. */
  accountId: string;
  /** All that follows the fifth colon. */
  resource: string;
}

/** True when the text has the form of an ARN. */
export function isArn(text: string): boolean {
  return /^arn:[a-z][a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:.+/.test(text);
}

/**
 * The parts of an ARN.
 *
 * @throws PalisadeError when the text is no ARN.
 */
export function parseArn(text: string): ArnParts {
  if (!isArn(text)) {
    throw new PalisadeError(
      `${show(text)} is no ARN; allowed: arn:<partition>:<service>:<region>:<account>:<resource>`,
    );
  }
  const [, partition = "", service = "", region = "", accountId = "", ...rest] = text.split(":");
  return { partition, service, region, accountId, resource: rest.join(":") };
}

/** The ARN of a resource of one region and account: `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export function arnIn(place: AwsPlace, service: string, resource: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/**
 * What API Gateway calls to invoke a function or an alias.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html (`uri`)
 */
export function lambdaInvokeArn(
  place: Pick<AwsPlace, "partition" | "region">,
  functionArn: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.interpolate`arn:${place.partition}:apigateway:${place.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

/**
 * The resource of `rds-db:connect` for one database user.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
 *
 * @param clusterResourceId The cluster's resource id (`cluster-ABC...`), not its name.
 */
export function databaseUserArn(
  place: AwsPlace,
  clusterResourceId: pulumi.Input<string>,
  user: pulumi.Input<string>,
): pulumi.Output<string> {
  return arnIn(place, "rds-db", pulumi.interpolate`dbuser:${clusterResourceId}/${user}`);
}

/**
 * What a web ACL is associated with: a REST API's stage.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html (`ResourceArn`)
 */
export function restApiStageArn(
  place: Pick<AwsPlace, "partition" | "region">,
  restApiId: pulumi.Input<string>,
  stageName: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.interpolate`arn:${place.partition}:apigateway:${place.region}::/restapis/${restApiId}/stages/${stageName}`;
}
