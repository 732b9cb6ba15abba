import type { ApiEvent } from "@palisade/functions/src/shared/api";

/** Stands in for `cross-origin`: whatever origin asks is named, cookies included, as CORS packages do that are told `origin: true`. */
export function crossOriginHeaders({ headers }: Pick<ApiEvent, "headers">): Record<string, string> {
  const origin = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "origin")?.[1];
  if (origin === undefined) return {};
  return { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true", Vary: "Origin" };
}
