import type { CorsPolicy } from "../openapi/cors.ts";
import type { ApiContract } from "../openapi/operations.ts";
import type { SecureGatewayArgs } from "./args.ts";
import type { Checks } from "./checks.ts";
import { DEFAULTS } from "./defaults.ts";

/** Checks the page of another origin; undefined where there is none. */
export function corsSettings(
  check: Checks,
  { cors, usagePlan }: SecureGatewayArgs,
  contract: ApiContract,
): CorsPolicy | undefined {
  if (cors === undefined) return undefined;
  check.plain("cors", cors, "{ origin, allowCredentials, allowedHeaders, exposedHeaders, maxAgeSeconds }");
  for (const { method, path } of contract.operations) {
    if (method !== "OPTIONS") continue;
    check.fail({
      property: "cors",
      receivedText: `beside OPTIONS ${path} of apiDocument`,
      allowed: "a document without OPTIONS: preflights are answered from cors",
      fix: `remove OPTIONS ${path} from apiDocument, or leave cors out and answer preflights in the function`,
    });
  }
  return {
    origin: origin(check, cors.origin),
    allowCredentials: cors.allowCredentials === true,
    allowedHeaders: headers(
      check,
      "cors.allowedHeaders",
      cors.allowedHeaders ?? documentHeaders(contract, usagePlan !== undefined),
    ),
    exposedHeaders: headers(check, "cors.exposedHeaders", cors.exposedHeaders ?? []),
    // Chromium keeps a preflight for two hours at most, Firefox for a day.
    maxAgeSeconds: check.whole("cors.maxAgeSeconds", cors.maxAgeSeconds ?? DEFAULTS.corsMaxAgeSeconds, [0, 7200]),
  };
}

/** RFC 6454, 6.2: scheme, host and port, and nothing behind them. `null` is what a sandboxed page of anybody's sends. */
function origin(check: Checks, value: unknown): string {
  if (typeof value === "string" && value.startsWith("https://") && URL.canParse(value)) {
    if (new URL(value).origin === value && !value.includes("*")) return value;
  }
  return check.fail({
    property: "cors.origin",
    received: value,
    allowed: "one origin exactly, as https://partners.example.com: no wildcard, no null, no path, no slash at its end",
    fix: "set cors.origin to the page's own",
  });
}

function headers(check: Checks, property: string, names: string[]): string[] {
  for (const [index, name] of names.entries()) {
    if (typeof name === "string" && /^[A-Za-z0-9-]+$/.test(name)) continue;
    check.fail({
      property: `${property}[${index}]`,
      received: name,
      allowed: "the name of one header: letters, digits and hyphens, no wildcard",
      fix: "name each header",
    });
  }
  return names;
}

/** The headers that callers of this API set. A browser sets `Cookie` itself, and lets no script do it. */
function documentHeaders(contract: ApiContract, metered: boolean): string[] {
  const named = contract.operations.flatMap(({ parameters, identityHeader, body }) => [
    ...parameters.filter(({ in: where }) => where === "header").map(({ name }) => name),
    ...(identityHeader === undefined || identityHeader === "Cookie" ? [] : [identityHeader]),
    ...(body === undefined ? [] : ["Content-Type"]),
  ]);
  return [...new Set([...named, ...(metered ? ["x-api-key"] : [])])].sort();
}
