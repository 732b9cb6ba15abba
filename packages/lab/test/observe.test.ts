import { describe, expect, it } from "vitest";
import type { DefenceId } from "../src/defences.ts";
import type { Exchange } from "../src/exchange.ts";
import { observe as observeClaimed } from "../src/observe.ts";
import type { LogEntry } from "../src/records.ts";
import { answer, entry, kept } from "./support.ts";

/** As `observe` of an attack that lists nothing, where the test names nothing. */
const observe = (exchanges: readonly Exchange[], records: readonly LogEntry[], claimed: readonly DefenceId[] = []) =>
  observeClaimed(exchanges, records, claimed);

const refused = (status: number, type?: string, id = "r1") =>
  kept({}, answer(status, "", { "x-amzn-requestid": id, ...(type === undefined ? {} : { "x-amzn-errortype": type }) }));

describe("a refusal by API Gateway", () => {
  it.each([
    ["UnauthorizedException", 401, "gateway", "gateway:authorizer"],
    ["AccessDeniedException", 403, "authorizer", "authorizer:allow-list"],
    ["BadRequestException", 400, "gateway", "gateway:model"],
  ])("%s names %s, %s, %s", (type, status, layer, defence) => {
    const observation = observe([refused(status, type)], []);
    expect(observation).toMatchObject({ layer, defence, record: { source: "gateway", event: type, requestId: "r1" } });
  });

  it("of another kind names the gateway and no defence", () => {
    const observation = observe([refused(429, "TooManyRequestsException")], []);
    expect(observation).toMatchObject({ layer: "gateway", record: { event: "TooManyRequestsException" } });
    expect(observation?.defence).toBeUndefined();
  });

  it("gives way to the authorizer's own record of the request", () => {
    const record = entry({ requestId: "r1", layer: "authorizer", defence: "token" });
    expect(observe([refused(401, "UnauthorizedException")], [record])).toEqual({
      layer: "authorizer",
      defence: "authorizer:token",
      record,
    });
  });
});

describe("a refusal by the firewall", () => {
  const stopped = (rule: string, requestId = "r1") =>
    entry({ source: "waf", requestId, event: `BLOCK ${rule}`, text: "{}" });

  it.each([
    ["address-denied", "edge:ip-deny"],
    ["country-denied", "edge:geo"],
    ["size-limits", "edge:body-size"],
    ["rate-sign-in", "edge:rate-limit"],
    ["sql-injection", "edge:sql-injection"],
    ["cross-site-scripting", "edge:script"],
  ])("by the rule %s names %s", (rule, defence) => {
    const record = stopped(rule);
    expect(observe([refused(403, "ForbiddenException")], [record])).toEqual({ layer: "edge", defence, record });
  });

  it("by a rule that is no defence of the table names the edge alone", () => {
    const record = stopped("managed-known-bad-inputs");
    expect(observe([refused(403)], [record])).toEqual({ layer: "edge", record });
  });

  it("of another request, or of one without an id, explains nothing", () => {
    expect(observe([refused(403)], [stopped("size-limits", "r2")])).toBeUndefined();
    const nameless = { ...stopped("size-limits"), requestId: undefined };
    expect(observe([kept({}, answer(403))], [nameless])).toBeUndefined();
  });
});

describe("a function's record", () => {
  const record = entry({ requestId: "r1", layer: "function", defence: "company-check" });

  it("names the defence for its own request", () => {
    expect(observe([refused(403)], [record])).toEqual({ layer: "function", defence: "function:company-check", record });
  });

  it.each([
    ["another request", entry({ ...record, requestId: "r2" })],
    ["no request", { ...record, requestId: undefined }],
    ["a defence that does not exist", entry({ ...record, defence: "magic" })],
    ["another source", entry({ ...record, source: "database" })],
    ["what was served", entry({ ...record, event: "served" })],
    ["a crash", entry({ ...record, event: "failed" })],
  ])("of %s explains nothing", (_title, other) => {
    expect(observe([refused(403)], [other])).toBeUndefined();
  });

  it("is not looked for where the answer has no request id", () => {
    const nameless = entry({ layer: "function", defence: "company-check" });
    expect(observe([kept({}, answer(403))], [nameless])).toBeUndefined();
  });

  it("is not looked for on requests that only prepare or prove", () => {
    expect(observe([{ ...refused(403), purpose: "proof" }], [record])).toBeUndefined();
  });

  it("of the first refused request counts", () => {
    const second = entry({ requestId: "r2", layer: "database", defence: "grants" });
    expect(observe([refused(403), refused(500, undefined, "r2")], [second, record])?.defence).toBe(
      "function:company-check",
    );
  });
});

