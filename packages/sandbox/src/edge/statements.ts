import type {
  ByteMatchStatement,
  FieldToMatch,
  GeoMatchStatement,
  IPSetReferenceStatement,
  LabelMatchStatement,
  SizeConstraintStatement,
  Statement,
  TextTransformation,
} from "@aws-sdk/client-wafv2";
import { AddressSet, forwardedAddresses } from "./address.ts";
import { compileComponent } from "./components.ts";
import { EdgeError } from "./errors.ts";
import type { Evaluation, MatchDetail, Matcher, Surroundings } from "./evaluation.ts";
import { compileRate, headerValues } from "./rate.ts";
import { compileRegex } from "./regex.ts";
import { compileTransformations } from "./transformations/index.ts";

/**
 * Makes a statement ready to be asked, with everything below it.
 *
 * @throws EdgeError when it, or a part of it, is not evaluated by the edge.
 */
export function compileStatement(statement: Statement | undefined, around: Surroundings): Matcher {
  const where = (kind: string) => `rule "${around.ruleName}", ${kind}`;
  if (statement?.AndStatement) {
    const parts = (statement.AndStatement.Statements ?? []).map((part) => compileStatement(part, around));
    return (evaluation) => parts.every((part) => part(evaluation));
  }
  if (statement?.OrStatement) {
    const parts = (statement.OrStatement.Statements ?? []).map((part) => compileStatement(part, around));
    return (evaluation) => parts.some((part) => part(evaluation));
  }
  if (statement?.NotStatement) {
    const part = compileStatement(statement.NotStatement.Statement, around);
    return (evaluation) => !part(evaluation);
  }
  if (statement?.ByteMatchStatement) return byteMatch(statement.ByteMatchStatement, where("ByteMatchStatement"));
  if (statement?.RegexMatchStatement) {
    const { RegexString = "" } = statement.RegexMatchStatement;
    const regex = compileRegex(RegexString, where("RegexMatchStatement"));
    return onTexts(statement.RegexMatchStatement, where("RegexMatchStatement"), (text) => regex.test(text));
  }
  if (statement?.RegexPatternSetReferenceStatement) {
    const { ARN = "" } = statement.RegexPatternSetReferenceStatement;
    const here = where("RegexPatternSetReferenceStatement");
    const patterns = referred(around.references.regexPatternSets, ARN, here).map((one) => compileRegex(one, here));
    return onTexts(statement.RegexPatternSetReferenceStatement, here, (text) => patterns.some((one) => one.test(text)));
  }
  if (statement?.SizeConstraintStatement) return sizeConstraint(statement.SizeConstraintStatement, where);
  if (statement?.SqliMatchStatement) {
    const { sqli } = around.libinjection;
    const level = statement.SqliMatchStatement.SensitivityLevel ?? "LOW";
    // One detector stands for both of AWS's levels: what HIGH finds more is not published.
    const detail = { conditionType: "SQL_INJECTION", sensitivityLevel: level } as const;
    return onTexts(statement.SqliMatchStatement, where("SqliMatchStatement"), sqli, detail);
  }
  if (statement?.XssMatchStatement) {
    const { xss } = around.libinjection;
    return onTexts(statement.XssMatchStatement, where("XssMatchStatement"), xss, { conditionType: "XSS" });
  }
  if (statement?.IPSetReferenceStatement) {
    return ipSet(statement.IPSetReferenceStatement, around, where("IPSetReferenceStatement"));
  }
  if (statement?.GeoMatchStatement) return geoMatch(statement.GeoMatchStatement, around, where("GeoMatchStatement"));
  if (statement?.LabelMatchStatement) return labelMatch(statement.LabelMatchStatement, around.labelPrefix);
  if (statement?.RateBasedStatement) {
    const { ScopeDownStatement } = statement.RateBasedStatement;
    const scopeDown = ScopeDownStatement && compileStatement(ScopeDownStatement, around);
    return compileRate(statement.RateBasedStatement, around.ruleName, scopeDown);
  }
  throw new EdgeError(
    `rule "${around.ruleName}": the statement ${JSON.stringify(Object.keys(statement ?? {}))} is not evaluated by the sandbox's edge here`,
  );
}

/** What the statements that look at a component's texts have in common. */
interface OnTexts {
  FieldToMatch: FieldToMatch | undefined;
  TextTransformations: TextTransformation[] | undefined;
}

function onTexts(
  { FieldToMatch, TextTransformations }: OnTexts,
  where: string,
  test: (text: string) => boolean,
  detail?: Pick<MatchDetail, "conditionType" | "sensitivityLevel">,
): Matcher {
  const { location, select } = compileComponent(FieldToMatch, where);
  const transform = compileTransformations(TextTransformations, where);
  const matched = remembering((text) => {
    const transformed = transform(text);
    return test(transformed) ? transformed : undefined;
  });
  return ({ inspected, details }) => {
    const contents = select(inspected);
    if (contents === "match") return true;
    if (contents === "no-match") return false;
    for (const { text, name = "" } of contents) {
      const transformed = matched(text);
      if (transformed === undefined) continue;
      if (detail)
        details.push({ ...detail, location, matchedData: [transformed.slice(0, 100)], matchedFieldName: name });
      return true;
    }
    return false;
  };
}

/** Of texts whose answer is remembered, for each statement: at most some 300 KB. */
const REMEMBERED = { length: 256, texts: 512 };

/** Remembers the answers about short texts: most headers are the same in each request of a client. */
function remembering(judge: (text: string) => string | undefined): (text: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (text) => {
    if (text.length > REMEMBERED.length) return judge(text);
    if (known.has(text)) return known.get(text);
    const answer = judge(text);
    if (known.size === REMEMBERED.texts) known.clear();
    known.set(text, answer);
    return answer;
  };
}

