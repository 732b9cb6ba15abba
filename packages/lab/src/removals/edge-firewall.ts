import { AssociateWebACLCommand, DisassociateWebACLCommand, GetWebACLForResourceCommand } from "@aws-sdk/client-wafv2";
import type { RunningStage } from "../stage.ts";
import type { Restore } from "./removal.ts";

/**
 * Takes the whole firewall from in front of a stage.
 *
 * @returns puts it back
 * @throws Error where none is there: a run without it would prove nothing
 */
export async function removeFirewall({
  stage,
  outputs,
  region,
  clients,
  reloadWebAcl,
}: RunningStage): Promise<Restore> {
  const ResourceArn = `arn:aws:apigateway:${region}::/restapis/${outputs.restApiId}/stages/${outputs.stageName}`;
  const { WebACL: acl } = await clients.wafv2.send(new GetWebACLForResourceCommand({ ResourceArn }));
  const WebACLArn = acl?.ARN;
  if (WebACLArn === undefined) throw new Error(`no web ACL is associated with the stage of ${stage}`);
  await clients.wafv2.send(new DisassociateWebACLCommand({ ResourceArn }));
  await reloadWebAcl();
  return async () => {
    await clients.wafv2.send(new AssociateWebACLCommand({ ResourceArn, WebACLArn }));
    await reloadWebAcl();
  };
}
