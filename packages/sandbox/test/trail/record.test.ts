import { describe, expect, test } from "vitest";
import { toRecord } from "../../src/trail/record.ts";

const PLACE = { accountId: "123456789012", partition: "aws", region: "eu-west-1" };
const ROLE = { type: "AssumedRole", arn: "arn:aws:sts::123456789012:assumed-role/orders/s" };

const recordOf = (event: object) => toRecord(JSON.stringify({ awsRegion: "eu-west-1", ...event }), PLACE);

describe("a record", () => {
  test("of a management event has CloudTrail's members, and no others", () => {
    const record = recordOf({
      eventSource: "iam.amazonaws.com",
      eventName: "CreateUser",
      eventTime: "2026-11-24T10:00:00Z",
      userIdentity: ROLE,
      userAgent: "aws-sdk",
      sourceIPAddress: "127.0.0.1",
      requestID: "r",
      eventID: "e",
      readOnly: "false",
      requestParameters: { UserName: "ann" },
      resources: [],
      recipientAccountId: "123456789012",
    });
    expect(record).toEqual({
      eventVersion: "1.11",
      userIdentity: ROLE,
      eventTime: "2026-11-24T10:00:00Z",
      eventSource: "iam.amazonaws.com",
      eventName: "CreateUser",
      awsRegion: "eu-west-1",
      sourceIPAddress: "127.0.0.1",
      userAgent: "aws-sdk",
      requestParameters: { userName: "ann" },
      responseElements: null,
      requestID: "r",
      eventID: "e",
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: "123456789012",
      eventCategory: "Management",
    });
  });

  test("of a refusal has its code and message; what the emulator leaves out has a value all the same", () => {
    const refused = recordOf({ eventName: "GetUser", errorCode: "AccessDenied", errorMessage: "not authorized" });
    expect(refused).toMatchObject({
      errorCode: "AccessDenied",
      errorMessage: "not authorized",
      eventSource: "",
      eventTime: "",
      userIdentity: {},
      requestParameters: null,
      sourceIPAddress: "127.0.0.1",
      requestID: "",
      eventID: "",
      readOnly: true,
      recipientAccountId: "123456789012",
    });
    expect(toRecord('{"eventName":"GetUser"}', PLACE)?.awsRegion).toBe("");
  });

  test.each(["POST.apigateway", "GET", "", "delete"])("of a call that has no name but %j is none", (eventName) => {
    expect(recordOf({ eventSource: "apigateway.amazonaws.com", eventName })).toBeUndefined();
  });

  test.each([
    [
      "s3",
      "PutObject",
      [
        ["AWS::S3::Bucket", "b"],
        ["AWS::S3::Object", "k/1"],
      ],
      ["arn:aws:s3:::b", "arn:aws:s3:::b/k/1"],
    ],
    ["lambda", "Invoke", [["AWS::Lambda::Function", "f"]], ["arn:aws:lambda:eu-west-1:123456789012:function:f"]],
    ["dynamodb", "GetItem", [["AWS::DynamoDB::Table", "t"]], ["arn:aws:dynamodb:eu-west-1:123456789012:table/t"]],
    ["sqs", "SendMessage", [["AWS::SQS::Queue", "q"]], ["arn:aws:sqs:eu-west-1:123456789012:q"]],
    ["sns", "Publish", [["AWS::SNS::Topic", "arn:aws:sns:eu-west-1:1:t"]], ["arn:aws:sns:eu-west-1:1:t"]],
    ["rds-data", "ExecuteStatement", [["AWS::RDS::DBCluster", "c"]], ["c"]],
  ])("of %s:%s is a data event of these resources", (service, eventName, resources, arns) => {
    const record = recordOf({
      eventSource: `${service}.amazonaws.com`,
      eventName,
      resources: resources.map(([type, name]) => ({ type, name })),
    });
    expect(record).toMatchObject({ eventCategory: "Data", managementEvent: false });
    expect(record?.resources?.map(({ ARN }) => ARN)).toEqual(arns);
  });

  test("of a data event says what it was about, and nothing of the content", () => {
    const requestParameters = { TableName: "t", Item: { secret: { S: "x" } }, Key: { id: { S: "1" } } };
    const record = recordOf({ eventSource: "dynamodb.amazonaws.com", eventName: "PutItem", requestParameters });
    expect(record?.requestParameters).toEqual({ tableName: "t", key: { id: { s: "1" } } });
  });

  test("hides what a caller keeps secret, at any depth, and keeps the rest", () => {
    const requestParameters = {
      AuthParameters: { PASSWORD: "p" },
      Nested: [{ SecretString: "s", Plain: 1, None: null }, "text"],
      Code: { ZipFile: "z" },
      KMSKeyId: "k",
    };
    const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";
    const record = recordOf({ eventSource: "cognito-idp.amazonaws.com", eventName: "InitiateAuth", requestParameters });
    expect(record?.requestParameters).toEqual({
      authParameters: hidden,
      nested: [{ secretString: hidden, plain: 1, none: null }, "text"],
      code: hidden,
      kMSKeyId: "k",
    });
  });

  test("of the delivery itself is CloudTrail's, and of its looking around there is none", () => {
    const userAgent = "aws-sdk-js/3 cloudtrail.amazonaws.com";
    const put = recordOf({ eventSource: "s3.amazonaws.com", eventName: "PutObject", userAgent, userIdentity: ROLE });
    expect(put).toMatchObject({
      userIdentity: { type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" },
      sourceIPAddress: "cloudtrail.amazonaws.com",
      userAgent: "cloudtrail.amazonaws.com",
    });
    expect(recordOf({ eventSource: "s3.amazonaws.com", eventName: "ListObjects", userAgent })).toBeUndefined();
  });
});
