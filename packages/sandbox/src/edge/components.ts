import type { FieldToMatch, OversizeHandling } from "@aws-sdk/client-wafv2";
import { EdgeError } from "./errors.ts";
import type { Inspected, Pair } from "./inspected.ts";
import type { JsonPart } from "./json-body.ts";

/** A text of a component, one character a byte, and what the log calls its place. */
export interface Content {
  text: string;
  /** Name of the header, the cookie, the argument or the JSON pointer. */
  name?: string;
}

/** A component: its texts, or a verdict that makes looking at them needless. */
export type Selected = readonly Content[] | "match" | "no-match";

export interface Component {
  /** As WAF's log writes it in `terminatingRuleMatchDetails`. */
  location: string;
  select(inspected: Inspected): Selected;
}

/**
 * Makes the reader of a request component
 * (docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html). A component that a request lacks has no texts, so
 * that nothing matches.
 *
 * @throws EdgeError when the component is not one that the edge evaluates.
 */
export function compileComponent(field: FieldToMatch | undefined, where: string): Component {
  if (field?.Method) return one("METHOD", ({ request }) => request.method);
  if (field?.UriPath) return one("URI", ({ request }) => request.path);
  if (field?.QueryString) return one("QUERY_STRING", ({ request }) => request.query);
  if (field?.SingleHeader) {
    const wanted = lower(field.SingleHeader.Name);
    return named("HEADER", ({ headers }) => headers.filter(([name]) => lower(name) === wanted));
  }
  if (field?.SingleQueryArgument) {
    const wanted = lower(field.SingleQueryArgument.Name);
    return named("SINGLE_QUERY_ARG", ({ queryArguments }) => queryArguments.filter(([name]) => lower(name) === wanted));
  }
  // "AWS WAF inspects the values of all parameters within the query string": names are not among them.
  if (field?.AllQueryArguments) return named("ALL_QUERY_ARGS", ({ queryArguments }) => queryArguments);
  if (field?.Headers) {
    const { MatchPattern, MatchScope, OversizeHandling } = field.Headers;
    const keep = filter(MatchPattern?.IncludedHeaders, MatchPattern?.ExcludedHeaders, lower);
    return pairs("HEADER", keep, MatchScope, OversizeHandling, ({ headers }) => headers, "headersOversize");
  }
  if (field?.Cookies) {
    const { MatchPattern, MatchScope, OversizeHandling } = field.Cookies;
    // A cookie's name is case-sensitive (RFC 6265).
    const keep = filter(MatchPattern?.IncludedCookies, MatchPattern?.ExcludedCookies, (name) => name ?? "");
    return pairs("COOKIE", keep, MatchScope, OversizeHandling, ({ cookies }) => cookies, "cookiesOversize");
  }
  if (field?.HeaderOrder) {
    return handlingOversize("HEADER_ORDER", field.HeaderOrder.OversizeHandling, "headersOversize", ({ headers }) => [
      { text: headers.map(([name]) => lower(name)).join(":") },
    ]);
  }
  if (field?.Body) {
    return handlingOversize("BODY", field.Body.OversizeHandling, "bodyOversize", ({ body }) => [{ text: body }]);
  }
  if (field?.JsonBody) return jsonBody(field.JsonBody);
  throw new EdgeError(
    `${where}: the request component ${JSON.stringify(Object.keys(field ?? {}))} is not evaluated by the sandbox's edge; known are Method, ` +
      "UriPath, QueryString, SingleHeader, Headers, HeaderOrder, Cookies, SingleQueryArgument, AllQueryArguments, Body and JsonBody",
  );
}

function one(location: string, read: (inspected: Inspected) => string): Component {
  return { location, select: (inspected) => [{ text: read(inspected) }] };
}

function named(location: string, read: (inspected: Inspected) => readonly Pair[]): Component {
  return { location, select: (inspected) => read(inspected).map(([name, text]) => ({ name, text })) };
}

type Oversize = "bodyOversize" | "headersOversize" | "cookiesOversize";

/**
 * What is more than AWS WAF gets decides before the content does, when the rule says so
 * (docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-oversize-handling.html). The API's default is CONTINUE.
 */
function handlingOversize(
  location: string,
  handling: OversizeHandling | undefined,
  oversize: Oversize,
  select: (inspected: Inspected) => Selected,
): Component {
  return {
    location,
    select(inspected) {
      if (inspected[oversize] && handling === "MATCH") return "match";
      if (inspected[oversize] && handling === "NO_MATCH") return "no-match";
      return select(inspected);
    },
  };
}

function pairs(
  location: string,
  keep: (name: string) => boolean,
  scope: string | undefined,
  handling: OversizeHandling | undefined,
  read: (inspected: Inspected) => readonly Pair[],
  oversize: Oversize,
): Component {
  return handlingOversize(location, handling, oversize, (inspected) =>
    read(inspected).flatMap(([name, value]) => {
      if (!keep(name)) return [];
      const contents: Content[] = [];
      if (scope !== "VALUE") contents.push({ name, text: name });
      if (scope !== "KEY") contents.push({ name, text: value });
      return contents;
    }),
  );
}

function filter(
  included: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
  normal: (name: string | undefined) => string,
): (name: string) => boolean {
  const set = new Set((included ?? excluded)?.map(normal));
  if (included) return (name) => set.has(normal(name));
  return (name) => !set.has(normal(name));
}

function jsonBody(settings: NonNullable<FieldToMatch["JsonBody"]>): Component {
  const { MatchPattern, MatchScope, InvalidFallbackBehavior, OversizeHandling } = settings;
  const paths = MatchPattern?.IncludedPaths;
  const wanted = ({ kind, pointer }: JsonPart) =>
    (MatchScope === "ALL" || MatchScope === undefined || MatchScope === kind.toUpperCase()) &&
    (paths === undefined || paths.some((path) => pointer === path || pointer.startsWith(`${path}/`)));
  return handlingOversize("JSON_BODY", OversizeHandling, "bodyOversize", ({ body, json }) => {
    // No body is not a body that cannot be parsed: the request lacks the component.
    if (body === "") return [];
    const { parts, complete } = json();
    if (!complete && InvalidFallbackBehavior === "MATCH") return "match";
    if (!complete && InvalidFallbackBehavior === "NO_MATCH") return "no-match";
    if (!complete && InvalidFallbackBehavior === "EVALUATE_AS_STRING") return [{ text: body }];
    return parts.filter(wanted).map(({ text, pointer }) => ({ text, name: pointer }));
  });
}

function lower(name: string | undefined): string {
  return (name ?? "").toLowerCase();
}
