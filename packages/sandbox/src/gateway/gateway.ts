import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import {
  type Deployment,
  type Domain,
  readApi,
  readDomains,
  readStage,
  type StageName,
  type StageSettings,
} from "./deployed.ts";
import {
  type Answer,
  type CachedAnswer,
  type CacheRequest,
  type CacheSettings,
  ResponseCache,
} from "./response-cache.ts";
import { type Match, matchRoute } from "./routes.ts";

/** Why a request was refused before the API: the part of this folder that is named in records. */
export type GatewayRule =
  | "default-endpoint"
  | "private-endpoint"
  | "mutual-tls"
  | "endpoint-access-mode"
  | "domain-mapping";

/** How a request came. */
export interface Arrival {
  /** The `Host` header. */
  host: string;
  /** Path and query, as sent. */
  path: string;
  /** Of a request over TLS: the name of the handshake, and whether the client's certificate is one of the truststore's. */
  tls?: { servername: string; certified: boolean };
}

/** Where a request goes on, or why it does not. */
export type Admission = { admitted: true; path: string } | { admitted: false; rule: GatewayRule };

/** What stands in front of the emulator's gateway: the addresses of the API, and the stage's response cache. */
export interface Gateway {
  admit(arrival: Arrival): Admission;
  /** How the answers of a request are kept; undefined where they are not. */
  caching(method: string, path: string): { match: Match; settings: CacheSettings } | undefined;
  /** The answer to give in the place of the gateway's own. */
  answer(
    cached: { match: Match; settings: CacheSettings },
    request: CacheRequest,
    fresh: Answer,
  ): CachedAnswer | undefined;
  flushCache(): void;
  domains(): readonly Domain[];
  /** Reads the stage anew. What AWS takes up on deployment only counts when the stage has a deployment that was not seen before. */
  reload(): Promise<void>;
}

export interface GatewayOptions extends StageName {
  client: APIGatewayClient;
  region: string;
  now?: () => number;
}

/** Reads a stage from the emulator. */
export async function openGateway({ client, region, now, ...at }: GatewayOptions): Promise<Gateway> {
  const cache = new ResponseCache(now);
  const deployments = new Map<string, Deployment>();
  let settings: StageSettings;
  let deployment: Deployment;
  let domains: readonly Domain[];
  const defaultHost = `${at.restApiId}.execute-api.${region}.amazonaws.com`;

  async function reload(): Promise<void> {
    const [stage, mapped] = await Promise.all([readStage(client, at), readDomains(client, at)]);
    const known = deployments.get(stage.deploymentId) ?? (await readApi(client, stage.deploymentId, at));
    deployments.set(stage.deploymentId, known);
    // All at once, so that a request meets the one or the other.
    [settings, deployment, domains] = [stage, known, mapped];
  }

  /** At the API's own address the stage is a part of the path. */
  function atDefaultEndpoint(path: string): Admission {
    if (deployment.endpointType === "PRIVATE") return { admitted: false, rule: "private-endpoint" };
    if (deployment.defaultEndpointDisabled) return { admitted: false, rule: "default-endpoint" };
    const rest = below(path, at.stageName);
    return rest === undefined ? { admitted: false, rule: "domain-mapping" } : { admitted: true, path: rest };
  }

  function atDomain(domain: Domain, { path, tls }: Arrival): Admission {
    const certified = tls?.certified === true && tls.servername === domain.name;
    if (domain.truststoreUri !== undefined && !certified) return { admitted: false, rule: "mutual-tls" };
    const rest = domain.basePath === "" ? path : below(path, domain.basePath);
    return rest === undefined ? { admitted: false, rule: "domain-mapping" } : { admitted: true, path: rest };
  }

  /** `/` at an address that is nobody's name stands for the stage at its public address. */
  function atLoopback(arrival: Arrival): Admission {
    if (deployment.endpointType === "PRIVATE") return { admitted: false, rule: "private-endpoint" };
    if (!deployment.defaultEndpointDisabled) return { admitted: true, path: arrival.path };
    const [domain] = domains;
    if (domain === undefined) return { admitted: false, rule: "default-endpoint" };
    return atDomain({ ...domain, basePath: "" }, arrival);
  }

  await reload();
  return {
    reload,
    flushCache: () => cache.flush(),
    domains: () => domains,
    admit(arrival) {
      const host = arrival.host.replace(/:\d+$/, "").toLowerCase();
      if (arrival.tls !== undefined) {
        const shaken = domains.find(({ name }) => name === arrival.tls?.servername);
        if (shaken?.strict === true && host !== shaken.name) return { admitted: false, rule: "endpoint-access-mode" };
      }
      if (host === defaultHost) return atDefaultEndpoint(arrival.path);
      const domain = domains.find(({ name }) => name === host);
      if (domain !== undefined) return atDomain(domain, arrival);
      // Over TLS a client has asked for a name, and this one is nobody's.
      return arrival.tls === undefined ? atLoopback(arrival) : { admitted: false, rule: "domain-mapping" };
    },
    caching(method, path) {
      if (!settings.cacheEnabled || settings.caching.size === 0) return undefined;
      const match = matchRoute(deployment.routes, method, path.split("?")[0] as string);
      if (match === undefined) return undefined;
      const own = settings.caching.get(`${match.route.path}/${method}`);
      // AWS keeps answers to GET alone where a setting is for all methods.
      const found = own ?? (method === "GET" ? settings.caching.get("*/*") : undefined);
      return found === undefined ? undefined : { match, settings: found };
    },
    answer: ({ match, settings: how }, request, fresh) => cache.answer(match, request, how, fresh),
  };
}

/** The path and query below a first segment; undefined where the path is not below it. */
function below(path: string, segment: string): string | undefined {
  const prefix = `/${segment}`;
  if (path === prefix) return "/";
  if (path.startsWith(`${prefix}/`)) return path.slice(prefix.length);
  return path.startsWith(`${prefix}?`) ? `/${path.slice(prefix.length)}` : undefined;
}
