import { describe, expect, test } from "vitest";
import { INJECTION_PATTERNS } from "../../src/firewall/patterns.ts";
import { firewallSettings } from "../../src/firewall/settings.ts";
import { MatchPosition, RequestComponent } from "../../src/index.ts";
import { REASON, ruleOf, rulesOf, sentenceOf } from "../fixtures.ts";

const types = (...list: string[]) => list.map((type, priority) => ({ priority, type }));

/** AWS WAF's `(?i)` at the beginning is JavaScript's flag. */
const compiled = INJECTION_PATTERNS.map((pattern) => new RegExp(pattern.replace("(?i)", ""), "i"));
const found = (text: string) => compiled.some((pattern) => pattern.test(text));

describe("the patterns", () => {
  test("fit one regex pattern set of AWS's default quota", () => {
    expect(INJECTION_PATTERNS).toHaveLength(10);
    for (const pattern of INJECTION_PATTERNS) expect(pattern.length, pattern).toBeLessThanOrEqual(200);
  });

  test("use only what AWS WAF supports, by the same check as a team's own", () => {
    const scan = { component: RequestComponent.UriPath, regularExpressions: [...INJECTION_PATTERNS] };
    expect(sentenceOf({ filterRules: { scan } })).toBe("no error");
    const position = MatchPosition.Exactly;
    expect(sentenceOf({ filterRules: { scan: { ...scan, position } } })).not.toBe("no error");
  });

  test.each([
    "name=x' union select 1,2",
    "q=1 OR 1=1",
    "1 and '1'='1",
    "sleep(5)",
    "load_file('/etc/passwd')",
    "database()",
    "substr(name,1)",
    "rand(",
    "group_concat (email)",
    "information_schema.tables",
    "exec xp_cmdshell",
    "exec master.dbo.xp_dirtree",
    "'; waitfor delay '0:0:5'",
    ";drop table orders",
    "select * from partners",
    "insert into partners (id) values (1)",
    "alter table `orders` add `x` text",
    "x into outfile '/tmp/a'",
    "procedure analyse()",
    "declare @q varchar(99)",
    "'{\"a\":1}' @> '{}'",
    "password::int",
    "[$ne]",
    "$where",
    "a group by b having count(*) > 1",
    "admin';",
    "x=<svg/onload=alert(1)>",
    "<a href=javascript:x>",
    '" onmouseover = "x',
    "document.cookie",
    "self[ 'alert'](1)",
    "eval(name)",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what an attacker sends
    "[].sort.call`${alert}1`",
    "+!![]",
  ])("find %s", (text) => {
    expect(found(text)).toBe(true);
  });

  // What a team would hear complaints about. None of these is a case of bench/waf.
  test.each([
    "Please select a size from the list",
    "tee (select one)",
    "blue; select M",
    'the "best"! mug',
    'sent as "gift" from Anna',
    "the union of two selects",
    "having a size > 42",
    "drop table lamp",
    "mug; replace the handle",
    "sleep (well) mug",
    "thermal insert (size M)",
    "user(s)",
    "thermal insert(s)",
    "trim(s) in red",
    "first_name (required)",
    "data_set (old)",
    "1 or 2 = either",
    "see the document. Cookies are fine",
    "put it in the window. Write soon",
    "[M] - 2 pieces",
    "price in $ (not in EUR)",
    "confirm (yes/no)",
    "online = yes",
    "?size=L&online=true",
    "a <- b, 5 < 6, <3",
    "Northwind Traders",
    "2001:db8::1",
    "std::string",
  ])("let %s pass", (text) => {
    expect(found(text)).toBe(false);
  });
});

describe("the rule of the patterns", () => {
  test("stands behind the detectors and looks at the whole query, the body, headers, cookies and the path", () => {
    const rule = ruleOf({}, "injection-patterns");
    const names = rulesOf({}).map(({ name }) => name);
    expect(names.indexOf("injection-patterns")).toBeGreaterThan(names.indexOf("cross-site-scripting"));
    expect(names.indexOf("injection-patterns")).toBeGreaterThan(names.indexOf("sql-injection"));
    expect(rule.action?.block?.customResponse).toMatchObject({ responseCode: 403 });
    const parts = rule.statement.orStatement?.statements.map((part) => part.regexPatternSetReferenceStatement) ?? [];
    expect(parts.map((part) => Object.keys(part?.fieldToMatch ?? {}))).toEqual([
      ["queryString"],
      ["jsonBody"],
      ["headers"],
      ["cookies"],
      ["uriPath"],
    ]);
    const decoded = ["URL_DECODE_UNI", "HTML_ENTITY_DECODE", "URL_DECODE", "REPLACE_COMMENTS"];
    expect(parts.map((part) => part?.textTransformations)).toEqual(
      [decoded, [...decoded, "JS_DECODE"], decoded, decoded, decoded].map((list) => types(...list)),
    );
    expect(new Set(parts.map((part) => part?.arn))).toEqual(new Set(["arn:injection-patterns"]));
  });

  test("takes other components, and exceptions for a reason", () => {
    const args = {
      injectionPatterns: {
        components: [RequestComponent.Body],
        textTransformations: [],
        bodyExceptions: [{ path: "/notes", reason: REASON }],
      },
    };
    const [exception, looked] = ruleOf(args, "injection-patterns").statement.andStatement?.statements ?? [];
    expect(exception?.notStatement?.statement).toHaveProperty("regexMatchStatement");
    expect(looked).toHaveProperty("regexPatternSetReferenceStatement.fieldToMatch.body.oversizeHandling", "MATCH");
    expect(firewallSettings("edge", args).lowered).toEqual([
      { floor: "firewall-body-injection-patterns-0", reason: REASON },
    ]);
    expect(sentenceOf({ injectionPatterns: { components: [] } })).toBe(
      'EdgeFirewall "edge": injectionPatterns.components is a list of 0; allowed: a literal list of 1 to 8; to fix it, give ' +
        "injectionPatterns.components as many",
    );
  });

  test("has its set only where it stands", () => {
    expect(firewallSettings("edge", {}).patternSets).toEqual([
      { key: "injection-patterns", regularExpressions: [...INJECTION_PATTERNS] },
    ]);
    expect(firewallSettings("edge", { omittedRules: { "injection-patterns": REASON } }).patternSets).toEqual([]);
  });
});