describe("a crash", () => {
  const problem = { "content-type": "application/problem+json", "x-amzn-requestid": "r1" };
  const crashed = kept({}, answer(500, {}, problem));
  const record = entry({ requestId: "r1", event: "failed", layer: "function", defence: "problem-details" });

  it("is the mark of problem details where the attack is one on what an error tells", () => {
    expect(observe([crashed], [record], ["function:problem-details"])).toEqual({
      layer: "function",
      defence: "function:problem-details",
      record,
    });
  });

  it.each<[string, Exchange, LogEntry, DefenceId[]]>([
    ["the attack does not list them", crashed, record, ["function:search-term"]],
    ["the answer is no problem document", refused(500), record, ["function:problem-details"]],
    ["another request crashed", crashed, { ...record, requestId: "r2" }, ["function:problem-details"]],
    ["it was served", { ...crashed, response: answer(200, {}, problem) }, record, ["function:problem-details"]],
  ])("explains nothing when %s", (_title, exchange, one, claimed) => {
    expect(observe([exchange], [one], claimed)).toBeUndefined();
  });

  it("of the authorizer does not make the gateway's answer a refusal", () => {
    const failed = entry({ requestId: "r1", event: "failed", layer: "authorizer", defence: "token" });
    expect(observe([refused(401, "UnauthorizedException")], [failed])).toBeUndefined();
  });
});

describe("a call with stolen credentials", () => {
  const call = kept({ path: "/secretsmanager:ListSecrets" }, answer(403), { via: "aws" });
  const trail = entry({ source: "cloudtrail", event: "ListSecrets", text: '{"errorCode": "AccessDenied"}' });

  it("was refused by the role when CloudTrail says so", () => {
    expect(observe([call], [trail])).toEqual({ layer: "iam", defence: "iam:role", record: trail });
  });

  it.each([
    ["another action", { ...trail, event: "GetSecretValue" }],
    ["a call that was served", { ...trail, text: "{}" }],
    ["an earlier time", { ...trail, time: -1 }],
    ["another log", { ...trail, source: "function" as const }],
  ])("is not explained by a record of %s", (_title, record) => {
    expect(observe([call], [record])).toBeUndefined();
  });

  it.each([
    ["CodeVerificationFailedException", "the stolen role", "function:code-signing", "function"],
    ["InvalidCodeSignatureException", "a developer of the team catalog", "function:code-signing", "function"],
    ["AccessDeniedException", "a developer of the team catalog", "iam:team-access", "iam"],
    ["AccessDenied", "the stolen role", "iam:role", "iam"],
  ])(
    "was refused with %s to %s: by what the code says, by whose credentials they are",
    (code, client, defence, layer) => {
      const request = { client, path: "/lambda:UpdateFunctionCode catalog" };
      const record = { ...trail, event: "UpdateFunctionCode", text: JSON.stringify({ errorCode: code }) };
      expect(observe([kept(request, answer(400), { via: "aws" })], [record])).toEqual({ layer, defence, record });
    },
  );

  it("is explained by the last record of its action: the first may be of an attack before it", () => {
    const later = { ...trail, time: trail.time + 1 };
    expect(observe([call], [trail, later])?.record).toBe(later);
  });

  it("to the database was refused by the role when the database's log says what it may not do", () => {
    const login = kept({ path: "/rds-db:connect orders" }, answer(0), { via: "aws" });
    const text = '{"reason":"carts is not authorized to perform: rds-db:connect on resource: orders"}';
    const record = entry({ source: "database", event: "connect", text });
    expect(observe([login], [record])).toEqual({ layer: "iam", defence: "iam:role", record });
    expect(observe([login], [{ ...record, text: '{"reason":"the server has no such user"}' }])).toBeUndefined();
  });

  it("to the database was refused for the token's age when the database's log says so", () => {
    const login = kept({ path: "/rds-db:connect carts" }, answer(0), { via: "aws" });
    const record = entry({ source: "database", event: "connect", text: '{"reason":"the token has expired"}' });
    expect(observe([login], [record])).toEqual({ layer: "database", defence: "database:token-age", record });
    expect(observe([login], [{ ...record, time: login.startedAt - 1001 }])).toBeUndefined();
  });

  it("without an action is not explained", () => {
    expect(observe([{ ...call, request: { ...call.request, path: "/" } }], [trail])).toBeUndefined();
  });
});

