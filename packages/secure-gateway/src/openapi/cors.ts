import type { Json } from "./document.ts";

/** Which page of another origin may call, and with what. */
export interface CorsPolicy {
  origin: string;
  allowCredentials: boolean;
  allowedHeaders: string[];
  exposedHeaders: string[];
  maxAgeSeconds: number;
}

/** The headers of every answer that the page may read; each is a static value, so that no other origin is ever named. */
export function corsHeaders({ origin, allowCredentials, exposedHeaders }: CorsPolicy): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": origin,
    ...(allowCredentials ? { "Access-Control-Allow-Credentials": "true" } : {}),
    ...(exposedHeaders.length > 0 ? { "Access-Control-Expose-Headers": exposedHeaders.join(",") } : {}),
  };
}

/**
 * The OPTIONS method of a path: API Gateway answers a preflight itself, which carries no credential and reaches no function.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 *
 * @param methods the methods of the path's operations
 */
export function preflight(policy: CorsPolicy, methods: string[]): Json {
  const headers: Record<string, string> = {
    ...corsHeaders(policy),
    "Access-Control-Allow-Methods": methods.join(","),
    ...(policy.allowedHeaders.length > 0 ? { "Access-Control-Allow-Headers": policy.allowedHeaders.join(",") } : {}),
    "Access-Control-Max-Age": String(policy.maxAgeSeconds),
    // A shared cache must not hand one origin's answer to another.
    Vary: "Origin",
  };
  // A page reads these on the answer itself, not on its preflight.
  delete headers["Access-Control-Expose-Headers"];
  return {
    summary: "The preflight of a page of another origin.",
    responses: {
      "204": {
        description: "What the page may send",
        headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: { type: "string" } }])),
      },
    },
    security: [],
    "x-amazon-apigateway-integration": {
      type: "mock",
      passthroughBehavior: "when_no_match",
      requestTemplates: { "application/json": '{"statusCode":204}' },
      responses: {
        default: {
          statusCode: "204",
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
        },
      },
    },
  };
}
