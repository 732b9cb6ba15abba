import { describe, expect, test } from "vitest";
import { toOcsf } from "../../src/ocsf/map.ts";
import { findingEvent } from "../finding-notifier/events.ts";
import { accessRecord, call, wafRecord } from "./records.ts";

// biome-ignore lint/suspicious/noExplicitAny: an event's parts are read by name
type Out = Record<string, any>;
const map = (record: unknown, place = { region: "eu-west-1", accountId: "123456789012" }) =>
  toOcsf(record, place) as Out;
const CLOUD = {
  provider: "AWS",
  region: "eu-west-1",
  account: { uid: "123456789012", type: "AWS Account", type_id: 10 },
};

describe("CloudTrail", () => {
  test("a call is an API Activity, with everything that an investigation asks for", () => {
    const record = call("cloudtrail", "DeleteTrail", {
      errorCode: "AccessDenied",
      errorMessage: "not authorized",
      requestParameters: { name: "trail" },
      responseElements: { done: false },
      resources: [{ ARN: "arn:aws:cloudtrail:eu-west-1:123456789012:trail/t", type: "AWS::CloudTrail::Trail" }, {}],
      userIdentity: {
        type: "AssumedRole",
        principalId: "AROA:s",
        arn: "arn:aws:sts::123456789012:assumed-role/dev/s",
        accountId: "123456789012",
        accessKeyId: "ASIAEXAMPLE",
        sessionContext: {
          sessionIssuer: { type: "Role", arn: "arn:aws:iam::123456789012:role/dev", userName: "dev" },
          attributes: { creationDate: "2026-11-24T09:00:00Z", mfaAuthenticated: "true" },
        },
      },
    });
    expect(map(record)).toEqual({
      activity_id: 4,
      activity_name: "Delete",
      category_name: "Application Activity",
      category_uid: 6,
      class_name: "API Activity",
      class_uid: 6003,
      type_name: "API Activity: Delete",
      type_uid: 600304,
      severity: "Informational",
      severity_id: 1,
      time: Date.UTC(2026, 10, 24, 10),
      message: "DeleteTrail of cloudtrail.amazonaws.com: AccessDenied",
      cloud: CLOUD,
      actor: {
        user: {
          name: "dev",
          uid: "arn:aws:sts::123456789012:assumed-role/dev/s",
          uid_alt: "AROA:s",
          credential_uid: "ASIAEXAMPLE",
          type: "AssumedRole",
          type_id: 99,
          account: { uid: "123456789012", type: "AWS Account", type_id: 10 },
        },
        session: {
          issuer: "arn:aws:iam::123456789012:role/dev",
          created_time: Date.UTC(2026, 10, 24, 9),
          is_mfa: true,
        },
      },
      src_endpoint: { ip: "198.51.100.9" },
      http_request: { user_agent: "aws-cli/2.31.0" },
      status: "Failure",
      status_id: 2,
      status_code: "AccessDenied",
      status_detail: "not authorized",
      api: {
        operation: "DeleteTrail",
        service: { name: "cloudtrail.amazonaws.com" },
        request: { uid: "request-1", data: { name: "trail" } },
        response: { error: "AccessDenied", error_message: "not authorized", data: { done: false } },
      },
      resources: [{ uid: "arn:aws:cloudtrail:eu-west-1:123456789012:trail/t", type: "AWS::CloudTrail::Trail" }],
      unmapped: {
        eventType: "AwsApiCall",
        readOnly: false,
        userIdentity: { sessionContext: { sessionIssuer: { userName: "dev", type: "Role" } } },
      },
      metadata: {
        version: "1.5.0",
        product: { vendor_name: "AWS", name: "CloudTrail", version: "1.11", feature: { name: "Management" } },
        profiles: ["cloud"],
        uid: "event-1",
        event_code: "DeleteTrail",
        original_time: "2026-11-24T10:00:00Z",
      },
    });
  });

  test.each([
    ["CreateUser", 1, "Create"],
    ["RunInstances", 1, "Create"],
    ["DescribeTrails", 2, "Read"],
    ["GetObject", 2, "Read"],
    ["PutBucketPolicy", 3, "Update"],
    ["StopLogging", 3, "Update"],
    ["AddPermission20150331v2", 3, "Update"],
    ["DeleteTrail", 4, "Delete"],
    ["ScheduleKeyDeletion", 4, "Delete"],
    ["RevokeSecurityGroupIngress", 4, "Delete"],
    ["Decrypt", 99, "Decrypt"],
  ])("%s is of activity %i, %s", (eventName, id, name) => {
    const event = map(call("x", eventName));
    expect([event.activity_id, event.activity_name, event.type_uid]).toEqual([id, name, 600300 + id]);
    expect(event.type_name).toBe(`API Activity: ${id === 99 ? "Other" : name}`);
  });

  test("a call that changes nothing is a reading, whatever it is called", () => {
    expect(map(call("kms", "Decrypt", { readOnly: true })).activity_id).toBe(2);
  });

  test("a sign-in says whether it succeeded and whether with a second factor", () => {
    const signIn = (MFAUsed: string | undefined, ConsoleLogin: string) =>
      map(
        call("signin", "ConsoleLogin", {
          eventType: "AwsConsoleSignIn",
          additionalEventData: { MFAUsed },
          responseElements: { ConsoleLogin },
        }),
      );
    const event = signIn("No", "Success");
    expect(event).toMatchObject({
      class_uid: 3002,
      type_uid: 300201,
      status_id: 1,
      is_mfa: false,
      is_remote: true,
      service: { name: "signin.amazonaws.com" },
      user: { name: "ann", uid: "arn:aws:iam::123456789012:user/ann" },
      unmapped: { additionalEventData: { MFAUsed: "No" } },
    });
    expect(signIn("Yes", "Failure")).toMatchObject({ status: "Failure", status_id: 2, is_mfa: true });
    expect(signIn(undefined, "Success")).not.toHaveProperty("is_mfa");
  });

  test("who takes a role becomes the role", () => {
    const roleArn = "arn:aws:iam::123456789012:role/reader";
    const taken = { arn: "arn:aws:sts::123456789012:assumed-role/reader/s", assumedRoleId: "AROAREADER:s" };
    const parts = { requestParameters: { roleArn } };
    const event = map(call("sts", "AssumeRole", { ...parts, responseElements: { assumedRoleUser: taken } }));
    expect(event).toMatchObject({
      class_uid: 3002,
      activity_id: 1,
      actor: { user: { name: "ann" } },
      user: { uid: taken.arn, uid_alt: taken.assumedRoleId },
      unmapped: { requestParameters: { roleArn } },
    });
    const refused = map(call("sts", "AssumeRole", { ...parts, errorCode: "AccessDenied" }));
    expect(refused).toMatchObject({
      class_uid: 3002,
      status_id: 2,
      status_code: "AccessDenied",
      user: { uid: roleArn },
    });
    expect(map(call("sts", "GetCallerIdentity")).class_uid).toBe(6003);
    expect(map(call("signin", "Logout", { eventType: "AwsConsoleSignIn" })).activity_id).toBe(2);
  });

  test("a service has no address, and acts for itself", () => {
    const event = map(
      call("kms", "RotateKey", {
        userIdentity: { invokedBy: "kms.amazonaws.com" },
        sourceIPAddress: "kms.amazonaws.com",
        eventType: "AwsServiceEvent",
        requestID: undefined,
        managementEvent: false,
      }),
    );
    expect(event.actor).toEqual({ invoked_by: "kms.amazonaws.com" });
    expect(event.src_endpoint).toEqual({ svc_name: "kms.amazonaws.com" });
    expect(event.api.request.uid).toBe("event-1");
    expect(event.metadata.product.feature.name).toBe("Data");
    const bare = map(
      call("kms", "RotateKey", { userIdentity: null, sourceIPAddress: null, requestID: null, eventID: null }),
    );
    expect(bare.actor).toEqual({ invoked_by: "kms.amazonaws.com" });
    expect(bare.src_endpoint).toEqual({ svc_name: "kms.amazonaws.com" });
    expect(bare.api.request.uid).toBe("unknown");
    expect(map(call("x", "Y", { userIdentity: { principalId: "p" }, eventCategory: "Insight" }))).toMatchObject({
      actor: { user: { uid: "p" } },
      metadata: { product: { feature: { name: "Insight" } } },
    });
  });

  test("each statement of a policy is a text of its own, however the API takes the policy", () => {
    const one = { Effect: "Allow", Principal: "*" };
    const policy = { Version: "2012-10-17", Statement: [one, { Effect: "Deny" }] };
    const text = JSON.stringify(policy, undefined, 2);
    const both = [JSON.stringify(one), '{"Effect":"Deny"}'];
    const statements = (requestParameters: unknown) =>
      map(call("x", "Put", { requestParameters })).unmapped.policyStatements;
    expect(statements({ bucketPolicy: policy })).toEqual(both);
    expect(statements({ policy: text })).toEqual(both);
    expect(statements({ attributes: { Policy: text } })).toEqual(both);
    expect(statements({ policy: { Statement: one } })).toEqual([JSON.stringify(one)]);
    // However long: who is let in is within what is indexed.
    const others = Array.from({ length: 300 }, (_, index) => `arn:aws:iam::123456789012:role/role-${index}`);
    const long = { Sid: "x".repeat(9000), Action: "s3:*", Principal: { AWS: [...others, "*"] }, Effect: "Allow" };
    const [text8000] = statements({ policy: { Statement: long } }) as string[];
    expect(text8000).toHaveLength(8000);
    expect(text8000).toMatch(
      /^\{"Effect":"Allow","Principal":\{"AWS":\["\*","arn:aws:iam::123456789012:role\/role-0",/,
    );
    expect(statements({ name: "x", policy: "{ no json", deep: { deeper: { Policy: text } } })).toBeUndefined();
  });
});

describe("GuardDuty", () => {
  test("a finding is a Detection Finding with its resource and its evidence", () => {
    const event = map(findingEvent("UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom"));
    expect(event).toMatchObject({
      class_uid: 2004,
      activity_id: 2,
      severity_id: 4,
      status_id: 1,
      is_alert: true,
      count: 3,
      time: Date.UTC(2026, 10, 24, 10, 5),
      cloud: { ...CLOUD, cloud_partition: "aws" },
      finding_info: {
        uid: "16afba5c5c43e07c9e3e5e2e544e95df",
        types: ["UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom"],
        first_seen_time: Date.UTC(2026, 10, 24, 10),
      },
      resources: [
        {
          uid: "arn:aws:lambda:eu-west-1:123456789012:function:prod-orders",
          name: "prod-orders",
          type: "Lambda",
          tags: [
            { name: "team", value: "other" },
            { name: "palisade:team", value: "orders" },
          ],
        },
      ],
      metadata: {
        uid: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        event_code: "UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom",
      },
    });
    // It went out: the other end is where to.
    expect(event.evidences[0]).toMatchObject({
      dst_endpoint: {
        ip: "198.51.100.9",
        port: 443,
        isp_org: "Example Hosting",
        location: { city: "Amsterdam", desc: "Netherlands" },
      },
      connection_info: { direction: "Outbound", direction_id: 2, protocol_name: "tcp" },
    });
    expect(event.evidences[0]).not.toHaveProperty("src_endpoint");
  });

  test("a finding about a call names the call, who made it and from where", () => {
    const event = map(findingEvent("Stealth:IAMUser/CloudTrailLoggingDisabled"));
    expect(event.resources).toEqual([{ uid: "ASIAEXAMPLE", name: "deployer", type: "AccessKey" }]);
    expect(event.evidences[0]).toMatchObject({
      api: { operation: "DeleteTrail", service: { name: "cloudtrail.amazonaws.com" } },
      actor: { user: { name: "deployer" } },
      src_endpoint: { ip: "198.51.100.9" },
    });
  });

  test.each([
    [9.5, 5, "Critical"],
    [9, 5, "Critical"],
    [8.9, 4, "High"],
    [7, 4, "High"],
    [6.9, 3, "Medium"],
    [4, 3, "Medium"],
    [3.9, 2, "Low"],
    [1, 2, "Low"],
    [0.5, 1, "Informational"],
    ["8", 0, "Unknown"],
  ])("a severity of %s is %i, %s", (severity, id, name) => {
    const event = map(findingEvent("Recon:IAMUser/X", { severity }));
    expect([event.severity_id, event.severity]).toEqual([id, name]);
    expect(event.unmapped.severity).toBe(severity);
  });

  test("other kinds of resources, actions and states", () => {
    const bucket = {
      resourceType: "S3Bucket",
      s3BucketDetails: [{ arn: "arn:aws:s3:::b", name: "b", tags: [{ key: "k" }, {}] }],
    };
    const dns = { dnsRequestAction: { domain: "bad.example" } };
    const event = map(findingEvent("X:S3/Y", { resource: bucket, service: { archived: true, count: 1, action: dns } }));
    expect(event).toMatchObject({
      activity_id: 3,
      status: "Archived",
      status_id: 5,
      resources: [{ uid: "arn:aws:s3:::b", name: "b", type: "S3Bucket", tags: [{ name: "k" }] }],
      evidences: [{ query: { hostname: "bad.example" } }],
    });
    const database = { resourceType: "RDSDBInstance", rdsDbInstanceDetails: { dbInstanceIdentifier: "db" } };
    const login = { rdsLoginAttemptAction: { remoteIpDetails: { ipAddressV6: "2001:db8::1" } } };
    expect(map(findingEvent("X:RDS/Y", { resource: database, service: { count: 1, action: login } }))).toMatchObject({
      activity_id: 1,
      resources: [{ name: "db", type: "RDSDBInstance" }],
      evidences: [{ src_endpoint: { ip: "2001:db8::1" } }],
    });
    const inbound = { networkConnectionAction: { connectionDirection: "INBOUND", remoteIpDetails: { country: {} } } };
    const other = map(findingEvent("X:Y/Z", { resource: { resourceType: "Container" }, service: { action: inbound } }));
    expect(other.resources).toEqual([{ name: "Container", type: "Container" }]);
    expect(other.evidences[0].connection_info).toEqual({ direction: "Inbound", direction_id: 1 });
    expect(other.evidences[0]).not.toHaveProperty("src_endpoint");
    const call = { awsApiCallAction: { api: "X" } };
    const bare = map(
      findingEvent("X:Y/Z", { title: null, resource: {}, service: { action: call }, accountId: null, region: null }),
    );
    expect(bare).toMatchObject({
      message: "X:Y/Z",
      cloud: CLOUD,
      evidences: [{ api: { service: { name: "unknown" } } }],
    });
    expect(bare).not.toHaveProperty("resources");
  });

  test("a finding without a time of its own has that of the event, and its id where the event has none", () => {
    const event = { ...findingEvent("X:Y/Z", { updatedAt: null }), id: null };
    expect(map(event)).toMatchObject({
      time: Date.UTC(2026, 10, 24, 10, 5, 10),
      metadata: { uid: "16afba5c5c43e07c9e3e5e2e544e95df" },
    });
  });
});

describe("HTTP", () => {
  test("a request that the firewall blocked, without its credentials", () => {
    const labels = [{ name: "awswaf:managed:x" }, {}];
    const event = map(wafRecord("BLOCK", { labels, requestBodySize: 12 }));
    expect(event).toMatchObject({
      class_uid: 4002,
      activity_id: 3,
      severity_id: 2,
      status_id: 2,
      action: "Denied",
      action_id: 2,
      disposition: "Blocked",
      disposition_id: 2,
      firewall_rule: { uid: "sql-injection", name: "sql-injection", type: "REGULAR" },
      message: "BLOCK by sql-injection: GET /products",
      cloud: { ...CLOUD, region: "eu-central-1", account: { uid: "111122223333" } },
      src_endpoint: { ip: "198.51.100.9", location: { country: "NL" } },
      http_response: { code: 403 },
      metadata: { profiles: ["cloud", "security_control"], labels: ["awswaf:managed:x"], event_code: "BLOCK" },
    });
    expect(event.http_request).toEqual({
      uid: "request-1",
      http_method: "GET",
      version: "HTTP/1.1",
      user_agent: "curl/8.5.0",
      length: 12,
      url: { path: "/products", query_string: "q=mug", hostname: "api.example.com" },
    });
    expect(JSON.stringify(event)).not.toContain("secret");
  });

  test.each([
    ["ALLOW", { action_id: 1, disposition_id: 1, status_id: 1, severity_id: 1 }],
    ["CHALLENGE", { action: "Other", action_id: 99, disposition: "CHALLENGE", disposition_id: 99, status_id: 1 }],
  ])("a request of the firewall's action %s", (action, expected) => {
    expect(map(wafRecord(action))).toMatchObject(expected);
    expect(map(wafRecord(action))).not.toHaveProperty("http_response");
  });

  test("a firewall's record with little in it", () => {
    const event = map(
      wafRecord("BLOCK", {
        action: null,
        webaclId: "no-arn",
        terminatingRuleId: null,
        formatVersion: null,
        responseCodeSent: 202,
        httpRequest: { clientIp: "198.51.100.9", headers: null },
      }),
    );
    expect(event).toMatchObject({
      activity_id: 0,
      activity_name: "Unknown",
      message: "UNKNOWN by no rule: a request",
      cloud: CLOUD,
      http_response: { code: 202 },
      metadata: { product: { version: "1" } },
    });
    expect(event).not.toHaveProperty("firewall_rule");
  });

  test("a line of the gateway's access log", () => {
    const event = map(accessRecord("403"));
    expect(event).toMatchObject({
      class_uid: 4002,
      activity_id: 3,
      severity_id: 1,
      status_id: 2,
      status_code: "403",
      status_detail: "ACCESS_DENIED",
      message: "403: GET /orders/{id}",
      time: Date.UTC(2026, 10, 24, 10),
      duration: 5,
      cloud: CLOUD,
      src_endpoint: { ip: "198.51.100.9" },
      http_request: {
        uid: "request-1",
        http_method: "GET",
        url: { path: "/orders/{id}", hostname: "api.example.com" },
      },
      http_response: { code: 403, length: 20, latency: 5 },
      tls: { version: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256" },
      unmapped: { operation: "getOrder", principalId: "user-1" },
      metadata: { product: { name: "API Gateway" }, uid: "extended-1", event_code: "getOrder" },
    });
    // `-` is how the gateway says nothing.
    expect(event.metadata).not.toHaveProperty("correlation_uid");
    expect(
      map(accessRecord("200", { tlsVersion: "-", resourcePath: "-", method: "PURGE", extendedRequestId: "-" })),
    ).toMatchObject({
      status_id: 1,
      activity_id: 99,
      activity_name: "PURGE",
      metadata: { uid: "request-1" },
      http_request: { url: { path: "/" } },
    });
    expect(map(accessRecord("399")).status_id).toBe(1);
    expect(map(accessRecord("400")).status_id).toBe(2);
  });
});

test.each([
  ["nothing", null],
  ["a text", "text"],
  ["a list", []],
  ["an object of another kind", { a: 1 }],
  ["a call without a time", call("x", "Y", { eventTime: "yesterday" })],
  ["a call without a source", call("x", "Y", { eventSource: "" })],
  ["a finding without an id", findingEvent("X:Y/Z", { id: "" })],
  ["a finding without any time", { ...findingEvent("X:Y/Z", { updatedAt: "" }), time: undefined }],
  ["an event of another service", { ...findingEvent("X:Y/Z"), source: "aws.macie" }],
  ["a firewall's record without a time", wafRecord("BLOCK", { timestamp: "now" })],
  ["a firewall's record without an address", wafRecord("BLOCK", { httpRequest: {} })],
  ["a line without a status", accessRecord("-")],
  ["a line without a time", accessRecord("200", { time: 1.5 })],
  ["a line without a method", accessRecord("200", { method: "-" })],
])("%s is not mapped", (_what, record) => {
  expect(toOcsf(record)).toBeUndefined();
});