function byteMatch(statement: ByteMatchStatement, where: string): Matcher {
  const { SearchString, PositionalConstraint } = statement;
  const search = Buffer.from(SearchString ?? new Uint8Array()).toString("latin1");
  const tests: Readonly<Record<string, (text: string) => boolean>> = {
    EXACTLY: (text) => text === search,
    STARTS_WITH: (text) => text.startsWith(search),
    ENDS_WITH: (text) => text.endsWith(search),
    CONTAINS: (text) => text.includes(search),
    CONTAINS_WORD: (text) => containsWord(text, search),
  };
  const test = tests[PositionalConstraint ?? ""];
  if (!test)
    throw new EdgeError(
      `${where}: PositionalConstraint is "${PositionalConstraint}"; AWS WAF takes ${Object.keys(tests).join(", ")}`,
    );
  return onTexts(statement, where, test);
}

/**
 * The text stands alone: before and after it is the end, or a character that is no letter, digit or underscore
 * (docs.aws.amazon.com/waf/latest/APIReference/API_ByteMatchStatement.html, CONTAINS_WORD).
 */
function containsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + word.length] ?? " ";
    if (!/\w/.test(before) && !/\w/.test(after)) return true;
  }
  return false;
}

function sizeConstraint(statement: SizeConstraintStatement, naming: (kind: string) => string): Matcher {
  const where = naming("SizeConstraintStatement");
  const { ComparisonOperator, Size = 0 } = statement;
  const tests: Readonly<Record<string, (size: number) => boolean>> = {
    EQ: (size) => size === Size,
    NE: (size) => size !== Size,
    LE: (size) => size <= Size,
    LT: (size) => size < Size,
    GE: (size) => size >= Size,
    GT: (size) => size > Size,
  };
  const test = tests[ComparisonOperator ?? ""];
  if (!test)
    throw new EdgeError(
      `${where}: ComparisonOperator is "${ComparisonOperator}"; AWS WAF takes ${Object.keys(tests).join(", ")}`,
    );
  return onTexts(statement, where, (text) => test(text.length));
}

function ipSet(statement: IPSetReferenceStatement, around: Surroundings, where: string): Matcher {
  const { ARN = "", IPSetForwardedIPConfig: forwarded } = statement;
  const set = new AddressSet(referred(around.references.ipSets, ARN, where));
  if (!forwarded) return ({ inspected }) => set.has(inspected.request.clientIp);
  const header = (forwarded.HeaderName ?? "").toLowerCase();
  return ({ inspected }) => {
    const values = headerValues(inspected, header);
    // "If the specified header isn't present in the request, AWS WAF doesn't apply the rule to the web request at all."
    if (values.length === 0) return false;
    const all = forwardedAddresses(values);
    const chosen = forwarded.Position === "ANY" ? all : [forwarded.Position === "LAST" ? all.at(-1) : all[0]];
    if (chosen.some((address) => address !== undefined && set.has(address))) return true;
    return chosen.every((address) => address === undefined) && forwarded.FallbackBehavior === "MATCH";
  };
}

function geoMatch(statement: GeoMatchStatement, around: Surroundings, where: string): Matcher {
  const countries = new Set<string>(statement.CountryCodes);
  const within = (address: string) => countries.has(around.countryOf(address) ?? "-");
  const config = statement.ForwardedIPConfig;
  if (!config) {
    return (evaluation) => {
      const { clientIp } = evaluation.inspected.request;
      labelCountry(evaluation, "clientip", around.countryOf(clientIp));
      return within(clientIp);
    };
  }
  if (!config.HeaderName) throw new EdgeError(`${where}: ForwardedIPConfig has no HeaderName`);
  const header = config.HeaderName.toLowerCase();
  return (evaluation) => {
    const values = headerValues(evaluation.inspected, header);
    if (values.length === 0) return false;
    const [address] = forwardedAddresses(values);
    if (address === undefined) return config.FallbackBehavior === "MATCH";
    labelCountry(evaluation, "forwardedip", around.countryOf(address));
    return within(address);
  };
}

/**
 * A geographic match statement labels every request that it looks at, whether it matches or not
 * (docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-geo-match.html); regions of a country have no label here.
 */
function labelCountry({ labels }: Evaluation, source: "clientip" | "forwardedip", country = "XX"): void {
  labels.add(`awswaf:${source}:geo:country:${country}`);
}

/**
 * A key without a prefix is looked for among the labels of the same context, after any namespaces
 * (docs.aws.amazon.com/waf/latest/developerguide/waf-rule-label-match-examples.html).
 */
function labelMatch({ Scope, Key = "" }: LabelMatchStatement, prefix: string): Matcher {
  const wanted = Key.startsWith("awswaf:") ? Key : `${prefix}${Key}`;
  const inner = Key.startsWith("awswaf:") ? undefined : `:${Key}`;
  if (Scope === "NAMESPACE") {
    const namespace = wanted.endsWith(":") ? wanted : `${wanted}:`;
    const within = inner && (inner.endsWith(":") ? inner : `${inner}:`);
    return ({ labels }) =>
      [...labels].some(
        (label) =>
          label.startsWith(namespace) || (within !== undefined && label.startsWith(prefix) && label.includes(within)),
      );
  }
  return ({ labels }) =>
    labels.has(wanted) ||
    (inner !== undefined && [...labels].some((label) => label.startsWith(prefix) && label.endsWith(inner)));
}

function referred<T>(references: ReadonlyMap<string, T>, arn: string, where: string): T {
  const found = references.get(arn);
  if (found === undefined) throw new EdgeError(`${where}: ${arn} does not exist`);
  return found;
}
