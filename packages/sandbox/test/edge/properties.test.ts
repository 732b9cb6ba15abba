import fc from "fast-check";
import { expect, test } from "vitest";
import { AddressSet } from "../../src/edge/address.ts";
import { compile, contains, request, rule } from "./support.ts";

/** Cases of each property, with a seed of its own at every run, which a failure names. */
const RUNS = { numRuns: 10_000 };
const DENIED = ["10.0.0.0/8", "192.168.7.0/24", "203.0.113.9/32", "2001:db8:bad::/48", "fe80::1/128"];

const octet = fc.integer({ min: 0, max: 255 });
const denied = fc.oneof(
  fc.tuple(octet, octet, octet).map((rest) => `10.${rest.join(".")}`),
  octet.map((last) => `192.168.7.${last}`),
  fc.constant("203.0.113.9"),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 5, maxLength: 5 })
    .map((groups) => `2001:db8:bad:${groups.map((group) => group.toString(16)).join(":")}`),
  fc.constant("fe80::1"),
);
const address = fc.oneof(fc.ipV4(), fc.ipV6(), denied);
const byteText = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 60,
});
const headerValue = byteText.map((text) => text.replace(/[\r\n\0]/g, " "));
const headerName = fc.constantFrom("Host", "User-Agent", "Cookie", "X-Forwarded-For", "Authorization", "x-a", "X-B");
const any = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
  path: fc.webPath(),
  query: fc.webQueryParameters(),
  headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 6 }),
  body: byteText.map((text) => Buffer.from(text, "latin1")),
  clientIp: address,
});

test("a denied address is never allowed, whatever else it sends", () => {
  const acl = compile(
    [
      // Rules that allow come after the denial, as the component orders them.
      rule("deny", { IPSetReferenceStatement: { ARN: "denied" } }),
      rule("allow", contains("", { UriPath: {} }), { Allow: {} }),
    ],
    { references: { ipSets: new Map([["denied", DENIED]]) } },
  );
  fc.assert(
    fc.property(any, denied, (sent, clientIp) => {
      const verdict = acl.evaluate(request({ ...sent, clientIp }));
      expect([verdict.action, verdict.rule]).toEqual(["BLOCK", "deny"]);
    }),
    RUNS,
  );
  // And no other address is denied: the set is not simply everything.
  const set = new AddressSet(DENIED);
  fc.assert(
    fc.property(any, (sent) => {
      expect(acl.evaluate(request(sent)).action).toBe(set.has(sent.clientIp) ? "BLOCK" : "ALLOW");
    }),
    { numRuns: 1000 },
  );
}, 120_000);

test("an uninspected byte never passes: oversize MATCH and Block", () => {
  const MARK = "\x01mark\x02";
  const all = { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "MATCH" } as const;
  const acl = compile([
    rule("body", contains(MARK, { Body: { OversizeHandling: "MATCH" } })),
    rule("headers", contains(MARK, { Headers: all })),
    rule("cookies", contains(MARK, { Cookies: all })),
    rule("query", contains(MARK, { QueryString: {} })),
    rule("path", contains(MARK, { UriPath: {} })),
  ]);
  const size = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 200 }) },
    { weight: 3, arbitrary: fc.integer({ min: 16_380, max: 16_390 }) },
    { weight: 1, arbitrary: fc.integer({ min: 16_384, max: 40_000 }) },
  );
  const many = fc.constantFrom(1, 2, 50, 199, 200, 201, 300);
  const width = fc.constantFrom(0, 1, 30, 41, 200, 8000, 8192, 9000);
  fc.assert(
    fc.property(
      size,
      many,
      width,
      fc.constantFrom("none", "body", "header", "cookie", "query", "path"),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      (bytes, count, value, place, where, cookies) => {
        const put = (text: string) => {
          const at = Math.floor(where * text.length);
          return text.slice(0, at) + MARK + text.slice(at);
        };
        const chosen = Math.min(count - 1, Math.floor(where * count));
        const headers = Array.from({ length: count }, (_, at): [string, string] => {
          const plain = "v".repeat(value);
          const marked = at === chosen && (place === "header" || place === "cookie") ? put(plain) : plain;
          return cookies ? ["Cookie", `c${at}=${marked}`] : [`x-${at}`, marked];
        });
        const body = "b".repeat(bytes);
        const sent = request({
          body: Buffer.from(place === "body" ? put(body) : body, "latin1"),
          headers,
          query: place === "query" ? put("a=b") : "a=b",
          path: place === "path" ? put("/orders") : "/orders",
        });
        const { action, inspected } = acl.evaluate(sent);
        if (place !== "none") expect(action).toBe("BLOCK");
        if (action === "BLOCK") return;
        // What passes has been inspected to the last byte.
        expect(inspected.body).toBe(sent.body.toString("latin1"));
        expect(inspected.headers).toEqual(sent.headers);
      },
    ),
    RUNS,
  );
}, 240_000);

test("a count rule never blocks, and changes nothing of what a later rule decides", () => {
  const all = { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "MATCH" } as const;
  const counting = [
    rule("ip", { IPSetReferenceStatement: { ARN: "denied" } }, { Count: {} }),
    rule("everything", contains("", { UriPath: {} }), { Count: {} }, { RuleLabels: [{ Name: "seen" }] }),
    rule("body", contains("a", { Body: { OversizeHandling: "MATCH" } }), { Count: {} }),
    rule("headers", contains("a", { Headers: all }), { Count: {} }),
    rule(
      "flood",
      { RateBasedStatement: { Limit: 10, AggregateKeyType: "IP", EvaluationWindowSec: 60 } },
      { Count: {} },
    ),
    rule("geo", { GeoMatchStatement: { CountryCodes: ["US"] } }, { Count: {} }),
  ];
  const last = rule("last", contains("a", { QueryString: {} }));
  const references = { ipSets: new Map([["denied", DENIED]]) };
  const counted = compile(counting, { references });
  const both = compile([...counting, last], { references });
  const alone = compile([last], { references });
  fc.assert(
    fc.property(any, (sent) => {
      const one = counted.evaluate(request(sent));
      expect(one.action).toBe("ALLOW");
      expect(one.counted.map(({ ruleId }) => ruleId)).toContain("everything");
      expect(both.evaluate(request(sent)).action).toBe(alone.evaluate(request(sent)).action);
    }),
    RUNS,
  );
}, 120_000);
