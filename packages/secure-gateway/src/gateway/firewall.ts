import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type { FirewallArgs } from "./args.ts";
import type { PartOptions } from "./rest-api.ts";

/** Puts a web ACL in front of the stage. Where the stage gets another ARN, the association follows it. */
export function associateFirewall(
  name: string,
  firewall: FirewallArgs | undefined,
  stage: aws.apigateway.Stage,
  opts: PartOptions,
): void {
  if (firewall === undefined) return;
  new aws.wafv2.WebAclAssociation(
    childName(name, "firewall"),
    { resourceArn: stage.arn, webAclArn: firewall.webAclArn },
    opts,
  );
}
