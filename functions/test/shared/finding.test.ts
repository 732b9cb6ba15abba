import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findingMessage } from "../../src/finding-notifier/message.ts";
import { findingOf, text } from "../../src/shared/finding.ts";
import { findingEvent, service } from "../finding-notifier/events.ts";

describe("findingOf", () => {
  test("reads a finding about a function", () => {
    expect(findingOf(findingEvent("Trojan:Lambda/DropPoint"))).toEqual({
      id: "16afba5c5c43e07c9e3e5e2e544e95df",
      type: "Trojan:Lambda/DropPoint",
      severity: 8,
      title: "Title of Trojan:Lambda/DropPoint",
      description: "What GuardDuty says of Trojan:Lambda/DropPoint.",
      accountId: "123456789012",
      region: "eu-west-1",
      partition: "aws",
      sample: false,
      resource: { kind: "Lambda", name: "prod-orders", version: "7", team: "orders" },
      remote: {
        address: "198.51.100.9",
        port: 443,
        domain: undefined,
        place: "Example Hosting, Amsterdam, Netherlands",
        direction: "OUTBOUND",
      },
      api: undefined,
      threatList: undefined,
      firstSeen: "2026-11-24T10:00:00Z",
      lastSeen: "2026-11-24T10:05:00Z",
      count: 3,
    });
  });

  test("reads a finding about credentials", () => {
    expect(findingOf(findingEvent("Stealth:IAMUser/CloudTrailLoggingDisabled"))).toMatchObject({
      resource: { kind: "AccessKey", name: "AssumedRole deployer (key ASIAEXAMPLE)" },
      api: "DeleteTrail of cloudtrail.amazonaws.com",
      remote: { address: "198.51.100.9", direction: undefined },
    });
  });

  test.each([
    ["an unnamed key", { resourceType: "AccessKey", accessKeyDetails: { principalId: "P" } }, "P (key unknown)"],
    ["a bucket", { resourceType: "S3Bucket", s3BucketDetails: [{ name: "b", tags: [] }] }, "b"],
    ["a database", { resourceType: "RDSDBInstance", rdsDbInstanceDetails: { dbInstanceIdentifier: "d" } }, "d"],
    ["a function's ARN", { resourceType: "Lambda", lambdaDetails: { functionArn: "arn:f" } }, "arn:f"],
    ["another resource", { resourceType: "Instance" }, "Instance"],
    ["nothing", {}, "not named"],
  ])("names %s", (_what, resource, name) => {
    expect(findingOf(findingEvent("X:Y/Z", { resource }))?.resource.name).toBe(name);
  });

  test("of an event without a service, an action or a resource is read as far as it goes", () => {
    expect(
      findingOf({ detail: { id: "i", type: "X:Y/Z", service: "none", resource: [], severity: Number.NaN } }),
    ).toStrictEqual({
      id: "i",
      type: "X:Y/Z",
      severity: 0,
      title: "",
      description: "",
      accountId: "",
      region: "",
      partition: "aws",
      sample: false,
      resource: { kind: "", name: "not named" },
      remote: undefined,
      api: undefined,
      threatList: undefined,
      firstSeen: "",
      lastSeen: "",
      count: 1,
    });
  });

  test("names no call of which it does not know the name", () => {
    const action = { awsApiCallAction: { serviceName: "s3.amazonaws.com" } };
    expect(findingOf(findingEvent("X:Y/Z", { service: { action } }))?.api).toBeUndefined();
  });

  test.each([
    [[null, { key: "team", value: "orders" }], "orders"],
    [
      [
        { key: "palisade:team", value: "" },
        { key: "team", value: "orders" },
      ],
      "orders",
    ],
    [[{ key: "owner", value: "orders" }], undefined],
    ["orders", undefined],
  ])("of the tags %j reads the team %j", (tags, team) => {
    const resource = { lambdaDetails: { functionName: "f", tags } };
    expect(findingOf(findingEvent("X:Y/Z", { resource }))?.resource.team).toBe(team);
  });

  test("takes the threat list from the evidence where it is only there", () => {
    const evidence = { threatIntelligenceDetails: [{ threatListName: "from evidence" }] };
    expect(findingOf(findingEvent("X:Y/Z", { service: { ...service, evidence } }))?.threatList).toBe("from evidence");
  });

  test("falls back to the finding's own times, and to one", () => {
    expect(findingOf(findingEvent("X:Y/Z", { service: {}, severity: "8" }))).toMatchObject({
      firstSeen: "2026-11-24T10:05:00Z",
      lastSeen: "2026-11-24T10:05:00Z",
      count: 1,
      severity: 0,
      remote: undefined,
    });
  });

  test("reads a login to a database, over IPv6", () => {
    const action = { rdsLoginAttemptAction: { remoteIpDetails: { ipAddressV6: "2001:db8::1" } } };
    expect(findingOf(findingEvent("X:RDS/Z", { service: { action } }))?.remote).toMatchObject({
      address: "2001:db8::1",
      place: "",
    });
  });

  test("knows a sample by its mark", () => {
    const additionalInfo = { sample: true };
    expect(findingOf(findingEvent("X:Y/Z", { service: { additionalInfo } }))?.sample).toBe(true);
  });

  test.each([undefined, null, "x", 1, [], {}, { detail: null }, { detail: { id: "i" } }, { detail: { type: "t" } }])(
    "finds none in %j",
    (event) => {
      expect(findingOf(event)).toBeUndefined();
    },
  );

  test("an attacker's names never add a line to a message, whatever they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, words) => {
        const finding = findingOf(
          findingEvent("Recon:IAMUser/TorIPCaller", {
            description: words,
            resource: { resourceType: "AccessKey", accessKeyDetails: { userName: name, accessKeyId: words } },
          }),
        );
        if (finding === undefined) throw new Error("no finding");
        const message = findingMessage(finding);
        expect(message.text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/)).toHaveLength(19);
        expect(message.subject).toMatch(/^[\x20-\x7e]{1,100}$/);
      }),
      { numRuns: 10_000 },
    );
  });
});

test("a text is one line of visible characters", () => {
  expect(text(" \t one\r\n\u2028two \u0000\u200b three ")).toBe("one two three");
  expect(text(["text"])).toBe("");
});

test("a long text is cut", () => {
  expect(text("x".repeat(501))).toBe(`${"x".repeat(499)}…`);
  expect(text("x".repeat(500))).toBe("x".repeat(500));
});
