import type { LoweredFloor } from "@palisade/core";
import {
  type BodyExceptionArgs,
  type CrossSiteScriptingArgs,
  RequestComponent,
  RuleAction,
  type SqlInjectionArgs,
  SqlInjectionSensitivity,
  TextTransformation,
} from "./args.ts";
import type { Checks } from "./checks.ts";
import { DEFAULTS } from "./defaults.ts";
import type { RuleDraft, SetArns } from "./rule.ts";
import { checkPath, pathPattern } from "./selection.ts";
import { allOf, anyOf, field, type Inspection, not, type Statement, transformations } from "./statements.ts";

const INSPECTABLE = Object.values(RequestComponent).filter((component) => component !== RequestComponent.Header);
const BODIES = [RequestComponent.Body, RequestComponent.JsonBody];

/** The rule against SQL injection. */
export function sqlInjectionDraft(check: Checks, args: SqlInjectionArgs, lowered: LoweredFloor[]): RuleDraft {
  const sensitivityLevel = check.choice(
    "sqlInjection.sensitivity",
    args.sensitivity ?? DEFAULTS.sensitivity,
    Object.values(SqlInjectionSensitivity),
  );
  const shape = {
    property: "sqlInjection",
    key: "sql-injection",
    components: DEFAULTS.inspected,
    transformations: DEFAULTS.sqlTransformations,
  };
  return injectionDraft(check, shape, args, lowered, (inspection) => ({
    sqliMatchStatement: { ...inspection, sensitivityLevel },
  }));
}

/** The rule against cross-site scripting. */
export function crossSiteScriptingDraft(
  check: Checks,
  args: CrossSiteScriptingArgs,
  lowered: LoweredFloor[],
): RuleDraft {
  const shape = {
    property: "crossSiteScripting",
    key: "cross-site-scripting",
    components: DEFAULTS.inspected,
    transformations: DEFAULTS.scriptTransformations,
  };
  return injectionDraft(check, shape, args, lowered, (inspection) => ({ xssMatchStatement: inspection }));
}

/** What a rule against injection has of its own, besides its statement. */
export interface InjectionShape {
  property: string;
  key: string;
  components: readonly RequestComponent[];
  transformations: readonly TextTransformation[];
}

/** A rule that looks at several components for one thing, with the options that such rules share. */
export function injectionDraft(
  check: Checks,
  { property, key, components: inspected, transformations: defaults }: InjectionShape,
  args: CrossSiteScriptingArgs,
  lowered: LoweredFloor[],
  statementOf: (inspection: Inspection, arns: SetArns) => Statement,
): RuleDraft {
  check.plain(property, args);
  const components = check.list(`${property}.components`, args.components ?? [...inspected], [1, INSPECTABLE.length]);
  for (const [index, component] of components.entries()) {
    check.choice(`${property}.components[${index}]`, component, INSPECTABLE);
  }
  const given = args.textTransformations;
  if (given !== undefined) checkTransformations(check, `${property}.textTransformations`, given);
  const excluded = check.list(
    `${property}.excludedHeaders`,
    args.excludedHeaders ?? DEFAULTS.excludedHeaders,
    [0, 199],
  );
  for (const [index, header] of excluded.entries()) check.headerName(`${property}.excludedHeaders[${index}]`, header);
  const exceptions = bodyExceptions(check, property, key, args.bodyExceptions, lowered);
  const inspections = components.map((component) => {
    const isBody = BODIES.includes(component);
    const inspection: Inspection = {
      fieldToMatch: field(component, "", excluded),
      textTransformations: transformations(given ?? (isBody ? withJavaScript(defaults) : defaults)),
    };
    return { inspection, exceptions: isBody ? exceptions : undefined };
  });
  const statement = (arns: SetArns) =>
    anyOf(
      inspections.map((one) => {
        const found = statementOf(one.inspection, arns);
        return one.exceptions === undefined ? found : allOf([not(one.exceptions), found]);
      }),
    );
  return { key, phase: "injection", action: RuleAction.Block, answer: "forbidden", statement };
}

/** JSON's own escapes (backslash and u) hide a quote from a comparison with the text. They are undone before white space is compressed. */
function withJavaScript(types: readonly TextTransformation[]): TextTransformation[] {
  const decoding = types.filter((type) => type !== TextTransformation.CompressWhiteSpace);
  const rest = types.filter((type) => type === TextTransformation.CompressWhiteSpace);
  return [...decoding, TextTransformation.JavaScriptDecode, ...rest];
}

/** AWS WAF takes at most ten transformations of a component. */
export function checkTransformations(check: Checks, property: string, types: TextTransformation[]): void {
  for (const [index, type] of check.list(property, types, [0, 10]).entries()) {
    check.choice(`${property}[${index}]`, type, Object.values(TextTransformation));
  }
}

function bodyExceptions(
  check: Checks,
  property: string,
  key: string,
  exceptions: BodyExceptionArgs[] | undefined,
  lowered: LoweredFloor[],
): Statement | undefined {
  if (exceptions === undefined) return undefined;
  const list = check.list(`${property}.bodyExceptions`, exceptions, [1, 5]);
  const paths = list.map(({ path, reason }, index) => {
    const at = `${property}.bodyExceptions[${index}]`;
    lowered.push({ floor: `firewall-body-${key}-${index}`, reason: check.reason(`${at}.reason`, reason) });
    return checkPath(check, `${at}.path`, path);
  });
  return {
    regexMatchStatement: {
      regexString: pathPattern(paths),
      fieldToMatch: { uriPath: {} },
      // Nothing is undone here: a path in another form than the document's has no exception.
      textTransformations: transformations([]),
    },
  };
}
