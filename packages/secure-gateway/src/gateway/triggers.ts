import { createHash } from "node:crypto";

/** Everything that a stage takes up only with a new deployment. */
export interface DeployedSettings {
  /** The imported body as JSON: routes, integrations, models, validators, authorizers, gateway responses. */
  body: string;
  /** The resource policy as JSON; a change of it alone changes nothing at run time. */
  resourcePolicy?: string;
  disableExecuteApiEndpoint?: boolean;
  minimumCompressionSize?: string;
  binaryMediaTypes: string[];
  apiKeySource: string;
  endpointType: string;
  securityPolicy: string;
  endpointAccessMode?: string;
  vpcEndpointIds: string[];
}

/**
 * The triggers of the deployment: another value for any other settings, so that no change waits for the next deployment unnoticed
 * (pulumi-aws issue 471, and its like in every other tool).
 */
export function redeployTriggers(settings: DeployedSettings): Record<string, string> {
  // The order of the keys is fixed here, not by the caller. Media types and endpoints are sets.
  const ordered = [
    settings.body,
    settings.resourcePolicy ?? null,
    settings.disableExecuteApiEndpoint ?? null,
    settings.minimumCompressionSize ?? null,
    [...settings.binaryMediaTypes].sort(),
    settings.apiKeySource,
    settings.endpointType,
    settings.securityPolicy,
    settings.endpointAccessMode ?? null,
    [...settings.vpcEndpointIds].sort(),
  ];
  return { settings: createHash("sha256").update(JSON.stringify(ordered)).digest("hex") };
}