describe("an attack that was served without effect", () => {
  const quoted = kept({ path: "/products?q=Mug'%20OR%201" }, answer(200, { products: [] }));
  const executed = entry({ source: "database", event: "Execute", text: "SELECT … LIKE '%Mug\\' OR 1%'" });

  it("was bound, when the server's log shows the value apart from the statement", () => {
    expect(observe([quoted], [executed])).toEqual({
      layer: "function",
      defence: "function:prepared-statement",
      record: executed,
    });
  });

  it("was bound, when the value was a text somewhere in a JSON body", () => {
    const body = JSON.stringify({ lines: [{ sku: "Mug' OR 1" }, 7, null] });
    expect(observe([kept({ body }, answer(200))], [executed])?.record).toBe(executed);
    expect(observe([kept({ body: `{${body}` }, answer(200))], [executed])).toBeUndefined();
  });

  it.each([
    ["the statement was sent as text", { ...executed, event: "Query" }],
    ["the quote is not escaped", { ...executed, text: "SELECT … LIKE '%Mug' OR 1%'" }],
    ["it was another time", { ...executed, time: 2000 }],
    ["it was before", { ...executed, time: 10 }],
    ["it was no database", { ...executed, source: "function" as const }],
  ])("is not explained when %s", (_title, record) => {
    expect(observe([quoted], [record])).toBeUndefined();
  });

  it("is not explained by a statement of a request without a quote", () => {
    expect(observe([kept({ path: "/products?q=Mug" }, answer(200))], [executed])).toBeUndefined();
  });

  const page = (body: string, type = "text/html; charset=utf-8") =>
    kept({}, answer(200, body, { "content-type": type }), { via: "browser" });

  it("was encoded, when the page holds the script as text", () => {
    const observation = observe([page("<p>&lt;script&gt;fetch(1)</p>")], []);
    expect(observation).toMatchObject({ layer: "function", defence: "function:html-encoding" });
    expect(observation?.record).toMatchObject({
      source: "answer",
      text: "the page holds the script as text: &lt;script&gt;fetch(1)",
    });
  });

  it("was encoded in an answer to a machine, too", () => {
    const machine = kept({}, answer(200, "&lt;script&gt;", { "content-type": "text/html", "x-amzn-requestid": "r1" }));
    expect(observe([machine], [])?.record).toMatchObject({ source: "answer", requestId: "r1" });
  });

  it("was kept from running, when the browser reports the policy", () => {
    const blocked = { ...page("<script>1</script>"), browser: { violations: ["script-src-elem inline"], console: [] } };
    expect(observe([blocked], [])).toMatchObject({
      defence: "function:content-security-policy",
      record: { source: "browser", event: "securitypolicyviolation", text: "script-src-elem inline" },
    });
  });

  it.each([
    ["plain text", page("&lt;script&gt;", "text/plain")],
    ["a page without the script", page("<p>hello</p>")],
    [
      "an error page",
      { ...page("&lt;script&gt;"), response: answer(500, "&lt;script", { "content-type": "text/html" }) },
    ],
    ["an answer without a type", kept({}, answer(200, "&lt;script&gt;"))],
  ])("is not explained by %s", (_title, exchange) => {
    expect(observe([exchange], [])).toBeUndefined();
  });
});

describe("a cookie that the browser kept back", () => {
  const seen = (withheld: string[]) =>
    kept({}, answer(401, "", { "x-amzn-errortype": "UnauthorizedException" }), {
      via: "browser",
      browser: { violations: [], console: [], withheld },
    });

  it("is what held, before whoever refused the request without it", () => {
    const observed = observe([seen(["__Host-refresh: x", "__Host-session: SameSiteStrict"])], [], []);
    expect(observed).toMatchObject({
      defence: "function:session-cookie",
      record: { source: "browser", text: "__Host-session: SameSiteStrict" },
    });
  });

  it("is not, where it was another", () => {
    expect(observe([seen(["__Host-refresh: x"])], [], [])).toMatchObject({ defence: "gateway:authorizer" });
  });
});

describe("another session than the one that the browser came with", () => {
  const signIn = (cookie: string | undefined, set: string) =>
    kept({ headers: cookie ? { cookie } : {} }, answer(204, "", { "set-cookie": set }));

  it("is the mark of a sign-in that takes nothing on", () => {
    const marked = observe([signIn("__Host-session=planted", "__Host-session=new; Path=/")], [], []);
    expect(marked).toMatchObject({ defence: "function:fresh-session" });
    expect(observe([signIn("__Host-session=planted", "__Host-session=planted; Path=/")], [], [])).toBeUndefined();
    expect(observe([signIn(undefined, "__Host-session=new; Path=/")], [], [])).toBeUndefined();
  });
});
