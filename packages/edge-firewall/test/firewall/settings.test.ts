import { describe, expect, test } from "vitest";
import { firewallSettings } from "../../src/firewall/settings.ts";
import { type EdgeFirewallArgs, FirewallScope, RuleAction } from "../../src/index.ts";
import { REASON, ruleOf, rulesOf, sentenceOf } from "../fixtures.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const DISTRIBUTION = "arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE";
const CLOUDFRONT = { scope: FirewallScope.CloudFront, originSecret: { value: SECRET } };

describe("the order of the rules", () => {
  test("is by default sizes, rates, injections, AWS's lists", () => {
    expect(rulesOf({}).map(({ name }) => name)).toEqual([
      "size-limits",
      "rate-per-address",
      "sql-injection",
      "cross-site-scripting",
      "injection-patterns",
      "managed-ip-reputation",
      "managed-known-bad-inputs",
    ]);
  });

  test("is stable: a rule that is added or removed changes no other's priority", () => {
    const priorities = (args: EdgeFirewallArgs) =>
      Object.fromEntries(rulesOf(args).map(({ name, priority }) => [name, priority]));
    const few = priorities({ rateRules: { a: { limit: 10 }, c: { limit: 10 } } });
    const many = priorities({
      rateRules: { c: { limit: 10 }, b: { limit: 10 }, a: { limit: 10 } },
      botControl: {},
      addressRules: { x: { ipv4Addresses: ["192.0.2.1"] } },
    });
    expect(many).toMatchObject(few);
    expect(new Set(Object.values(many)).size).toBe(Object.keys(many).length);
  });

  test("gives every rule a priority of its own where two keys meet", () => {
    const rateRules = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${index}`, { limit: 10 }]));
    const priorities = rulesOf({ rateRules, maximumCapacity: 5000 }).map(({ priority }) => priority);
    expect(new Set(priorities).size).toBe(priorities.length);
    expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
  });

  test("has CloudWatch metrics under the rule's own name on every rule", () => {
    for (const { name, visibilityConfig } of rulesOf({ botControl: {} })) {
      expect(visibilityConfig).toEqual({
        cloudwatchMetricsEnabled: true,
        metricName: name,
        sampledRequestsEnabled: true,
      });
    }
  });
});

describe("a default rule", () => {
  test.each([
    "rate-per-address",
    "sql-injection",
    "cross-site-scripting",
    "injection-patterns",
    "managed-ip-reputation",
    "managed-known-bad-inputs",
  ])("%s is left out for a reason, which becomes a tag", (key) => {
    const args = { omittedRules: { [key]: REASON } };
    expect(rulesOf(args).map(({ name }) => name)).not.toContain(key);
    expect(firewallSettings("edge", args).lowered).toEqual([{ floor: `firewall-omitted-${key}`, reason: REASON }]);
    expect(sentenceOf({ omittedRules: { [key]: "no" } })).toBe(
      `EdgeFirewall "edge": omittedRules.${key} is "no"; allowed: a written reason of at least 10 characters; to fix it, say why the ` +
        "floor is lowered here; it becomes a tag that the policy pack reports",
    );
  });

  test("of sizes is never left out: what is not inspected must not pass", () => {
    expect(sentenceOf({ omittedRules: { "size-limits": REASON } })).toBe(
      'EdgeFirewall "edge": omittedRules is "size-limits"; allowed: rate-per-address, sql-injection, cross-site-scripting, ' +
        "injection-patterns, managed-ip-reputation, managed-known-bad-inputs; to fix it, set omittedRules to one of them",
    );
  });
});

describe("count mode", () => {
  test("of one rule counts there and acts elsewhere", () => {
    const countMode = { rules: ["sql-injection", "managed-ip-reputation"], reason: REASON };
    expect(ruleOf({ countMode }, "sql-injection").action).toEqual({ count: {} });
    expect(ruleOf({ countMode }, "managed-ip-reputation").overrideAction).toEqual({ count: {} });
    expect(ruleOf({ countMode }, "cross-site-scripting").action).toHaveProperty("block");
    expect(ruleOf({ countMode }, "managed-known-bad-inputs").overrideAction).toEqual({ none: {} });
    expect(firewallSettings("edge", { countMode }).lowered).toEqual([
      { floor: "firewall-count-sql-injection", reason: REASON },
      { floor: "firewall-count-managed-ip-reputation", reason: REASON },
    ]);
  });

  test("of all rules blocks nothing", () => {
    const args = { countMode: { reason: REASON }, botControl: {} };
    for (const { action, overrideAction } of rulesOf(args)) expect(action ?? overrideAction).toEqual({ count: {} });
    expect(firewallSettings("edge", args).lowered).toEqual([{ floor: "firewall-count-all", reason: REASON }]);
  });

  test("names rules that exist, and a reason", () => {
    expect(sentenceOf({ countMode: { rules: ["sqli"], reason: REASON } })).toBe(
      'EdgeFirewall "edge": countMode.rules[0] is "sqli"; allowed: size-limits, rate-per-address, sql-injection, cross-site-scripting, ' +
        "injection-patterns, managed-ip-reputation, managed-known-bad-inputs; to fix it, set countMode.rules[0] to one of them",
    );
    expect(sentenceOf({ countMode: { reason: "" } })).toContain('countMode.reason is ""; allowed: a written reason');
  });
});

describe("the origin secret", () => {
  test("is asked for in front of a stage before anything else", () => {
    const [first] = rulesOf({ originSecret: { value: SECRET }, addressRules: { x: { ipv4Addresses: ["192.0.2.1"] } } });
    expect(first).toMatchObject({
      name: "origin-secret",
      statement: {
        notStatement: {
          statement: {
            byteMatchStatement: {
              positionalConstraint: "EXACTLY",
              fieldToMatch: { singleHeader: { name: "x-origin-verify" } },
              textTransformations: [{ priority: 0, type: "NONE" }],
            },
          },
        },
      },
      action: { block: { customResponse: { responseCode: 403 } } },
    });
  });

  test("may be the one before while a new one is rolled out", () => {
    const originSecret = { value: SECRET, previousValue: `${SECRET}0`, headerName: "x-edge" };
    const { statement } = ruleOf({ originSecret }, "origin-secret");
    expect(statement.notStatement?.statement.orStatement?.statements).toHaveLength(2);
    expect(firewallSettings("edge", { originSecret }).redactedHeaders).toContain("x-edge");
  });

  test("is not asked for at CloudFront, which writes it", () => {
    expect(rulesOf(CLOUDFRONT).map(({ name }) => name)).not.toContain("origin-secret");
  });

  test.each(["a".repeat(31), "a".repeat(201), `${"a".repeat(31)} b`, `${"a".repeat(31)}é`])(
    "is never %j, and never shown",
    (value) => {
      expect(sentenceOf({ originSecret: { value } })).toBe(
        'EdgeFirewall "edge": originSecret.value is a value that is not shown; allowed: 32 to 200 printable characters without ' +
          "spaces; to fix it, make one of 32 random bytes in hexadecimal, and keep it in the stack's secret configuration",
      );
    },
  );

  test("has a header that clients do not send", () => {
    expect(sentenceOf({ originSecret: { value: SECRET, headerName: "User-Agent" } })).toBe(
      'EdgeFirewall "edge": originSecret.headerName is "User-Agent"; allowed: a header\'s name of lower-case letters, digits and ' +
        "hyphens that begins with x-; to fix it, set originSecret.headerName to one",
    );
  });
});

describe("CloudFront", () => {
  test("needs an origin secret, since the API's own address leads around it", () => {
    expect(sentenceOf({ scope: FirewallScope.CloudFront })).toBe(
      'EdgeFirewall "edge": originSecret is not set; allowed: { value } with scope CLOUDFRONT; to fix it, set it here and on the ' +
        "stage's EdgeFirewall: without it the API's own address leads around CloudFront",
    );
  });

  test("is no stage", () => {
    expect(sentenceOf({ ...CLOUDFRONT, stageArn: "arn:stage" })).toBe(
      'EdgeFirewall "edge": stageArn is "arn:stage"; allowed: nothing with scope CLOUDFRONT: AWS associates such a web ACL with a ' +
        "distribution only; to fix it, give webAclArn to the distribution, and put a second EdgeFirewall with the same originSecret in " +
        "front of the stage",
    );
  });

  test("is the only other scope", () => {
    expect(sentenceOf({ scope: "GLOBAL" as FirewallScope })).toBe(
      'EdgeFirewall "edge": scope is "GLOBAL"; allowed: REGIONAL, CLOUDFRONT; to fix it, set scope to one of them',
    );
  });
});

describe("Shield Advanced", () => {
  const confirmed = { distributionArn: DISTRIBUTION, confirmPriceOf3000DollarsAMonthForAYear: true };

  test("does not protect an API's stage", () => {
    expect(sentenceOf({ shieldAdvanced: confirmed })).toBe(
      'EdgeFirewall "edge": shieldAdvanced is set with scope REGIONAL; allowed: nothing in front of an API\'s stage: Shield Advanced ' +
        "does not protect API Gateway; to fix it, put CloudFront in front of the API and set scope to FirewallScope.CloudFront",
    );
  });

  test("is bought only with its price confirmed", () => {
    const shieldAdvanced = { ...confirmed, confirmPriceOf3000DollarsAMonthForAYear: false };
    expect(sentenceOf({ ...CLOUDFRONT, shieldAdvanced })).toBe(
      'EdgeFirewall "edge": shieldAdvanced.confirmPriceOf3000DollarsAMonthForAYear is false; allowed: true: 3000 dollars a month for at ' +
        "least a year, and data transfer beside it; to fix it, set it to true, or remove shieldAdvanced: every AWS account has Shield " +
        "Standard without a price",
    );
    expect(sentenceOf({ ...CLOUDFRONT, shieldAdvanced: confirmed })).toBe("no error");
  });
});

describe("answers and logs", () => {
  test("are problem documents without details", () => {
    expect(firewallSettings("edge", {}).answers).toEqual({
      forbidden: '{"type":"about:blank","title":"Forbidden","status":403}',
      "too-many-requests": '{"type":"about:blank","title":"Too Many Requests","status":429}',
    });
  });

  test.each(["no json", `"${"a".repeat(4095)}"`])("are JSON of at most 4096 bytes", (forbiddenBody) => {
    expect(sentenceOf({ forbiddenBody })).toContain(
      "allowed: JSON text of at most 4096 bytes; to fix it, pass JSON.stringify(...) of a small document",
    );
    expect(sentenceOf({ tooManyRequestsBody: `"${"a".repeat(4094)}"` })).toBe("no error");
  });

  test("hold no credentials, whatever else is redacted", () => {
    expect(firewallSettings("edge", { redactedHeaders: ["X-Partner", "Cookie"] }).redactedHeaders).toEqual([
      "authorization",
      "cookie",
      "x-api-key",
      "x-partner",
    ]);
    expect(sentenceOf({ redactedHeaders: ["a b"] })).toContain(
      'redactedHeaders[0] is "a b"; allowed: the name of a header',
    );
  });

  test("go to a log group whose name AWS WAF accepts", () => {
    expect(sentenceOf({ existingLogGroup: { logGroupArn: "arn", logGroupName: "waf" } })).toBe(
      'EdgeFirewall "edge": existingLogGroup.logGroupName is "waf"; allowed: a name that begins with aws-waf-logs-, which AWS WAF asks ' +
        "for; to fix it, set existingLogGroup.logGroupName to one",
    );
    expect(sentenceOf({ existingLogGroup: "aws-waf-logs-x" as never })).toContain("existingLogGroup is ");
  });

  test.each<[EdgeFirewallArgs, string]>([
    [{ logRetentionDays: 91 }, "logRetentionDays is 91; allowed: 1, 3, 5, 7, 14, 30, 60, 90, "],
    [{ loggedRequests: "NONE" as never }, 'loggedRequests is "NONE"; allowed: ALL, MATCHED'],
    [{ blockedRequestsThreshold: 0 }, "blockedRequestsThreshold is 0; allowed: a whole number from 1 to 1000000000"],
  ])("refuse %j", (args, sentence) => {
    expect(sentenceOf(args)).toContain(`EdgeFirewall "edge": ${sentence}`);
  });
});

test("every action of a rule is one of AWS WAF's", () => {
  const address = { ipv4Addresses: ["192.0.2.1"] };
  const actions = Object.values(RuleAction).map((action) => {
    const rule = ruleOf({ addressRules: { list: { ...address, action } } }, "address-list");
    return Object.keys(rule.action ?? {});
  });
  expect(actions).toEqual([["block"], ["allow"], ["count"], ["challenge"], ["captcha"]]);
});
