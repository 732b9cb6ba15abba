import type { AdvancedFieldSelector, EventSelector } from "@aws-sdk/client-cloudtrail";
import { describe, expect, test } from "vitest";
import type { TrailRecord } from "../../src/trail/record.ts";
import { selects } from "../../src/trail/selectors.ts";

const MANAGEMENT = {
  eventCategory: "Management",
  eventName: "CreateUser",
  eventSource: "iam.amazonaws.com",
  eventType: "AwsApiCall",
  readOnly: false,
  userIdentity: { arn: "arn:aws:iam::1:role/deploy" },
} as TrailRecord;
const OBJECT = {
  ...MANAGEMENT,
  eventCategory: "Data",
  eventName: "GetObject",
  eventSource: "s3.amazonaws.com",
  readOnly: true,
  userIdentity: {},
  errorCode: "AccessDenied",
  resources: [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::logs/key" }],
} as TrailRecord;

const by = (record: TrailRecord, ...FieldSelectors: AdvancedFieldSelector[]) =>
  selects({ advanced: [{ FieldSelectors }] }, record);

describe("advanced selectors", () => {
  test.each<[AdvancedFieldSelector, boolean, boolean]>([
    [{ Field: "eventCategory", Equals: ["Management"] }, true, false],
    [{ Field: "eventName", StartsWith: ["Get"] }, false, true],
    [{ Field: "eventName", EndsWith: ["User", "Other"] }, true, false],
    [{ Field: "eventSource", NotEquals: ["s3.amazonaws.com"] }, true, false],
    [{ Field: "eventSource", NotStartsWith: ["iam"] }, false, true],
    [{ Field: "eventName", NotEndsWith: ["Object"] }, true, false],
    [{ Field: "eventType", Equals: ["AwsApiCall"] }, true, true],
    [{ Field: "readOnly", Equals: ["true"] }, false, true],
    [{ Field: "errorCode", Equals: ["AccessDenied"] }, false, true],
    [{ Field: "userIdentity.arn", StartsWith: ["arn:aws:iam"] }, true, false],
    [{ Field: "resources.type", Equals: ["AWS::S3::Object"] }, false, true],
    [{ Field: "resources.ARN", NotStartsWith: ["arn:aws:s3:::logs/"] }, true, false],
    [{ Field: "resources.ARN", NotStartsWith: ["arn:aws:s3:::other/"] }, true, true],
  ])("%j", (selector, management, object) => {
    expect([by(MANAGEMENT, selector), by(OBJECT, selector)]).toEqual([management, object]);
  });

  test("each field must match, and one selector is enough", () => {
    const category = { Field: "eventCategory", Equals: ["Data"] };
    expect(by(OBJECT, category, { Field: "eventName", Equals: ["PutObject"] })).toBe(false);
    const advanced = [{ FieldSelectors: [{ Field: "eventName", Equals: ["X"] }] }, { FieldSelectors: [category] }];
    expect(selects({ advanced }, OBJECT)).toBe(true);
    expect(selects({ advanced: [{ FieldSelectors: undefined }] }, OBJECT)).toBe(true);
  });

  test.each([["vpcEndpointId"], [undefined]])("the field %s is refused", (Field) => {
    expect(() => by(OBJECT, { Field, Equals: ["x"] } as AdvancedFieldSelector)).toThrow(
      `A trail selects events by ${Field ?? ""}, which the sandbox does not evaluate. It evaluates eventCategory, eventName, ` +
        "eventSource, eventType, readOnly, errorCode, userIdentity.arn, resources.type and resources.ARN.",
    );
  });
});

describe("basic selectors", () => {
  test.each<[EventSelector, boolean, boolean]>([
    [{}, true, false],
    [{ ReadWriteType: "ReadOnly" }, false, false],
    [{ ReadWriteType: "WriteOnly" }, true, false],
    [{ IncludeManagementEvents: false }, false, false],
    [{ ExcludeManagementEventSources: ["iam.amazonaws.com"] }, false, false],
    [{ DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::logs/"] }] }, true, true],
    [{ DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::other/"] }] }, true, false],
    [{ DataResources: [{ Type: "AWS::Lambda::Function" }] }, true, false],
    [{ ReadWriteType: "ReadOnly", DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }] }, false, true],
  ])("%j", (selector, management, object) => {
    expect([MANAGEMENT, OBJECT].map((record) => selects({ basic: [selector] }, record))).toEqual([management, object]);
    expect(
      selects({ basic: [{ DataResources: [{ Type: "T", Values: [""] }] }] }, { ...OBJECT, resources: undefined }),
    ).toBe(false);
  });

  test("without any nothing is recorded", () => {
    expect(selects({}, MANAGEMENT)).toBe(false);
  });
});
