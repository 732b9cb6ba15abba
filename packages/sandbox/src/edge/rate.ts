import type { RateBasedStatement, RateBasedStatementCustomKey } from "@aws-sdk/client-wafv2";
import { forwardedAddresses } from "./address.ts";
import { EdgeError } from "./errors.ts";
import type { Evaluation, Matcher, RateExcess } from "./evaluation.ts";
import type { Inspected } from "./inspected.ts";
import { compileTransformations } from "./transformations/index.ts";

/** The part of a key, as the log shows it. */
interface KeyPart {
  key: string;
  name?: string;
  value: string;
}

/** The request's part of an aggregation key; undefined when the request lacks it and is not counted. */
type KeyReader = (evaluation: Evaluation) => KeyPart | undefined;

/** AWS WAF checks the rate "about every 10 seconds": requests are counted in spans of that length. */
const SPAN_MS = 10_000;
/** Aggregation instances that a rule tracks; beyond them the one that was seen longest ago is forgotten. AWS's quota is the same. */
const MAX_INSTANCES = 10_000;
const WINDOWS = [60, 120, 300, 600];

/**
 * Counts requests over a sliding window. AWS's counting lags behind by some seconds; here the first request over the limit matches.
 */
export class RateCounter {
  readonly #spans: number;
  readonly #instances = new Map<string, Map<number, number>>();

  /** @param windowSeconds 60, 120, 300 or 600. */
  constructor(windowSeconds: number) {
    this.#spans = (windowSeconds * 1000) / SPAN_MS;
  }

