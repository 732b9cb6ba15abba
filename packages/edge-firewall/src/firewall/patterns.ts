import type { LoweredFloor } from "@palisade/core";
import type { InjectionPatternArgs } from "./args.ts";
import type { Checks } from "./checks.ts";
import { DEFAULTS } from "./defaults.ts";
import { injectionDraft } from "./injection.ts";
import type { PatternSet, RuleDraft } from "./rule.ts";

const KEY = "injection-patterns";

/**
 * Spellings of injections that a detector, which reads a whole value, takes for text: a value with its parameter's name before it, a
 * piece of a statement, JSON of PostgreSQL, a property of the page. Each expression holds what people do not write: a function's name
 * stands with its bracket, a keyword with what must follow it. Ten of at most 200 characters, which is AWS's quota of one set
 * (https://docs.aws.amazon.com/waf/latest/developerguide/limits.html).
 */
export const INJECTION_PATTERNS: readonly string[] = [
  // Functions of databases whose names are words, called at once: `sleep(5)`, not "sleep (well)" and not "insert(s)".
  String.raw`(?i)\b(?:benchmark|database|sleep|mid|ord|insert|[lr]?trim|(?:de|en)code|(?:un)?compress|hex|rand|sin|cos|pow|strcmp|md5)[=\\]?\((?:[^s]|s[^)]|$)`,
  // Those whose names are none.
  String.raw`(?i)\b(?:xmltype|db_name|current_user|(?:group_)?concat(?:_ws)?|pg_sleep|make_set|name_const|load_file|extractvalue|updatexml|coalesce|find_in_set|jsonb?_[a-z_]+|lo_[a-z]+|starts_with)\s{0,3}\(`,
  // The same; and numbers compared after OR and AND, and a quote that ends the statement.
  String.raw`(?i)\b(?:unhex|substr|substring|sysdate|ifnull|iif|unistr|sqlite_[a-z_]+)\s{0,3}\\?\(|\b(?:or|and)\s{1,9}['"]?\d{1,9}['"]?\s{0,3}(?:=|<|>|like)\s{0,3}['"]?\d|['"\x60]\s{0,9};\s{0,9}$`,
  // What every database has of its own.
  String.raw`(?i)\b(?:information_schema|pg_catalog|tempdb|msdb|mysql\.db|msysaccessobjects|schema_name|sysobjects|xp_[a-z]{3,20})\b|\buser\(\s|\bexec(?:ute)?\s+(?:immediate\b|master\.|\(?@)|\bdeclare\s{0,9}@`,
  // Statements, with what makes them more than a word.
  String.raw`(?i)\bunion\b[\s(]{0,9}(?:all\s|distinct\s)?[\s(]{0,9}select\b|['"\x60](?:\s{0,9};\s{0,9})?select\b|\bselect\b[\s(]{0,9}(?:\*\s+from\b|(?:char|concat|user|if|case)\s{0,3}\(|pg_sleep)|\]\s*from\b`,
  String.raw`(?i)['"\x60;]\s{0,9}(?:waitfor\s+delay|insert\s+into|drop\s{0,9}table|truncate\s{0,3}(?:\[|table))|\binto\s+(?:out|dump)file|\bcreate\s+(?:function|procedure|trigger)\b|\bprocedure\s+analyse`,
  String.raw`(?i)\balter\s+table\s+[\x60'"\w]+\s+(?:add|drop|change|modify|alter)\b|\binsert\s+into\b.{1,60}\bvalues\b|\bas\s*\x60[\w ]*\x60\s*from\b|\bgroup\s+by\b.{1,60}\bhaving\b|\bif\(\d+=`,
  // Operators and casts on JSON text, and MongoDB's operators as a key.
  String.raw`(?i)[}\]]'\s{0,9}(?:::|[<>@?#|&-]{1,3}\s{0,9}(?:'|array|\d))|[\w)]::(?:int|bool|jsonb?|text)\b|(?:^|[\[{"'(])\$(?:ne|eq|[lg]te?|n?in|not|nor|regex|where|elemmatch|text)\b`,
  // Markup that runs script.
  String.raw`(?i)[\s"'\x60/<](?:on[a-z]{3,50}|formaction)\s{0,9}=|(?:java|vb)script\s*:|url\(\s*javascript|data:[^,]{0,40},\s*<|<[\s!?]*(?:script|import|[a-z]+:[a-z]*frame|object|embed|svg|iframe)|<!--#`,
  // Script itself: the page's objects and what runs text.
  String.raw`(?i)\b(?:document|window|self)\b[\s)]{0,9}(?:\.|\[\s{0,9}["'])(?:cookie|domain|locat|write|body|query|alert|document|\$|\\)|\b(?:eval|alert|prompt|confirm|atob|btoa)\(|settimeout\(|call\s*\x60|!\[\]`,
];

/** The rule that looks for those spellings, behind the detectors, and the regex pattern set that it names. */
export function injectionPatternsDraft(
  check: Checks,
  args: InjectionPatternArgs,
  sets: PatternSet[],
  lowered: LoweredFloor[],
): RuleDraft {
  const shape = {
    property: "injectionPatterns",
    key: KEY,
    components: DEFAULTS.patternInspected,
    transformations: DEFAULTS.patternTransformations,
  };
  const draft = injectionDraft(check, shape, args, lowered, (inspection, arns) => ({
    regexPatternSetReferenceStatement: { arn: arns(KEY), ...inspection },
  }));
  sets.push({ key: KEY, regularExpressions: [...INJECTION_PATTERNS] });
  return { ...draft, phase: "pattern" };
}
