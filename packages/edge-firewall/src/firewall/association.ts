import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Puts the web ACL in front of the stage. A stage or a web ACL that is replaced has another ARN, and both make a new association.
 * The old one is deleted first: its deletion names the stage alone, and would undo the new one.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html
 */
export function createAssociation(
  name: string,
  stageArn: pulumi.Input<string> | undefined,
  webAcl: aws.wafv2.WebAcl,
  opts: { parent: pulumi.Resource },
): void {
  if (stageArn === undefined) return;
  new aws.wafv2.WebAclAssociation(
    childName(name, "association"),
    { resourceArn: stageArn, webAclArn: webAcl.arn },
    { ...opts, deleteBeforeReplace: true },
  );
}
