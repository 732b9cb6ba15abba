import { type ApiEvent, header } from "../api.ts";

/**
 * Which page of another origin may read an answer in a browser: the one that the stage's configuration names (`CORS_ORIGIN`), told from
 * any other by its whole origin. Without one, no page of another origin may; no origin that asks is ever repeated. The gateway says the
 * same of preflights and of its own answers.
 *
 * @param environment by default the function's
 */
export function crossOriginHeaders(
  event: Pick<ApiEvent, "headers">,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const allowed = environment.CORS_ORIGIN;
  if (allowed === undefined || allowed === "") return {};
  // The answer depends on the origin that asks, for a cache in between.
  const vary = { Vary: "Origin" };
  return header(event, "Origin") === allowed ? { ...vary, "Access-Control-Allow-Origin": allowed } : vary;
}
