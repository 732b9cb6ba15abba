/**
 * CloudTrail's records: sign-ins and the taking of a role as Authentication (3002), all other calls as API Activity (6003).
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import { endpointOf } from "./endpoint.ts";
import {
  type Activity,
  API_ACTIVITY,
  AUTHENTICATION,
  type EventParts,
  type OcsfEvent,
  ocsfEvent,
  statusOf,
} from "./event.ts";
import { type Fields, fieldsOf, listOf, millisecondsOf, textOf } from "./fields.ts";

const STS_LOGONS = /^(AssumeRole|AssumeRoot|GetFederationToken|GetSessionToken)/;

// By the verb that a name of an API begins with, first match first.
const ACTIVITIES: readonly (readonly [RegExp, Activity])[] = [
  [/^(Delete|Terminate|Remove|Deregister|Revoke|Detach|Disassociate|Release|Purge|ScheduleKeyDeletion)/, [4, "Delete"]],
  [/^(Create|Run|Allocate|Register|Import|Upload|Issue)/, [1, "Create"]],
  [
    /^(Get|List|Describe|Lookup|Head|BatchGet|Search|Select|Scan|Query|Download|View|Simulate|Validate|Check)/,
    [2, "Read"],
  ],
  [
    /^(Update|Put|Modify|Set|Add|Attach|Associate|Authorize|Change|Configure|Enable|Disable|Start|Stop|Tag|Untag|Restore|Rotate|Reset|Cancel|Publish)/,
    [3, "Update"],
  ],
];

function activityOf(eventName: string, readOnly: unknown): Activity {
  const known = ACTIVITIES.find(([pattern]) => pattern.test(eventName));
  if (known !== undefined) return known[1];
  return readOnly === true ? [2, "Read"] : [99, eventName];
}

/** Whether a record is CloudTrail's. */
export function isCloudTrail(record: Fields): boolean {
  return [record.eventVersion, record.eventName, record.eventSource].every((value) => textOf(value) !== undefined);
}

/** @returns undefined when the record has no time, without which nobody finds it again */
export function fromCloudTrail(record: Fields): OcsfEvent | undefined {
  const time = millisecondsOf(record.eventTime);
  if (time === undefined) return undefined;
  const eventName = textOf(record.eventName) as string;
  const source = textOf(record.eventSource) as string;
  const errorCode = textOf(record.errorCode);
  const identity = fieldsOf(record.userIdentity);
  const common = {
    severity: 1,
    time,
    message: errorCode === undefined ? `${eventName} of ${source}` : `${eventName} of ${source}: ${errorCode}`,
    cloud: {
      accountId: textOf(record.recipientAccountId) ?? textOf(identity.accountId),
      region: textOf(record.awsRegion),
    },
    metadata: {
      product: {
        name: "CloudTrail",
        version: textOf(record.eventVersion),
        feature: { name: textOf(record.eventCategory) ?? (record.managementEvent === false ? "Data" : "Management") },
      },
      profiles: ["cloud"],
      uid: textOf(record.eventID),
      event_code: eventName,
      original_time: textOf(record.eventTime),
    },
  } as const;
  const shared: Fields = {
    actor: actorOf(identity, source),
    src_endpoint: endpointOf(textOf(record.sourceIPAddress) ?? source),
    http_request: { user_agent: textOf(record.userAgent) },
    status_code: errorCode,
    status_detail: textOf(record.errorMessage),
    unmapped: unmappedOf(record, identity),
  };
  if (record.eventType === "AwsConsoleSignIn" || (source === "sts.amazonaws.com" && STS_LOGONS.test(eventName))) {
    return ocsfEvent(authentication(record, common, shared));
  }
  return ocsfEvent({
    ...common,
    ofClass: API_ACTIVITY,
    activity: activityOf(eventName, record.readOnly),
    attributes: {
      ...shared,
      ...statusOf(errorCode === undefined),
      api: {
        operation: eventName,
        version: textOf(record.apiVersion),
        service: { name: source },
        request: {
          uid: textOf(record.requestID) ?? textOf(record.eventID) ?? "unknown",
          data: record.requestParameters,
        },
        response: { error: errorCode, error_message: textOf(record.errorMessage), data: record.responseElements },
      },
      resources: resourcesOf(record),
    },
  });
}

