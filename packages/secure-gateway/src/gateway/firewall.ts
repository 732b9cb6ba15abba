import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type { BuildContext } from "./context.ts";

/**
 * Puts a web ACL in front of the stage. Where the stage gets another ARN, the association follows it. The old one is deleted first:
 * its deletion names the stage alone, and would undo the new one.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html
 */
export function associateFirewall({ name, args, child }: BuildContext, stage: aws.apigateway.Stage): void {
  if (args.firewall === undefined) return;
  new aws.wafv2.WebAclAssociation(
    childName(name, "firewall"),
    { resourceArn: stage.arn, webAclArn: args.firewall.webAclArn },
    { ...child, deleteBeforeReplace: true },
  );
}
