/** Records in CloudTrail's own format: what fires each rule, and what is close and must not. */

type Record_ = Record<string, unknown>;

const PERSON = {
  type: "IAMUser",
  principalId: "AIDAEXAMPLE",
  arn: "arn:aws:iam::123456789012:user/ann",
  accountId: "123456789012",
  userName: "ann",
};

/** A role's session. */
export const session = (role: string) => ({
  type: "AssumedRole",
  principalId: "AROAEXAMPLE:session",
  arn: `arn:aws:sts::123456789012:assumed-role/${role}/session`,
  accountId: "123456789012",
  sessionContext: { sessionIssuer: { type: "Role", userName: role } },
});

/** A record of one call. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export function call(source: string, eventName: string, more: Record_ = {}): Record_ {
  return {
    eventVersion: "1.11",
    userIdentity: PERSON,
    eventTime: "2026-11-24T10:00:00Z",
    eventSource: `${source}.amazonaws.com`,
    eventName,
    awsRegion: "eu-west-1",
    sourceIPAddress: "198.51.100.9",
    userAgent: "aws-cli/2.31.0",
    requestParameters: null,
    responseElements: null,
    requestID: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    eventID: "b491b491-6a7e-4cf7-a9f1-bf3703467718",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "123456789012",
    ...more,
  };
}

const refused = { errorCode: "AccessDenied", errorMessage: "User is not authorized" };
const signIn = (userIdentity: Record_, MFAUsed: string, ConsoleLogin: string) =>
  call("signin", "ConsoleLogin", {
    userIdentity,
    eventType: "AwsConsoleSignIn",
    additionalEventData: { MFAUsed, LoginTo: "https://console.aws.amazon.com/console/home" },
    responseElements: { ConsoleLogin },
  });
const bucketPolicy = (Effect: string, Principal: unknown) =>
  call("s3", "PutBucketPolicy", {
    requestParameters: {
      bucketName: "b",
      bucketPolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect, Principal, Action: "s3:GetObject", Resource: "*" }],
      },
    },
  });
const everybody = (policy: Record_) => JSON.stringify(policy, null, 2);
const statement = (more: Record_) => ({ Version: "2012-10-17", Statement: [{ Sid: "S", ...more, Resource: "*" }] });
const OPEN = statement({ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*" });
const root = { type: "Root", principalId: "123456789012", arn: "arn:aws:iam::123456789012:root" };

/** By the rule's file. */
export const CASES: Readonly<Record<string, { fires: Record_[]; silent: Record_[] }>> = {
  "console-sign-in-without-mfa.yml": {
    fires: [signIn(PERSON, "No", "Success")],
    silent: [
      signIn(PERSON, "Yes", "Success"),
      signIn(PERSON, "No", "Failure"),
      signIn(session("AWSReservedSSO_Admin"), "No", "Success"),
    ],
  },
  "trail-stopped.yml": {
    fires: ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"].map((name) => call("cloudtrail", name)),
    silent: [
      call("cloudtrail", "LookupEvents"),
      call("cloudtrail", "StopLogging", refused),
      call("iot", "DeleteTrail"),
    ],
  },
  "key-deletion.yml": {
    fires: ["DisableKey", "ScheduleKeyDeletion", "DeleteImportedKeyMaterial"].map((name) => call("kms", name)),
    silent: [call("kms", "CancelKeyDeletion"), call("kms", "ScheduleKeyDeletion", refused)],
  },
  "bucket-made-public.yml": {
    fires: [
      bucketPolicy("Allow", "*"),
      bucketPolicy("Allow", { AWS: "*" }),
      bucketPolicy("Allow", { AWS: ["*"] }),
      call("s3", "PutBucketPolicy", {
        requestParameters: { bucketPolicy: { Statement: [{ Principal: "*", Action: "s3:*", Effect: "Allow" }] } },
      }),
      bucketPolicy("Allow", { AWS: ["arn:aws:iam::123456789012:root", "*"] }),
      // More than OpenSearch indexes of a text.
      call("s3", "PutBucketPolicy", {
        requestParameters: {
          bucketPolicy: {
            Statement: [{ Sid: "x".repeat(9000), Effect: "Allow", Principal: "*", Action: "s3:GetObject" }],
          },
        },
      }),
      // A condition between the two, which says nothing of who may.
      call("s3", "PutBucketPolicy", {
        requestParameters: {
          bucketPolicy: {
            Statement: [
              {
                Effect: "Allow",
                Condition: { Bool: { "aws:SecureTransport": "true" } },
                Principal: { AWS: "*" },
                Action: "s3:GetObject",
              },
            ],
          },
        },
      }),
      call("s3", "PutBucketAcl", { requestParameters: { "x-amz-acl": "public-read" } }),
      call("s3", "DeleteBucketPublicAccessBlock"),
      call("s3", "DeleteAccountPublicAccessBlock"),
    ],
    silent: [
      bucketPolicy("Deny", "*"),
      call("s3", "PutBucketPolicy", {
        requestParameters: {
          bucketPolicy: {
            Statement: [
              { Effect: "Deny", Principal: "*", Action: "s3:*" },
              { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:PutObject" },
            ],
          },
        },
      }),
      bucketPolicy("Allow", { AWS: "arn:aws:iam::123456789012:role/reader" }),
      call("s3", "PutBucketAcl", { requestParameters: { "x-amz-acl": "private" } }),
      call("s3", "DeleteBucketPublicAccessBlock", refused),
    ],
  },
  "policy-made-public.yml": {
    fires: [
      call("kms", "PutKeyPolicy", { requestParameters: { keyId: "k", policy: JSON.stringify(OPEN) } }),
      call("kms", "PutKeyPolicy", {
        requestParameters: { policy: everybody(statement({ Principal: "*", Action: "kms:*", Effect: "Allow" })) },
      }),
      call("sqs", "SetQueueAttributes", { requestParameters: { attributes: { Policy: JSON.stringify(OPEN) } } }),
      call("sns", "SetTopicAttributes", {
        requestParameters: { attributeName: "Policy", attributeValue: JSON.stringify(OPEN) },
      }),
      call("secretsmanager", "PutResourcePolicy", { requestParameters: { resourcePolicy: JSON.stringify(OPEN) } }),
    ],
    silent: [
      call("kms", "PutKeyPolicy", {
        requestParameters: {
          policy: JSON.stringify(
            statement({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*" }),
          ),
        },
      }),
      call("sqs", "SetQueueAttributes", {
        requestParameters: {
          attributes: { Policy: JSON.stringify(statement({ Effect: "Deny", Principal: "*", Action: "sqs:*" })) },
        },
      }),
      call("sns", "SetTopicAttributes", { requestParameters: { attributeName: "DisplayName", attributeValue: "*" } }),
      call("kms", "PutKeyPolicy", { requestParameters: { policy: JSON.stringify(OPEN) }, ...refused }),
    ],
  },
  "function-made-public.yml": {
    fires: [
      call("lambda", "AddPermission20150331v2", { requestParameters: { functionName: "f", principal: "*" } }),
      call("lambda", "CreateFunctionUrlConfig20211031", { requestParameters: { authType: "NONE" } }),
      call("lambda", "UpdateFunctionUrlConfig20211031", { requestParameters: { authType: "NONE" } }),
    ],
    silent: [
      call("lambda", "AddPermission20150331v2", { requestParameters: { principal: "apigateway.amazonaws.com" } }),
      call("lambda", "CreateFunctionUrlConfig20211031", { requestParameters: { authType: "AWS_IAM" } }),
      call("lambda", "AddPermission20150331v2", { requestParameters: { principal: "*" }, ...refused }),
    ],
  },
  "function-code-outside-pipeline.yml": {
    fires: [
      call("lambda", "UpdateFunctionCode20150331v2"),
      call("lambda", "UpdateFunctionConfiguration20150331v2", { userIdentity: session("developer") }),
      // A user who has the name of the pipeline's role.
      call("lambda", "UpdateFunctionCode20150331v2", { userIdentity: { ...PERSON, userName: "palisade-deploy-me" } }),
    ],
    silent: [
      call("lambda", "UpdateFunctionCode20150331v2", { userIdentity: session("palisade-deploy-prod") }),
      call("lambda", "UpdateFunctionCode20150331v2", refused),
      call("lambda", "PublishVersion20150331"),
    ],
  },
  "root-used.yml": {
    fires: [call("iam", "CreateAccessKey", { userIdentity: root })],
    silent: [
      call("kms", "Decrypt", { userIdentity: { ...root, invokedBy: "backup.amazonaws.com" } }),
      call("kms", "RotateKey", { userIdentity: root, eventType: "AwsServiceEvent" }),
      call("iam", "CreateAccessKey"),
    ],
  },
  "detection-switched-off.yml": {
    fires: [
      call("guardduty", "DeleteDetector"),
      call("guardduty", "UpdateDetector", { requestParameters: { detectorId: "d", enable: false } }),
      call("securityhub", "DisableSecurityHub"),
      call("config", "StopConfigurationRecorder"),
    ],
    silent: [
      call("guardduty", "UpdateDetector", { requestParameters: { detectorId: "d", enable: true } }),
      call("guardduty", "DeleteDetector", refused),
    ],
  },
};

/** Refused calls of one principal, some seconds apart. */
export function denials(count: number, secondsApart: number, role: string): Record_[] {
  return Array.from({ length: count }, (_, index) =>
    call("s3", "GetObject", {
      ...refused,
      userIdentity: session(role),
      eventTime: new Date(Date.UTC(2026, 10, 24, 10) + index * secondsApart * 1000).toISOString().replace(".000", ""),
    }),
  );
}
