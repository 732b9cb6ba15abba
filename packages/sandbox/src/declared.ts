import { type Identity, physicalName } from "./identity.ts";
import type { Properties, ResourceState } from "./resources/handler.ts";

/**
 * The state of a resource that is declared, not emulated: an id, a name and an ARN of the right form, so that the program can
 * go on, and nothing behind them.
 *
 * @param type Type token, as `aws:wafv2/webAcl:WebAcl`.
 */
export function declaredState(type: string, name: string, inputs: Properties, identity: Identity): ResourceState {
  const [, module = "", className = ""] = type.split(":");
  const service = module.split("/")[0] as string;
  const kind = className.charAt(0).toLowerCase() + className.slice(1);
  const { partition, region, accountId } = identity;
  const given = typeof inputs.name === "string" ? inputs.name : undefined;
  const physical = given ?? physicalName(name);
  return {
    id: physical,
    outputs: { name: physical, arn: `arn:${partition}:${service}:${region}:${accountId}:${kind}/${physical}` },
  };
}
