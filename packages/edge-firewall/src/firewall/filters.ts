import { type FilterRuleArgs, MatchPosition, RequestComponent, RuleAction } from "./args.ts";
import type { Checks } from "./checks.ts";
import { checkTransformations } from "./injection.ts";
import type { PatternSet, RuleDraft, SetArns } from "./rule.ts";
import { selectionStatement } from "./selection.ts";
import { allOf, anyOf, field, not, type Statement, transformations } from "./statements.ts";

/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const MAXIMUM_BYTES = 200;
const MAXIMUM_PATTERNS = 10;
const MAXIMUM_PATTERN = 200;

/** The filters, and the regex pattern sets that they need. */
export function filterDrafts(
  check: Checks,
  rules: Record<string, FilterRuleArgs> | undefined,
  sets: PatternSet[],
): RuleDraft[] {
  return check.record("filterRules", rules).map(([key, args]) => {
    const property = `filterRules.${key}`;
    check.plain(property, args);
    const action = check.choice(`${property}.action`, args.action ?? RuleAction.Block, Object.values(RuleAction));
    const listed = matches(check, property, `filter-${key}`, args, sets);
    const selected = selectionStatement(check, `${property}.requests`, args.requests);
    return {
      key: `filter-${key}`,
      phase: action === RuleAction.Allow ? "allow" : "filter",
      action,
      answer: "forbidden",
      statement: (arns) => {
        const statement = args.othersOnly === true ? not(listed(arns)) : listed(arns);
        return selected === undefined ? statement : allOf([selected, statement]);
      },
    };
  });
}

function matches(
  check: Checks,
  property: string,
  key: string,
  args: FilterRuleArgs,
  sets: PatternSet[],
): (arns: SetArns) => Statement {
  const component = check.choice(`${property}.component`, args.component, Object.values(RequestComponent));
  const isHeader = component === RequestComponent.Header;
  if (isHeader !== (args.headerName !== undefined)) {
    check.fail({
      property: `${property}.headerName`,
      received: args.headerName,
      allowed: `the header's name, with component ${RequestComponent.Header} and only then`,
      fix: isHeader ? "name the header" : "remove headerName, or set component",
    });
  }
  if (isHeader) check.headerName(`${property}.headerName`, args.headerName);
  const types = args.textTransformations ?? [];
  checkTransformations(check, `${property}.textTransformations`, types);
  const inspection = {
    fieldToMatch: field(component, args.headerName ?? "", []),
    textTransformations: transformations(types),
  };
  if ((args.values === undefined) === (args.regularExpressions === undefined)) {
    check.fail({
      property,
      receivedText: args.values === undefined ? "without something to match" : "with values and regularExpressions",
      allowed: "either values or regularExpressions",
      fix: "give one of the two; a second filter can have the other",
    });
  }
  if (args.regularExpressions !== undefined) {
    if (args.position !== undefined) {
      check.fail({
        property: `${property}.position`,
        received: args.position,
        allowed: "nothing beside regularExpressions, which say where they match",
        fix: "remove position",
      });
    }
    sets.push({ key, regularExpressions: expressions(check, property, args.regularExpressions) });
    return (arns) => ({ regexPatternSetReferenceStatement: { arn: arns(key), ...inspection } });
  }
  const position = check.choice(
    `${property}.position`,
    args.position ?? MatchPosition.Exactly,
    Object.values(MatchPosition),
  );
  const values = check.list(`${property}.values`, args.values, [1, 50]);
  for (const [index, value] of values.entries()) checkValue(check, `${property}.values[${index}]`, value, position);
  const statements = values.map((searchString) => ({
    byteMatchStatement: { positionalConstraint: position, searchString, ...inspection },
  }));
  return () => anyOf(statements);
}

function checkValue(check: Checks, property: string, value: string, position: MatchPosition): void {
  if (typeof value !== "string" || value === "" || Buffer.byteLength(value) > MAXIMUM_BYTES) {
    check.fail({ property, received: value, allowed: `text of 1 to ${MAXIMUM_BYTES} bytes`, fix: "shorten the text" });
  }
  if (position === MatchPosition.ContainsWord && !/^\w+$/.test(value)) {
    check.fail({
      property,
      received: value,
      allowed: "letters, digits and underscores, where a word is looked for",
      fix: "set position to MatchPosition.Contains",
    });
  }
}

function expressions(check: Checks, property: string, given: string[]): string[] {
  const list = check.list(`${property}.regularExpressions`, given, [1, MAXIMUM_PATTERNS]);
  for (const [index, expression] of list.entries()) {
    const at = `${property}.regularExpressions[${index}]`;
    const fault = expressionFault(expression);
    if (fault !== undefined) {
      check.fail({
        property: at,
        received: expression,
        allowed: `a regular expression of 1 to ${MAXIMUM_PATTERN} characters, without groups that capture, look-around and back-references`,
        fix: `${fault}: AWS WAF would refuse it`,
      });
    }
  }
  return list;
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-regex-pattern-support.html */
function expressionFault(expression: unknown): string | undefined {
  if (typeof expression !== "string" || expression === "" || expression.length > MAXIMUM_PATTERN)
    return "change its length";
  const bare = expression.replace(/\\[^1-9]/g, "").replace(/\[[^\]]*\]/g, "");
  if (/\((?!\?)/.test(bare)) return "write (?:...) for (...)";
  if (/\(\?<?[=!]/.test(bare)) return "remove the look-around";
  if (/\\[1-9]/.test(bare)) return "remove the back-reference";
  return undefined;
}
