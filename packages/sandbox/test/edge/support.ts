import type { FieldToMatch, Rule, RuleAction, Statement, WebACL } from "@aws-sdk/client-wafv2";
import { loadLibinjection } from "../../src/edge/libinjection.ts";
import type { EdgeRequest } from "../../src/edge/request.ts";
import { type CompiledWebAcl, compileWebAcl, type WebAclOptions } from "../../src/edge/web-acl.ts";

/** One instance for all tests of a file. */
export const libinjection = loadLibinjection();

export const VISIBILITY = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "m" };
export const ARN =
  "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/testWebACL/0a1b2c3d-0000-4000-8000-000000000000";

/** Text transformations by name, in their order. */
export function transformations(...types: string[]) {
  return (types.length > 0 ? types : ["NONE"]).map((Type, Priority) => ({ Priority, Type }) as never);
}

/** A rule that blocks, unless another action is given. */
export function rule(
  Name: string,
  Statement: Statement,
  Action: RuleAction = { Block: {} },
  more: Partial<Rule> = {},
): Rule {
  return { Name, Priority: 0, Statement, Action, VisibilityConfig: VISIBILITY, ...more };
}

export function webAcl(rules: Rule[], more: Partial<WebACL> = {}): WebACL {
  return {
    Name: "testWebACL",
    Id: "0a1b2c3d-0000-4000-8000-000000000000",
    ARN,
    DefaultAction: { Allow: {} },
    VisibilityConfig: VISIBILITY,
    // In the order of the list.
    Rules: rules.map((one, at) => ({ ...one, Priority: one.Priority || at })),
    ...more,
  };
}

export function compile(
  rules: Rule[],
  options: Partial<Omit<WebAclOptions, "acl">> & { acl?: Partial<WebACL> } = {},
): CompiledWebAcl {
  const { acl, ...rest } = options;
  return compileWebAcl({ libinjection, now: () => 1_700_000_000_000, ...rest, acl: webAcl(rules, acl) });
}

/** A request with nothing special about it. */
export function request(over: Partial<Omit<EdgeRequest, "body">> & { body?: string | Buffer } = {}): EdgeRequest {
  const { body = "", ...rest } = over;
  return {
    method: "GET",
    path: "/orders",
    query: "",
    httpVersion: "1.1",
    headers: [["Host", "api.example.com"]],
    clientIp: "192.0.2.1",
    requestId: "r-1",
    ...rest,
    body: Buffer.isBuffer(body) ? body : Buffer.from(body, "utf8"),
  };
}

/** Whether a single blocking statement blocks a request. */
export function blocks(
  statement: Statement,
  over: Parameters<typeof request>[0],
  options: Parameters<typeof compile>[1] = {},
): boolean {
  return compile([rule("only", statement)], options).evaluate(request(over)).action === "BLOCK";
}

export function contains(
  text: string,
  FieldToMatch: FieldToMatch,
  PositionalConstraint = "CONTAINS",
  ...types: string[]
): Statement {
  return {
    ByteMatchStatement: {
      SearchString: new Uint8Array(Buffer.from(text)),
      FieldToMatch,
      PositionalConstraint: PositionalConstraint as never,
      TextTransformations: transformations(...types),
    },
  };
}
