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
    ["DescribeImportTasks", 2, "Read"],
    ["DescribeReleaseLabel", 2, "Read"],
    ["UpdateHealthCheck", 3, "Update"],
    ["BatchPutMessage", 99, "BatchPutMessage"],
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
    expect(map(call("kms", "Decrypt", { readOnly: true }))).toMatchObject({
      activity_id: 2,
      activity_name: "Read",
      status: "Success",
      status_id: 1,
    });
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
      category_uid: 3,
      category_name: "Identity & Access Management",
      class_uid: 3002,
      class_name: "Authentication",
      type_uid: 300201,
      type_name: "Authentication: Logon",
      status: "Success",
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
    expect(map(call("sts", "DecodeAssumeRole")).class_uid).toBe(6003);
    expect(map(call("x", "AssumeRoleOfAnother")).class_uid).toBe(6003);
    expect(map(call("signin", "Logout", { eventType: "AwsConsoleSignIn" }))).toMatchObject({
      activity_id: 2,
      activity_name: "Logoff",
    });
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

  test.each([
    [{ userName: "ann" }, { name: "ann" }],
    [{ arn: "arn:x" }, { uid: "arn:x" }],
    [{ accountId: "1" }, { account: { uid: "1", type: "AWS Account", type_id: 10 } }],
    [
      { type: "Root", principalId: "p" },
      { uid: "p", uid_alt: "p", type: "Root", type_id: 99 },
    ],
    [{ type: "Unknown" }, undefined],
  ])("who calls is told as far as the record knows: %j", (userIdentity, user) => {
    expect(map(call("x", "Y", { userIdentity })).actor.user).toEqual(user);
  });

  test.each([
    ["true", true],
    ["false", false],
    [undefined, undefined],
  ])("a session says whether it began with a second factor: %s", (mfaAuthenticated, expected) => {
    const userIdentity = { arn: "x", sessionContext: { attributes: { mfaAuthenticated } } };
    expect(map(call("x", "Y", { userIdentity })).actor.session?.is_mfa).toBe(expected);
  });

  test("a resource without a name is none", () => {
    const resources = [{ type: "AWS::S3::Object" }, { ARNPrefix: "arn:aws:s3:::b/" }];
    expect(map(call("s3", "GetObject", { resources })).resources).toEqual([{ uid: "arn:aws:s3:::b/" }]);
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
    expect(statements({ policy: `\n ${text}` })).toEqual(both);
    expect(statements({ policy: { Statement: [null, "x", one] } })).toEqual([JSON.stringify(one)]);
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
    const found = findingEvent("UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom").detail;
    expect(event).toEqual({
      activity_id: 2,
      activity_name: "Update",
      category_name: "Findings",
      category_uid: 2,
      class_name: "Detection Finding",
      class_uid: 2004,
      type_name: "Detection Finding: Update",
      type_uid: 200402,
      severity: "High",
      severity_id: 4,
      time: Date.UTC(2026, 10, 24, 10, 5),
      message: "Title of UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom",
      cloud: { ...CLOUD, cloud_partition: "aws" },
      count: 3,
      is_alert: true,
      status: "New",
      status_id: 1,
      finding_info: {
        uid: "16afba5c5c43e07c9e3e5e2e544e95df",
        title: "Title of UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom",
        desc: "What GuardDuty says of UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom.",
        types: ["UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom"],
        created_time: Date.UTC(2026, 10, 24, 10, 5),
        modified_time: Date.UTC(2026, 10, 24, 10, 5),
        first_seen_time: Date.UTC(2026, 10, 24, 10),
        last_seen_time: Date.UTC(2026, 10, 24, 10, 5),
      },
      resources: [
        {
          uid: "arn:aws:lambda:eu-west-1:123456789012:function:prod-orders",
          name: "prod-orders",
          version: "7",
          type: "Lambda",
          tags: [
            { name: "team", value: "other" },
            { name: "palisade:team", value: "orders" },
          ],
        },
      ],
      evidences: [
        {
          data: found.service.action,
          // It went out: the other end is where to.
          dst_endpoint: {
            ip: "198.51.100.9",
            port: 443,
            isp: "Example",
            isp_org: "Example Hosting",
            location: { city: "Amsterdam", desc: "Netherlands" },
          },
          connection_info: { direction: "Outbound", direction_id: 2, protocol_name: "tcp" },
        },
      ],
      unmapped: { severity: 8, resourceRole: "TARGET" },
      metadata: {
        version: "1.5.0",
        product: { vendor_name: "AWS", name: "GuardDuty", uid: "dead10cc00000000000000000000beef" },
        profiles: ["cloud"],
        uid: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        event_code: "UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom",
        log_version: "2.0",
      },
    });
  });

  test("a finding says which feature of GuardDuty found it, and whether it is the first of its kind", () => {
    const event = map(findingEvent("X:Y/Z", { service: { featureName: "LambdaNetworkLogs" } }));
    expect(event).toMatchObject({
      activity_id: 1,
      activity_name: "Create",
      metadata: { product: { feature: { name: "LambdaNetworkLogs" } } },
    });
  });

  test("a connection that comes in comes from its other end", () => {
    const remoteIpDetails = { ipAddressV6: "2001:db8::1" };
    const connection = { networkConnectionAction: { connectionDirection: "INBOUND", remoteIpDetails } };
    const [evidence] = map(findingEvent("X:Y/Z", { resource: {}, service: { action: connection } })).evidences;
    expect(evidence).toEqual({
      data: connection,
      src_endpoint: { ip: "2001:db8::1" },
      connection_info: { direction: "Inbound", direction_id: 1 },
    });
  });

  test("an other end without an address, and a direction of another word, are not told", () => {
    const remoteIpDetails = { city: { cityName: "Amsterdam" } };
    const connection = { networkConnectionAction: { connectionDirection: "toString", remoteIpDetails } };
    const [evidence] = map(findingEvent("X:Y/Z", { resource: {}, service: { action: connection } })).evidences;
    expect(evidence).toEqual({ data: connection });
  });

  test("a finding about a call names the call, who made it and from where", () => {
    const event = map(findingEvent("Stealth:IAMUser/CloudTrailLoggingDisabled"));
    expect(event.resources).toEqual([{ uid: "ASIAEXAMPLE", name: "deployer", type: "AccessKey" }]);
    expect(event.evidences[0]).toMatchObject({
      api: { operation: "DeleteTrail", service: { name: "cloudtrail.amazonaws.com" } },
      actor: { user: { name: "deployer" } },
      src_endpoint: { ip: "198.51.100.9" },
    });
    const byArn = { resourceType: "Lambda", lambdaDetails: { functionArn: "arn:f", tags: [{ value: "x" }] } };
    expect(map(findingEvent("X:Y/Z", { resource: byArn })).resources).toEqual([{ uid: "arn:f", type: "Lambda" }]);
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
      activity_name: "Close",
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
    expect(event).toEqual({
      activity_id: 3,
      activity_name: "Get",
      category_name: "Network Activity",
      category_uid: 4,
      class_name: "HTTP Activity",
      class_uid: 4002,
      type_name: "HTTP Activity: Get",
      type_uid: 400203,
      severity: "Low",
      severity_id: 2,
      time: Date.UTC(2026, 10, 24, 10),
      message: "BLOCK by sql-injection: GET /products",
      cloud: {
        provider: "AWS",
        region: "eu-central-1",
        account: { uid: "111122223333", type: "AWS Account", type_id: 10 },
      },
      action: "Denied",
      action_id: 2,
      disposition: "Blocked",
      disposition_id: 2,
      status: "Failure",
      status_id: 2,
      firewall_rule: { uid: "sql-injection", name: "sql-injection", type: "REGULAR" },
      policy: { uid: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/edge/1" },
      src_endpoint: { ip: "198.51.100.9", location: { country: "NL" } },
      dst_endpoint: { svc_name: "APIGW", uid: "111122223333:abcdef1234:prod" },
      http_request: {
        uid: "request-1",
        http_method: "GET",
        version: "HTTP/1.1",
        user_agent: "curl/8.5.0",
        length: 12,
        url: { path: "/products", query_string: "q=mug", hostname: "api.example.com" },
      },
      http_response: { code: 403 },
      metadata: {
        version: "1.5.0",
        product: { vendor_name: "AWS", name: "AWS WAF", version: "1" },
        profiles: ["cloud", "security_control"],
        uid: "request-1",
        event_code: "BLOCK",
        labels: ["awswaf:managed:x"],
      },
    });
    expect(JSON.stringify(event)).not.toContain("secret");
  });

  test("what else the firewall says of a request is kept by its own names", () => {
    const more = {
      terminatingRuleMatchDetails: [{ conditionType: "SQL_INJECTION" }],
      rateBasedRuleList: [{ rateBasedRuleName: "rate-all" }],
      nonTerminatingMatchingRules: [{ ruleId: "counted" }],
      ja4Fingerprint: "t13d",
    };
    const { httpRequest } = wafRecord("BLOCK");
    const headers = [{ value: "nameless" }, { name: "Referer", value: "https://example.com/" }];
    const event = map(wafRecord("BLOCK", { ...more, httpRequest: { ...httpRequest, headers } }));
    expect(event.unmapped).toEqual(more);
    expect(event.http_request.referrer).toBe("https://example.com/");
    const elsewhere = map(wafRecord("BLOCK", { webaclId: "arn:aws:wafv2::111122223333:global/webacl/edge/1" }));
    expect(elsewhere.cloud.region).toBe("eu-west-1");
  });

  test.each([
    ["CONNECT", 1, "Connect"],
    ["DELETE", 2, "Delete"],
    ["GET", 3, "Get"],
    ["HEAD", 4, "Head"],
    ["OPTIONS", 5, "Options"],
    ["POST", 6, "Post"],
    ["PUT", 7, "Put"],
    ["TRACE", 8, "Trace"],
    ["toString", 99, "toString"],
  ])("the method %s is activity %i, %s", (method, id, name) => {
    const { activity_id, activity_name } = map(accessRecord("200", { method }));
    expect([activity_id, activity_name]).toEqual([id, name]);
  });

  test.each([
    [
      "ALLOW",
      { action: "Allowed", action_id: 1, disposition: "Allowed", disposition_id: 1, status_id: 1, severity_id: 1 },
    ],
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
    expect(event).toEqual({
      activity_id: 3,
      activity_name: "Get",
      category_name: "Network Activity",
      category_uid: 4,
      class_name: "HTTP Activity",
      class_uid: 4002,
      type_name: "HTTP Activity: Get",
      type_uid: 400203,
      severity: "Informational",
      severity_id: 1,
      time: Date.UTC(2026, 10, 24, 10),
      message: "403: GET /orders/{id}",
      cloud: CLOUD,
      status: "Failure",
      status_id: 2,
      status_code: "403",
      status_detail: "ACCESS_DENIED",
      duration: 5,
      src_endpoint: { ip: "198.51.100.9" },
      dst_endpoint: { svc_name: "apigateway.amazonaws.com", hostname: "api.example.com" },
      http_request: {
        uid: "request-1",
        http_method: "GET",
        version: "HTTP/1.1",
        url: { path: "/orders/{id}", hostname: "api.example.com" },
      },
      http_response: { code: 403, length: 20, latency: 5 },
      tls: { version: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256" },
      unmapped: { operation: "getOrder", principalId: "user-1", authorizerStatus: "200" },
      // `-` is how the gateway says nothing: there is no correlation_uid.
      metadata: {
        version: "1.5.0",
        product: { vendor_name: "AWS", name: "API Gateway" },
        profiles: ["cloud"],
        uid: "extended-1",
        event_code: "getOrder",
      },
    });
    const bare = map(
      accessRecord("200", { tlsVersion: "-", resourcePath: "-", method: "PURGE", extendedRequestId: "-" }),
    );
    expect(bare).not.toHaveProperty("tls");
    expect(bare).toMatchObject({
      message: "200: PURGE",
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
  ["a finding without a type", findingEvent("")],
  ["a finding without any time", { ...findingEvent("X:Y/Z", { updatedAt: "" }), time: undefined }],
  ["an event of another service", { ...findingEvent("X:Y/Z"), source: "aws.macie" }],
  ["a firewall's record without a time", wafRecord("BLOCK", { timestamp: "now" })],
  ["a firewall's record without a web ACL", wafRecord("BLOCK", { webaclId: "-" })],
  ["a firewall's record without an address", wafRecord("BLOCK", { httpRequest: {} })],
  ["a line without a status", accessRecord("-")],
  ["a line without a time", accessRecord("200", { time: 1.5 })],
  ["a line without a method", accessRecord("200", { method: "-" })],
])("%s is not mapped", (_what, record) => {
  expect(toOcsf(record)).toBeUndefined();
});
