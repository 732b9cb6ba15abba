import type { Inspection, Statement } from "./statements.ts";

/**
 * The web ACL capacity units of a statement, from the costs that AWS publishes. They are an upper bound: AWS may charge once for a
 * transformation of a component that several rules share.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html (match statements)
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html (rates)
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-logical.html (AND, OR, NOT: what they hold)
 *
 * @throws Error for a rule group, whose capacity only its owner knows.
 */
export function statementCapacity(statement: Statement): number {
  const {
    byteMatchStatement,
    regexMatchStatement,
    regexPatternSetReferenceStatement,
    sizeConstraintStatement,
    sqliMatchStatement,
    xssMatchStatement,
    geoMatchStatement,
    ipSetReferenceStatement,
    andStatement,
    orStatement,
    notStatement,
    rateBasedStatement,
  } = statement;
  if (geoMatchStatement !== undefined) return 1;
  // A position of any in the forwarding header costs 4 more.
  if (ipSetReferenceStatement !== undefined) {
    return ipSetReferenceStatement.ipSetForwardedIpConfig?.position === "ANY" ? 5 : 1;
  }
  if (byteMatchStatement !== undefined) {
    const contains = byteMatchStatement.positionalConstraint.startsWith("CONTAINS");
    return inspectionCapacity(contains ? 10 : 2, byteMatchStatement);
  }
  if (regexMatchStatement !== undefined) return inspectionCapacity(3, regexMatchStatement);
  if (regexPatternSetReferenceStatement !== undefined) return inspectionCapacity(25, regexPatternSetReferenceStatement);
  if (sizeConstraintStatement !== undefined) return inspectionCapacity(1, sizeConstraintStatement);
  if (sqliMatchStatement !== undefined) {
    return inspectionCapacity(sqliMatchStatement.sensitivityLevel === "HIGH" ? 30 : 20, sqliMatchStatement);
  }
  if (xssMatchStatement !== undefined) return inspectionCapacity(40, xssMatchStatement);
  if (notStatement !== undefined) return statementCapacity(notStatement.statement);
  if (rateBasedStatement !== undefined) {
    const { customKeys = [], scopeDownStatement } = rateBasedStatement;
    const scope = scopeDownStatement === undefined ? 0 : statementCapacity(scopeDownStatement);
    return 2 + 30 * customKeys.length + scope;
  }
  const nested = andStatement?.statements ?? orStatement?.statements;
  if (nested !== undefined) return nested.reduce((sum, inner) => sum + statementCapacity(inner), 0);
  throw new Error(`no published capacity for ${Object.keys(statement).join(", ")}: its owner fixed it`);
}

/** The base cost, doubled for a JSON body; 10 more for all query arguments, and for each transformation. */
function inspectionCapacity(base: number, { fieldToMatch, textTransformations }: Inspection): number {
  const doubled = fieldToMatch.jsonBody === undefined ? base : 2 * base;
  const everyArgument = fieldToMatch.allQueryArguments === undefined ? 0 : 10;
  const transforming = textTransformations.filter(({ type }) => type !== "NONE").length;
  return doubled + everyArgument + 10 * transforming;
}
