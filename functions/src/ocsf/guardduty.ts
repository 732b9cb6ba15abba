/**
 * GuardDuty's findings, as EventBridge delivers them, as Detection Finding (2004).
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
import { type Activity, DETECTION_FINDING, type OcsfEvent, ocsfEvent, type Severity } from "./event.ts";
import { type Fields, fieldsOf, integerOf, listOf, millisecondsOf, textOf } from "./fields.ts";

/** Whether an event is one of GuardDuty's findings. */
export function isGuardDuty(event: Fields): boolean {
  const { id, type } = fieldsOf(event.detail);
  return event.source === "aws.guardduty" && textOf(id) !== undefined && textOf(type) !== undefined;
}

/** @returns undefined when neither the event nor the finding has a time */
export function fromGuardDuty(event: Fields): OcsfEvent | undefined {
  const detail = fieldsOf(event.detail);
  const service = fieldsOf(detail.service);
  const time = millisecondsOf(detail.updatedAt) ?? millisecondsOf(event.time);
  if (time === undefined) return undefined;
  const id = textOf(detail.id) as string;
  const type = textOf(detail.type) as string;
  const archived = service.archived === true;
  const count = integerOf(service.count);
  const title = textOf(detail.title);
  return ocsfEvent({
    ofClass: DETECTION_FINDING,
    activity: activityOf(archived, count),
    severity: severityOf(detail.severity),
    time,
    message: title ?? type,
    cloud: {
      accountId: textOf(detail.accountId) ?? textOf(event.account),
      region: textOf(detail.region) ?? textOf(event.region),
      partition: textOf(detail.partition),
    },
    metadata: {
      product: { name: "GuardDuty", uid: textOf(service.detectorId), feature: { name: textOf(service.featureName) } },
      profiles: ["cloud"],
      uid: textOf(event.id) ?? id,
      event_code: type,
      log_version: textOf(detail.schemaVersion),
    },
    attributes: {
      count,
      is_alert: true,
      ...(archived ? { status: "Archived", status_id: 5 } : { status: "New", status_id: 1 }),
      finding_info: {
        uid: id,
        uid_alt: textOf(detail.arn),
        title,
        desc: textOf(detail.description),
        types: [type],
        created_time: millisecondsOf(detail.createdAt),
        modified_time: millisecondsOf(detail.updatedAt),
        first_seen_time: millisecondsOf(service.eventFirstSeen),
        last_seen_time: millisecondsOf(service.eventLastSeen),
      },
      resources: resourcesOf(fieldsOf(detail.resource)),
      evidences: [evidenceOf(fieldsOf(service.action), fieldsOf(detail.resource))],
      unmapped: {
        severity: detail.severity,
        resourceRole: service.resourceRole,
        additionalInfo: service.additionalInfo,
        evidence: service.evidence,
      },
    },
  });
}

// A finding that goes on is sent again, with a higher count.
function activityOf(archived: boolean, count: number | undefined): Activity {
  if (archived) return [3, "Close"];
  return (count ?? 1) > 1 ? [2, "Update"] : [1, "Create"];
}

// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
function severityOf(severity: unknown): Severity {
  if (typeof severity !== "number") return 0;
  if (severity >= 9) return 5;
  if (severity >= 7) return 4;
  if (severity >= 4) return 3;
  return severity >= 1 ? 2 : 1;
}

function resourcesOf(resource: Fields): Fields[] {
  const type = textOf(resource.resourceType);
  const lambda = fieldsOf(resource.lambdaDetails);
  const key = fieldsOf(resource.accessKeyDetails);
  const database = fieldsOf(resource.rdsDbInstanceDetails);
  const named: Fields[] = [
    {
      uid: textOf(lambda.functionArn),
      name: textOf(lambda.functionName),
      version: textOf(lambda.functionVersion),
      tags: tagsOf(lambda.tags),
    },
    { uid: textOf(key.accessKeyId), name: textOf(key.userName) },
    ...listOf(resource.s3BucketDetails).map((value) => {
      const bucket = fieldsOf(value);
      return { uid: textOf(bucket.arn), name: textOf(bucket.name), tags: tagsOf(bucket.tags) };
    }),
    {
      uid: textOf(database.dbInstanceArn),
      name: textOf(database.dbInstanceIdentifier),
      tags: tagsOf(database.tags),
    },
  ];
  const present = named.filter(({ uid, name }) => uid !== undefined || name !== undefined);
  if (present.length > 0) return present.map((one) => ({ ...one, type }));
  // A kind of resource that is not known here is kept by its kind.
  return [{ name: type, type }];
}

function tagsOf(tags: unknown): Fields[] {
  return listOf(tags).flatMap((value) => {
    const { key, value: text } = fieldsOf(value);
    return textOf(key) === undefined ? [] : [{ name: key, value: textOf(text) }];
  });
}

const DIRECTIONS: ReadonlyMap<unknown, readonly [number, string]> = new Map([
  ["INBOUND", [1, "Inbound"]],
  ["OUTBOUND", [2, "Outbound"]],
]);

function evidenceOf(action: Fields, resource: Fields): Fields {
  const connection = fieldsOf(action.networkConnectionAction);
  const call = fieldsOf(action.awsApiCallAction);
  const remote = [connection, call, fieldsOf(action.rdsLoginAttemptAction), fieldsOf(action.kubernetesApiCallAction)]
    .map(({ remoteIpDetails }) => fieldsOf(remoteIpDetails))
    .find((details) => Object.keys(details).length > 0);
  const address = remote && addressOf(remote, fieldsOf(connection.remotePortDetails).port);
  const direction = DIRECTIONS.get(connection.connectionDirection);
  const outbound = direction?.[0] === 2;
  return {
    data: action,
    // Of a connection that goes out the other end is the destination, of all else it is where it came from.
    dst_endpoint: outbound ? address : undefined,
    src_endpoint: outbound ? undefined : address,
    connection_info: direction && {
      direction: direction[1],
      direction_id: direction[0],
      protocol_name: textOf(connection.protocol)?.toLowerCase(),
    },
    api:
      textOf(call.api) === undefined
        ? undefined
        : { operation: textOf(call.api), service: { name: textOf(call.serviceName) ?? "unknown" } },
    actor: { user: { name: textOf(fieldsOf(resource.accessKeyDetails).userName) } },
    query: { hostname: textOf(fieldsOf(action.dnsRequestAction).domain) },
  };
}

function addressOf(remote: Fields, port: unknown): Fields | undefined {
  const ip = textOf(remote.ipAddressV4) ?? textOf(remote.ipAddressV6);
  if (ip === undefined) return undefined;
  const organization = fieldsOf(remote.organization);
  return {
    ip,
    port: integerOf(port),
    isp: textOf(organization.isp),
    isp_org: textOf(organization.org),
    location: { city: textOf(fieldsOf(remote.city).cityName), desc: textOf(fieldsOf(remote.country).countryName) },
  };
}
