/**
 * A record of a log file, from the emulator's record of a call. Pure. The members are those of
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html; what the emulator does not know
 * (TLS details, the service's response) is not there, as CloudTrail leaves out what does not apply.
 */

import type { Identity } from "../identity.ts";

/** One record of CloudTrail. */
export interface TrailRecord {
  eventVersion: string;
  userIdentity: Record<string, unknown> & { type?: string; arn?: string };
  /** ISO 8601, in whole seconds. */
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: Record<string, unknown> | null;
  responseElements: null;
  requestID: string;
  eventID: string;
  readOnly: boolean;
  resources?: { accountId?: string; type: string; ARN: string }[];
  eventType: string;
  managementEvent: boolean;
  recipientAccountId: string;
  eventCategory: "Management" | "Data";
}

/** What the sandbox's own delivery calls itself. It is CloudTrail's work, and recorded as that. */
export const DELIVERY_AGENT = "cloudtrail.amazonaws.com";

/**
 * Calls about the content of a resource, by event source: CloudTrail's data events.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
const DATA_EVENTS: Readonly<Record<string, RegExp>> = {
  "s3.amazonaws.com":
    /^(GetObject|PutObject|DeleteObject|HeadObject|CopyObject|ListObjects|CreateMultipartUpload|UploadPart|CompleteMultipartUpload)/,
  "lambda.amazonaws.com": /^Invoke/,
  "dynamodb.amazonaws.com":
    /^(GetItem|PutItem|UpdateItem|DeleteItem|BatchGetItem|BatchWriteItem|Query|Scan|Transact|ExecuteStatement|BatchExecuteStatement)/,
  "sns.amazonaws.com": /^Publish/,
  "sqs.amazonaws.com": /^(SendMessage|ReceiveMessage|DeleteMessage|ChangeMessageVisibility)/,
  "logs.amazonaws.com": /^PutLogEvents/,
  "rds-data.amazonaws.com": /./,
};

/** Parameters that CloudTrail writes as `HIDDEN_DUE_TO_SECURITY_REASONS`, or leaves out as content. */
const SECRET =
  /password|secret|credential|authparameters|challengeresponses|plaintext|ciphertext|signature|token|answer|privatekey|^(code|codesha256|body|message|messagebody|payload|data|zipfile|publiclayer)$/i;

/**
 * @returns undefined for what is no event, and for what has no name in CloudTrail: of some services the emulator knows a call by its HTTP method alone
 */
export function toRecord(text: string, { accountId, partition }: Identity): TrailRecord | undefined {
  const raw = JSON.parse(text) as Partial<TrailRecord> & { resources?: { type: string; name: string }[] };
  const { eventName = "", eventSource = "", userAgent = "" } = raw;
  if (!/^[A-Z][A-Za-z0-9]+$/.test(eventName) || /^(GET|PUT|POST|DELETE|HEAD|PATCH)$/.test(eventName)) return undefined;
  const delivery = userAgent.includes(DELIVERY_AGENT);
  // The sandbox asks for the bucket's policy, which CloudTrail has no need of.
  if (delivery && eventName !== "PutObject") return undefined;
  const data = DATA_EVENTS[eventSource]?.test(eventName) ?? false;
  const resources = data ? resourcesOf(raw.resources ?? [], { accountId, partition, region: raw.awsRegion ?? "" }) : [];
  return {
    eventVersion: "1.11",
    userIdentity: delivery ? { type: "AWSService", invokedBy: DELIVERY_AGENT } : (raw.userIdentity ?? {}),
    eventTime: raw.eventTime ?? "",
    eventSource,
    eventName,
    awsRegion: raw.awsRegion ?? "",
    sourceIPAddress: delivery ? DELIVERY_AGENT : (raw.sourceIPAddress ?? "127.0.0.1"),
    userAgent: delivery ? DELIVERY_AGENT : userAgent,
    ...(raw.errorCode !== undefined && { errorCode: raw.errorCode }),
    ...(raw.errorMessage !== undefined && { errorMessage: raw.errorMessage }),
    requestParameters: parametersOf(raw.requestParameters, data),
    responseElements: null,
    requestID: raw.requestID ?? "",
    eventID: raw.eventID ?? "",
    readOnly: String(raw.readOnly) === "true" || /^(Get|List|Describe|Head|Query|Scan|BatchGet)/.test(eventName),
    ...(resources.length > 0 && { resources }),
    eventType: "AwsApiCall",
    managementEvent: !data,
    recipientAccountId: raw.recipientAccountId ?? accountId,
    eventCategory: data ? "Data" : "Management",
  };
}

function resourcesOf(
  resources: readonly { type: string; name: string }[],
  { accountId, partition, region }: Identity,
): NonNullable<TrailRecord["resources"]> {
  const bucket = resources.find(({ type }) => type === "AWS::S3::Bucket")?.name;
  return resources.map(({ type, name }) => {
    const own = `${region}:${accountId}`;
    if (type === "AWS::S3::Object") return { type, ARN: `arn:${partition}:s3:::${bucket}/${name}` };
    const arns: Record<string, string> = {
      "AWS::S3::Bucket": `arn:${partition}:s3:::${name}`,
      "AWS::Lambda::Function": `arn:${partition}:lambda:${own}:function:${name}`,
      "AWS::DynamoDB::Table": `arn:${partition}:dynamodb:${own}:table/${name}`,
      "AWS::SQS::Queue": `arn:${partition}:sqs:${own}:${name}`,
    };
    return { accountId, type, ARN: name.startsWith("arn:") ? name : (arns[type] ?? name) };
  });
}

/** Parameters with CloudTrail's spelling of their names, and nothing of what a caller keeps secret or stores. */
function parametersOf(parameters: unknown, data: boolean): Record<string, unknown> | null {
  if (parameters === null || typeof parameters !== "object") return null;
  const entries = Object.entries(parameters);
  if (entries.length === 0) return null;
  // Of a data event CloudTrail writes what the call is about and no content: of an item its table and key.
  const kept = data
    ? entries.filter(([name]) => /^(TableName|Key|FunctionName|QueueUrl|TopicArn|TargetArn|Qualifier)$/i.test(name))
    : entries;
  return Object.fromEntries(kept.map(([name, value]) => [camelCase(name), shown(name, value)]));
}

function shown(name: string, value: unknown): unknown {
  if (SECRET.test(name)) return "HIDDEN_DUE_TO_SECURITY_REASONS";
  if (Array.isArray(value)) return value.map((item) => shown("", item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelCase(key), shown(key, item)]));
}

/** `TableName` as `tableName`, `KMSKeyId` as `kMSKeyId`, which is how CloudTrail does it. */
function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
