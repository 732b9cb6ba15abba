import { resourceTags } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import type { SecureGatewayArgs } from "./args.ts";
import { type GatewaySettings, gatewaySettings } from "./validate.ts";

type Tags = Record<string, pulumi.Input<string>>;

/** What every build file of `SecureGateway` needs. */
export interface BuildContext {
  name: string;
  args: SecureGatewayArgs;
  settings: GatewaySettings;
  /** Of every resource but the API. */
  tags: Tags;
  /** Of the API, with the floors that its document lowers. */
  apiTags: Tags;
  /** Options of every child. */
  child: { parent: pulumi.Resource };
}

/**
 * Gathers it.
 *
 * @throws PalisadeError for the first argument that is not allowed.
 */
export function buildContext(name: string, args: SecureGatewayArgs, parent: pulumi.Resource): BuildContext {
  const settings = gatewaySettings(name, args);
  const tagged = { component: "SecureGateway", name, teamTags: args.teamTags };
  return {
    name,
    args,
    settings,
    tags: resourceTags(tagged),
    apiTags: resourceTags({ ...tagged, lowered: settings.lowered }),
    child: { parent },
  };
}