  /** Counts a request, and gives the number of those in the window, itself included. */
  count(key: string, now: number): number {
    const span = Math.floor(now / SPAN_MS);
    const spans = this.#instances.get(key) ?? new Map<number, number>();
    this.#instances.delete(key);
    this.#instances.set(key, spans);
    if (this.#instances.size > MAX_INSTANCES) this.#instances.delete(this.#instances.keys().next().value as string);
    spans.set(span, (spans.get(span) ?? 0) + 1);
    let total = 0;
    for (const [at, count] of spans) {
      if (at <= span - this.#spans) spans.delete(at);
      else total += count;
    }
    return total;
  }
}

/**
 * @param scopeDown The compiled `ScopeDownStatement`; requests that it does not match are neither counted nor limited.
 * @throws EdgeError when a setting is not one of AWS's.
 */
export function compileRate(statement: RateBasedStatement, ruleName: string, scopeDown: Matcher | undefined): Matcher {
  const where = `rule "${ruleName}", RateBasedStatement`;
  const { Limit = 0, EvaluationWindowSec = 300, AggregateKeyType = "IP" } = statement;
  if (!WINDOWS.includes(EvaluationWindowSec)) {
    throw new EdgeError(`${where}: EvaluationWindowSec is ${EvaluationWindowSec}; AWS WAF takes ${WINDOWS.join(", ")}`);
  }
  if (Limit < 10) throw new EdgeError(`${where}: Limit is ${Limit}; AWS WAF takes 10 or more`);
  const readers = keyReaders(statement, where);
  const counter = new RateCounter(EvaluationWindowSec);
  return (evaluation) => {
    if (scopeDown && !scopeDown(evaluation)) return false;
    const parts: KeyPart[] = [];
    for (const reader of readers) {
      const part = reader(evaluation);
      if (part === undefined) return false;
      parts.push(part);
    }
    const count = counter.count(JSON.stringify(parts.map(({ value }) => value)), evaluation.now);
    if (count <= Limit) return false;
    const excess: RateExcess = {
      rateBasedRuleName: ruleName,
      limitKey: AggregateKeyType === "CUSTOM_KEYS" ? "CUSTOMKEYS" : AggregateKeyType,
      maxRateAllowed: Limit,
      evaluationWindowSec: String(EvaluationWindowSec),
    };
    if (AggregateKeyType === "CUSTOM_KEYS") excess.customValues = parts;
    else if (parts[0]) excess.limitValue = parts[0].value;
    evaluation.rateExcesses.push(excess);
    return true;
  };
}

function keyReaders(statement: RateBasedStatement, where: string): KeyReader[] {
  const forwarded = () => forwardedReader(statement, where);
  switch (statement.AggregateKeyType ?? "IP") {
    case "IP":
      return [sourceReader];
    case "FORWARDED_IP":
      return [forwarded()];
    case "CONSTANT":
      return [];
    default:
      return (statement.CustomKeys ?? []).map((key) => customReader(key, forwarded, where));
  }
}

const sourceReader: KeyReader = ({ inspected }) => ({ key: "IP", value: inspected.request.clientIp });

/** "AWS WAF only evaluates the first IP address found in the specified HTTP header" (API_ForwardedIPConfig). */
function forwardedReader({ ForwardedIPConfig: config }: RateBasedStatement, where: string): KeyReader {
  if (!config?.HeaderName)
    throw new EdgeError(`${where}: a forwarded address needs ForwardedIPConfig with a HeaderName`);
  const header = config.HeaderName.toLowerCase();
  return ({ inspected }) => {
    const values = headerValues(inspected, header);
    if (values.length === 0) return undefined;
    const [address] = forwardedAddresses(values);
    if (address !== undefined) return { key: "FORWARDED_IP", value: address };
    // "For match, the rule groups the request together with other requests that have a malformed IP address".
    return config.FallbackBehavior === "MATCH" ? { key: "FORWARDED_IP", value: "malformed" } : undefined;
  };
}

function customReader(key: RateBasedStatementCustomKey, forwarded: () => KeyReader, where: string): KeyReader {
  if (key.IP) return sourceReader;
  if (key.ForwardedIP) return forwarded();
  if (key.HTTPMethod) return ({ inspected }) => ({ key: "HTTP_METHOD", value: inspected.request.method });
  if (key.LabelNamespace) {
    const namespace = key.LabelNamespace.Namespace as string;
    return ({ labels }) => {
      const value = [...labels].filter((label) => label.startsWith(namespace)).join(",");
      return value === "" ? undefined : { key: "LABEL_NAMESPACE", name: namespace, value };
    };
  }
  const component = key.Header ?? key.Cookie ?? key.QueryArgument ?? key.QueryString ?? key.UriPath;
  if (component === undefined) {
    throw new EdgeError(
      `${where}: the aggregation key ${JSON.stringify(Object.keys(key))} is not evaluated by the sandbox's edge; known are IP, ForwardedIP, ` +
        "HTTPMethod, LabelNamespace, Header, Cookie, QueryArgument, QueryString and UriPath",
    );
  }
  const transform = compileTransformations(component.TextTransformations, where);
  const { Name: name } = component as { Name?: string };
  const [kind, read] = customSource(key, name ?? "");
  return ({ inspected }) => {
    const value = read(inspected);
    return value === undefined
      ? undefined
      : { key: kind, ...(name === undefined ? {} : { name }), value: transform(value) };
  };
}

function customSource(
  key: RateBasedStatementCustomKey,
  name: string,
): [kind: string, read: (inspected: Inspected) => string | undefined] {
  const wanted = name.toLowerCase();
  if (key.Header) return ["HEADER", (inspected) => joined(headerValues(inspected, wanted))];
  if (key.Cookie) return ["COOKIE", ({ cookies }) => cookies.find(([cookie]) => cookie === name)?.[1]];
  if (key.QueryArgument) {
    return [
      "QUERY_ARGUMENT",
      ({ queryArguments }) =>
        joined(queryArguments.flatMap(([argument, value]) => (argument.toLowerCase() === wanted ? [value] : []))),
    ];
  }
  if (key.QueryString) return ["QUERY_STRING", ({ request }) => request.query];
  return ["URI_PATH", ({ request }) => request.path];
}

function joined(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(",");
}

/** Values of a header, named in lower case. */
export function headerValues({ headers }: Inspected, wanted: string): string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === wanted ? [value] : []));
}
