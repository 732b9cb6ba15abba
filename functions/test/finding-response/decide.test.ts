import { describe, expect, test } from "vitest";
import { measuresFor, subjectOf } from "../../src/finding-response/decide.ts";
import type { ResponsePlan } from "../../src/finding-response/settings.ts";
import { findingEvent, lambda, service } from "../finding-notifier/events.ts";
import { callFrom, PLAN } from "./support.ts";

const DROP_POINT = "Trojan:Lambda/DropPoint";

function decide(event: unknown, plan: ResponsePlan = PLAN, self = "responder") {
  const about = subjectOf(event);
  return about === undefined ? undefined : measuresFor(about.finding, about.subject, plan, self);
}

const about = (functionName: string, role = "arn:aws:iam::123456789012:role/other") =>
  findingEvent(DROP_POINT, {
    resource: {
      resourceType: "Lambda",
      lambdaDetails: {
        ...lambda.lambdaDetails,
        role,
        functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
      },
    },
  });

describe("a finding about a function", () => {
  test("stops the function and revokes the sessions of its role; the address is one that we called", () => {
    expect(decide(findingEvent(DROP_POINT))).toEqual([
      { measure: "quarantine", target: "prod-orders" },
      { measure: "revoke-sessions", target: "prod-orders" },
    ]);
  });

  test("of a version is about the function", () => {
    expect(decide(about("prod-orders:7"))).toEqual([{ measure: "quarantine", target: "prod-orders" }]);
  });

  test("of a version is covered by the ARN of the function itself", () => {
    const { quarantine } = PLAN;
    if (quarantine === undefined) throw new Error("no quarantine");
    const targets = [
      "arn:aws:lambda:eu-west-1:123456789012:function:prod-carts",
      "arn:aws:lambda:eu-west-1:123456789012:function:prod-orders",
    ];
    const plan: ResponsePlan = { ...PLAN, quarantine: { ...quarantine, targets } };
    expect(decide(about("prod-orders:live"), plan)).toEqual([{ measure: "quarantine", target: "prod-orders" }]);
  });

  test.each(["dev-orders", "prod", "x-prod-orders", "prod-orders!", `prod-${"x".repeat(60)}`])(
    "that the plan does not cover stops nothing: %s",
    (name) => {
      expect(decide(about(name))).toEqual([]);
    },
  );

  test("of another account or region stops no function of that name here", () => {
    const elsewhere = (functionArn: string) =>
      findingEvent(DROP_POINT, { resource: { lambdaDetails: { functionArn } } });
    expect(decide(elsewhere("arn:aws:lambda:eu-west-1:999999999999:function:prod-orders"))).toEqual([]);
    expect(decide(elsewhere("arn:aws:lambda:us-east-1:123456789012:function:prod-orders"))).toEqual([]);
    expect(decide(elsewhere("arn:aws:lambda:eu-west-1:123456789012:function:prod-../../x"))).toEqual([]);
    expect(decide(elsewhere("::arn:aws:lambda:eu-west-1:123456789012:function:prod-orders"))).toEqual([]);
  });

  test("is never answered by stopping what the plan protects, or the responder itself", () => {
    const declined = "the plan protects it";
    expect(decide(about("prod-authorizer"))).toEqual([{ measure: "quarantine", target: "prod-authorizer", declined }]);
    expect(decide(about("prod-responder"), PLAN, "prod-responder")).toEqual([
      { measure: "quarantine", target: "prod-responder", declined },
    ]);
  });

  test("below the measure's severity, or of another type, calls for nothing", () => {
    expect(decide(findingEvent(DROP_POINT, { severity: 6.9 }))).toEqual([
      { measure: "revoke-sessions", target: "prod-orders" },
    ]);
    const { quarantine } = PLAN;
    if (quarantine === undefined) throw new Error("no quarantine");
    const plan: ResponsePlan = {
      ...PLAN,
      quarantine: { ...quarantine, types: ["CryptoCurrency:Lambda/*"] },
      "revoke-sessions": undefined,
    };
    expect(decide(findingEvent(DROP_POINT), plan)).toEqual([]);
  });
});