function authentication(
  record: Fields,
  common: Omit<EventParts, "ofClass" | "activity" | "attributes">,
  { unmapped, ...shared }: Fields,
): EventParts {
  const eventName = textOf(record.eventName) as string;
  const answer = textOf(fieldsOf(record.responseElements)[eventName]);
  const succeeded = textOf(record.errorCode) === undefined && answer !== "Failure";
  const identity = fieldsOf(record.userIdentity);
  const taken = fieldsOf(fieldsOf(record.responseElements).assumedRoleUser);
  const asked = textOf(fieldsOf(record.requestParameters).roleArn);
  return {
    ...common,
    ofClass: AUTHENTICATION,
    activity: /Logout/i.test(eventName) ? [2, "Logoff"] : [1, "Logon"],
    attributes: {
      ...shared,
      ...statusOf(succeeded),
      // Who one becomes: the role where one is taken, else who one is.
      user:
        asked === undefined
          ? userOf(identity)
          : { uid: textOf(taken.arn) ?? asked, uid_alt: textOf(taken.assumedRoleId) },
      service: { name: textOf(record.eventSource) },
      is_mfa: mfaOf(record),
      is_remote: true,
      unmapped: { ...(unmapped as Fields), requestParameters: record.requestParameters },
    },
  };
}

function mfaOf(record: Fields): boolean | undefined {
  const used = textOf(fieldsOf(record.additionalEventData).MFAUsed);
  return used === undefined ? undefined : used === "Yes";
}

// One has to be named: of an event of a service, the service.
function actorOf(identity: Fields, source: string): Fields {
  const invokedBy = textOf(identity.invokedBy);
  const user = userOf(identity);
  const context = fieldsOf(identity.sessionContext);
  const attributes = fieldsOf(context.attributes);
  return {
    user,
    invoked_by: invokedBy ?? (user === undefined ? source : undefined),
    session: {
      issuer: textOf(fieldsOf(context.sessionIssuer).arn),
      created_time: millisecondsOf(attributes.creationDate),
      is_mfa: attributes.mfaAuthenticated === undefined ? undefined : attributes.mfaAuthenticated === "true",
    },
  };
}

function userOf(identity: Fields): Fields | undefined {
  const name = textOf(identity.userName) ?? textOf(fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer).userName);
  const uid = textOf(identity.arn) ?? textOf(identity.principalId);
  const account = textOf(identity.accountId);
  if (name === undefined && uid === undefined && account === undefined) return undefined;
  return {
    name,
    uid,
    uid_alt: textOf(identity.principalId),
    credential_uid: textOf(identity.accessKeyId),
    // CloudTrail's own words, such as `AssumedRole` and `Root`, which the schema has no numbers for.
    type: textOf(identity.type),
    type_id: textOf(identity.type) === undefined ? undefined : 99,
    account: account === undefined ? undefined : { uid: account, type: "AWS Account", type_id: 10 },
  };
}

function resourcesOf(record: Fields): Fields[] {
  return listOf(record.resources).flatMap((value) => {
    const resource = fieldsOf(value);
    const uid = textOf(resource.ARN) ?? textOf(resource.ARNPrefix);
    return uid === undefined ? [] : [{ uid, type: textOf(resource.type) }];
  });
}

// By CloudTrail's own names, so that a Sigma rule's fields are found again (siem/sigma-ocsf.yml).
function unmappedOf(record: Fields, identity: Fields): Fields {
  const issuer = fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer);
  return {
    eventType: record.eventType,
    readOnly: record.readOnly,
    additionalEventData: record.additionalEventData,
    serviceEventDetails: record.serviceEventDetails,
    vpcEndpointId: record.vpcEndpointId,
    tlsDetails: record.tlsDetails,
    sharedEventID: record.sharedEventID,
    // A user of IAM may have the name of a role: which of both it is, `actor.user.name` does not say.
    userIdentity: { sessionContext: { sessionIssuer: { userName: issuer.userName, type: issuer.type } } },
    policyStatements: policyStatements(record.requestParameters),
  };
}

/**
 * The statements of each policy among a call's parameters, each as JSON without blanks: a field that can be searched, whatever the API's name
 * for the policy is and whether it takes an object (S3) or a text (IAM, KMS), among the parameters themselves or one below (SQS).
 */
function policyStatements(parameters: unknown, depth = 0): string[] {
  return Object.values(fieldsOf(parameters)).flatMap((value) => {
    const policy = fieldsOf(typeof value === "string" ? parsed(value) : value);
    const own = (Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement])
      .filter((one) => typeof one === "object" && one !== null)
      .map(statementText);
    return depth === 0 && own.length === 0 ? policyStatements(value, 1) : own;
  });
}

// OpenSearch indexes no text of more than 8191 characters (siem/index-template.json): a statement that is longer must not be out of sight, so that
// what it is about comes first, everybody before anybody, and the rest may be cut.
const MAX_STATEMENT = 8000;

function statementText(statement: unknown): string {
  const { Effect, Principal, NotPrincipal, ...rest } = fieldsOf(statement);
  const principals = Object.entries(fieldsOf(Principal)).map(([kind, who]) => [
    kind,
    Array.isArray(who) ? [...who].sort() : who,
  ]);
  const whose = principals.length > 0 ? Object.fromEntries(principals) : Principal;
  return JSON.stringify({ Effect, Principal: whose, NotPrincipal, ...rest }).slice(0, MAX_STATEMENT);
}

function parsed(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
