import {
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  type Rule,
  UpdateWebACLCommand,
  type WebACL,
} from "@aws-sdk/client-wafv2";
import type { DefenceId } from "../defences.ts";
import { EDGE_RULES } from "../observe.ts";
import type { RunningStage } from "../stage.ts";
import type { Removal } from "./removal.ts";

/** The deployed web ACL without the rules that are one defence. What is attacked is the whole stage: a web ACL has no operations. */
function edgeRule(id: DefenceId): Removal {
  return {
    id,
    remove: async (stage) => {
      const pattern = EDGE_RULES.find(([, defence]) => defence === id)?.[0];
      const { Rules: all = [] } = await deployed(stage);
      const removed = all.filter(({ Name = "" }) => pattern?.test(Name));
      if (removed.length === 0) throw new Error(`${id}: the web ACL of ${stage.stage} has no such rule`);
      await setRules(stage, (rules) => rules.filter(({ Name }) => !removed.some((rule) => rule.Name === Name)));
      return () => setRules(stage, (rules) => [...rules, ...removed]);
    },
  };
}

/** Every defence of the edge is a rule. */
export const EDGE_REMOVALS: readonly Removal[] = EDGE_RULES.map(([, id]) => edgeRule(id));

async function deployed(stage: RunningStage): Promise<WebACL> {
  const { restApiId, stageName } = stage.outputs;
  const ResourceArn = `arn:aws:apigateway:${stage.region}::/restapis/${restApiId}/stages/${stageName}`;
  const { WebACL: acl } = await stage.clients.wafv2.send(new GetWebACLForResourceCommand({ ResourceArn }));
  if (!acl) throw new Error(`no web ACL is associated with the stage of ${stage.stage}`);
  return acl;
}

/** A web ACL is changed as a whole, with the lock of its last version. */
async function setRules(stage: RunningStage, change: (rules: readonly Rule[]) => Rule[]): Promise<void> {
  const { Name, Id, DefaultAction, VisibilityConfig, Rules = [] } = await deployed(stage);
  const { WebACL, LockToken } = await stage.clients.wafv2.send(new GetWebACLCommand({ Name, Id, Scope: "REGIONAL" }));
  await stage.clients.wafv2.send(
    new UpdateWebACLCommand({
      Name,
      Id,
      Scope: "REGIONAL",
      DefaultAction,
      VisibilityConfig,
      CustomResponseBodies: WebACL?.CustomResponseBodies,
      AssociationConfig: WebACL?.AssociationConfig,
      Rules: change(Rules),
      LockToken,
    }),
  );
  await stage.reloadWebAcl();
}