describe("a finding about credentials", () => {
  test("revokes the role's sessions and denies the caller's address", () => {
    expect(decide(callFrom("45.155.205.10"))).toEqual([
      { measure: "revoke-sessions", target: "deployer" },
      { measure: "deny-address", target: "45.155.205.10/32" },
    ]);
  });

  test("of a user's key has no sessions to revoke", () => {
    const resource = { resourceType: "AccessKey", accessKeyDetails: { userType: "IAMUser", userName: "deployer" } };
    expect(decide(callFrom("45.155.205.10", undefined, { resource }))).toEqual([
      { measure: "deny-address", target: "45.155.205.10/32" },
    ]);
  });

  test("without the role's name, or of a user, revokes nothing, even when the plan covers every role", () => {
    const { "revoke-sessions": revocation } = PLAN;
    if (revocation === undefined) throw new Error("no revocation");
    const plan: ResponsePlan = {
      mode: "act",
      measuresPerHour: 10,
      "revoke-sessions": { ...revocation, targets: ["arn:aws:iam::123456789012:role/*"] },
    };
    const of = (accessKeyDetails: object) =>
      decide(callFrom("45.155.205.10", undefined, { resource: { accessKeyDetails } }), plan);
    expect(of({ userType: "AssumedRole", userName: "any" })).toEqual([{ measure: "revoke-sessions", target: "any" }]);
    expect(of({ userType: "AssumedRole" })).toEqual([]);
    expect(of({ userType: "IAMUser", userName: "any" })).toEqual([]);
    const lambdaDetails = { role: "arn:aws:iam::123456789012:role/" };
    expect(decide(findingEvent(DROP_POINT, { resource: { lambdaDetails } }), plan)).toEqual([]);
    // A plan may name a role by its name alone.
    const named = { ...plan, "revoke-sessions": { ...revocation, targets: ["deployer"] } };
    expect(decide(callFrom("45.155.205.10"), named)).toEqual([{ measure: "revoke-sessions", target: "deployer" }]);
  });

  test("never denies an address that is private or that the plan allows", () => {
    expect(decide(callFrom("10.0.0.7"))?.[1]).toEqual({
      measure: "deny-address",
      target: "10.0.0.7",
      declined: "it is no public address",
    });
    expect(decide(callFrom("45.155.204.9"))?.[1]?.declined).toBe("the plan allows it");
    expect(decide(callFrom("45.155.204.9"), { ...PLAN, "deny-address": undefined })).toHaveLength(1);
  });
});

test("who signs in to a database is denied, and who connects to it from outside", () => {
  const remoteIpDetails = { ipAddressV4: "45.155.205.10" };
  const login = (action: unknown) =>
    decide(findingEvent("CredentialAccess:RDS/AnomalousBehavior", { resource: {}, service: { ...service, action } }));
  const denied = [{ measure: "deny-address", target: "45.155.205.10/32" }];
  expect(login({ rdsLoginAttemptAction: { remoteIpDetails } })).toEqual(denied);
  expect(login({ networkConnectionAction: { connectionDirection: "INBOUND", remoteIpDetails } })).toEqual(denied);
  expect(login({ networkConnectionAction: { connectionDirection: "OUTBOUND", remoteIpDetails } })).toEqual([]);
  expect(login({ networkConnectionAction: { connectionDirection: "INBOUND", remoteIpDetails: {} } })).toEqual([]);
});

test("what is no finding, or was archived, or names nothing, calls for nothing", () => {
  expect(decide(undefined)).toBeUndefined();
  expect(decide({ detail: { id: "x" } })).toBeUndefined();
  expect(decide(findingEvent(DROP_POINT, { service: { ...service, archived: true } }))).toBeUndefined();
  expect(decide(findingEvent(DROP_POINT, { resource: { lambdaDetails: { role: "arn:aws:iam::1:role/" } } }))).toEqual(
    [],
  );
  expect(decide(findingEvent(DROP_POINT, { resource: [], service: null }))).toEqual([]);
});
