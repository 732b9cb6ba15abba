import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { Rule } from "../src/model.ts";
import { rule } from "../src/rule.ts";
import type { Suppression } from "../src/suppressions.ts";
import { resource, UNKNOWN } from "./support.ts";

const meta = {
  description: "A must B",
  severity: "high",
  references: [],
  remediation: "fix",
  url: "https://a",
} as const;
const sizes: Rule = rule({
  ...meta,
  name: "sizes",
  appliesTo: ["aws:a:A"],
  check: ({ props }, verdicts) => {
    if (props.at("skip").present) return verdicts.notApplicable("skipped");
    verdicts.each(props.at("sizes").list(), (size) => {
      if ((size.number() ?? 0) > 1) verdicts.violation(`${size.value} is too much`, { key: String(size.value) });
    });
  },
});
const worse: Rule = rule({
  ...meta,
  name: "worse",
  severity: "critical",
  appliesTo: ["*"],
  check: ({ props }, verdicts) => {
    if (props.at("bad").flag() === true) verdicts.violation("bad", { floor: "good" });
  },
});
const a = resource("aws:a:A", "a", { sizes: [1, 2, 3], bad: true });
const rules = [sizes, worse];

test("the worst findings are first; each has its rule's words and its level", () => {
  const { findings, passed } = evaluate([a], { rules, levels: { sizes: "advisory" } });
  expect(findings.map(({ rule: name, level, key, message }) => [name, level, key, message])).toEqual([
    ["worse", "mandatory", "", "a: bad"],
    ["sizes", "advisory", "2", "a: 2 is too much"],
    ["sizes", "advisory", "3", "a: 3 is too much"],
  ]);
  expect(findings[1]).toMatchObject({
    severity: "high",
    remediation: "fix",
    url: "https://a",
    urn: a.urn,
    type: a.type,
  });
  expect(passed).toBe(0);
});

test("what is unknown is not evaluated, whatever else is found, and never passes", () => {
  const open = resource("aws:a:A", "open", { sizes: [UNKNOWN, 2, UNKNOWN], bad: false });
  const { findings, notEvaluated, passed } = evaluate([open], { rules });
  expect(findings.map(({ message }) => message)).toEqual(["open: 2 is too much"]);
  expect(notEvaluated.map(({ reason }) => reason)).toEqual([
    "sizes[0]: is not known before deployment",
    "sizes[2]: is not known before deployment",
  ]);
  expect(passed).toBe(1);
});

test("a disabled rule is not run; a rule for every resource looks at AWS's only; what does not apply is counted", () => {
  const resources = [a, resource("random:x:X", "other", { bad: true }), resource("aws:a:A", "skip", { skip: 1 })];
  const { findings, passed, notApplicable } = evaluate(resources, { rules, levels: { worse: "disabled" } });
  expect([findings.map((each) => each.name), passed, notApplicable]).toEqual([["a", "a"], 0, 1]);
  expect(evaluate(resources, { rules: [worse] }).findings.map((each) => each.name)).toEqual(["a"]);
});

test("the tag of a lowered floor takes the violation's place; another floor's does not, nor one that is not known", () => {
  const count = (tags: unknown) =>
    evaluate([resource("aws:a:A", "a", { bad: true, tags })], { rules: [worse] }).findings.length;
  expect(count({ "palisade:lowered:good": "a reason" })).toBe(0);
  expect(count({ "palisade:lowered:other": "a reason" })).toBe(1);
  expect(count(UNKNOWN)).toBe(1);
});

test("findings of equal severity are sorted by rule, resource and key", () => {
  const b = resource("aws:a:A", "b", { sizes: [3] });
  const { findings } = evaluate([b, a], { rules: [sizes] });
  expect(findings.map(({ name, key }) => name + key)).toEqual(["a2", "a3", "b3"]);
});

const suppression: Suppression = {
  rule: "sizes",
  resource: "a",
  key: "2",
  reason: "measured, and fine",
  expires: "2026-11-30",
};

test("a suppression accepts one finding, to the end of its last day", () => {
  const on = (now: string) => evaluate([a], { rules: [sizes], suppressions: [suppression], now: new Date(now) });
  const before = on("2026-11-30T23:59:59Z");
  expect(before.findings.map(({ key }) => key)).toEqual(["3"]);
  expect(before.suppressed).toMatchObject([{ key: "2", reason: "measured, and fine", expires: "2026-11-30" }]);
  expect(before.staleSuppressions).toEqual([]);
  const after = on("2026-12-01T00:00:00Z");
  expect(after.findings.map(({ key }) => key)).toEqual(["2", "3"]);
  expect([after.suppressed, after.staleSuppressions]).toEqual([[], [{ ...suppression, expired: true }]]);
});

test("a suppression without a key does not accept findings with one", () => {
  const { key: _key, ...whole } = suppression;
  const { findings, staleSuppressions } = evaluate([a], {
    rules: [sizes],
    suppressions: [whole],
    now: new Date("2026-01-01"),
  });
  expect([findings.length, staleSuppressions]).toEqual([2, [{ ...whole, expired: false }]]);
});

test.each([
  [{ rule: "none" }, 'suppression of none on a: there is no rule "none"; the rules are listed in RULES.md'],
  [
    { reason: " too short" },
    'suppression of sizes on a: received the reason " too short"; allowed: at least ten characters that say why it is acceptable',
  ],
  [
    { expires: "never" },
    'suppression of sizes on a: received the expiry "never"; allowed: a day as YYYY-MM-DD, for example 2027-01-31',
  ],
  [
    { expires: "2027-13-01" },
    'suppression of sizes on a: received the expiry "2027-13-01"; allowed: a day as YYYY-MM-DD, for example 2027-01-31',
  ],
])("a suppression that is not allowed throws: %j", (change, message) => {
  expect(() => evaluate([a], { rules: [sizes], suppressions: [{ ...suppression, ...change }] })).toThrow(message);
});

test("an error of a rule is not swallowed", () => {
  const broken = {
    ...sizes,
    check: () => {
      throw new TypeError("a defect");
    },
  };
  expect(() => evaluate([a], { rules: [broken] })).toThrow("a defect");
});
