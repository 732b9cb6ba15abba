import {
  type APIGatewayClient,
  GetBasePathMappingsCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
} from "@aws-sdk/client-api-gateway";
import type { CacheSettings } from "./response-cache.ts";
import type { Route } from "./routes.ts";

/** What a stage takes up only with a deployment. */
export interface Deployment {
  id: string;
  /** `REGIONAL`, `EDGE` or `PRIVATE`. */
  endpointType: string;
  defaultEndpointDisabled: boolean;
  routes: readonly Route[];
}

/** What a stage takes up at once. */
export interface StageSettings {
  deploymentId: string;
  /** Whether there is a cache cluster at all. */
  cacheEnabled: boolean;
  /** How the answers of a method are kept, by `/path/METHOD`, and by the wildcard for both; methods that are not cached are left out. */
  caching: ReadonlyMap<string, CacheSettings>;
}

/** A custom domain that is mapped to the stage. */
export interface Domain {
  name: string;
  /** Without slashes; empty for the domain's root. */
  basePath: string;
  securityPolicy: string;
  /** Whether the name of the TLS handshake must be the request's host. */
  strict: boolean;
  /** Where the authorities are that clients' certificates must be signed by; undefined without mutual TLS. */
  truststoreUri?: string;
  truststoreVersion?: string;
}

export interface StageName {
  restApiId: string;
  stageName: string;
}

/** Reads a stage's own settings from the emulator. */
export async function readStage(client: APIGatewayClient, at: StageName): Promise<StageSettings> {
  const { deploymentId = "", cacheClusterEnabled, methodSettings = {} } = await client.send(new GetStageCommand(at));
  const caching = new Map<string, CacheSettings>();
  for (const [key, setting] of Object.entries(methodSettings)) {
    if (!setting.cachingEnabled) continue;
    // AWS writes the slashes of a path as `~1` here, the emulator as they are.
    caching.set(key.replaceAll("~1", "/"), {
      ttlSeconds: setting.cacheTtlInSeconds ?? 300,
      requireAuthorization: setting.requireAuthorizationForCacheControl ?? true,
      unauthorized: setting.unauthorizedCacheControlHeaderStrategy ?? "SUCCEED_WITH_RESPONSE_HEADER",
    });
  }
  return { deploymentId, cacheEnabled: isTrue(cacheClusterEnabled), caching };
}

/** Reads the API as it is now: what a deployment that is made now takes up. */
export async function readApi(client: APIGatewayClient, id: string, { restApiId }: StageName): Promise<Deployment> {
  const api = await client.send(new GetRestApiCommand({ restApiId }));
  const { items = [] } = await client.send(new GetResourcesCommand({ restApiId, limit: 500, embed: ["methods"] }));
  return {
    id,
    endpointType: api.endpointConfiguration?.types?.[0] ?? "EDGE",
    defaultEndpointDisabled: isTrue(api.disableExecuteApiEndpoint),
    routes: items.flatMap(({ path = "/", resourceMethods = {} }) =>
      Object.entries(resourceMethods).map(
        ([method, { methodIntegration }]): Route => ({
          method,
          path,
          cacheKeyParameters: methodIntegration?.cacheKeyParameters ?? [],
        }),
      ),
    ),
  };
}

/** Reads the custom domains that are mapped to the stage. */
export async function readDomains(client: APIGatewayClient, at: StageName): Promise<Domain[]> {
  const { items = [] } = await client.send(new GetDomainNamesCommand({ limit: 500 }));
  const found: Domain[] = [];
  for (const { domainName } of items) {
    const mappings = await client.send(new GetBasePathMappingsCommand({ domainName, limit: 500 }));
    const mapping = mappings.items?.find(
      ({ restApiId, stage }) => restApiId === at.restApiId && stage === at.stageName,
    );
    if (mapping === undefined) continue;
    const domain = await client.send(new GetDomainNameCommand({ domainName }));
    const { truststoreUri, truststoreVersion } = domain.mutualTlsAuthentication ?? {};
    found.push({
      name: domain.domainName as string,
      basePath: mapping.basePath === "(none)" ? "" : (mapping.basePath ?? ""),
      securityPolicy: domain.securityPolicy ?? "TLS_1_2",
      strict: domain.endpointAccessMode === "STRICT",
      ...(truststoreUri && { truststoreUri, truststoreVersion }),
    });
  }
  return found;
}

/** The emulator keeps what a patch sets as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}
