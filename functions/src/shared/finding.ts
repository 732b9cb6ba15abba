/**
 * A GuardDuty finding as EventBridge delivers it, reduced to what a message says. Findings name things that an attacker may have named
 * (users, tags, user agents), so that every text is cut and freed of control characters here, once.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */

/** What a person needs to know of a finding. A part that GuardDuty did not send is `""`, or missing where it is marked so. */
export interface Finding {
  /** GuardDuty's id of the finding: the same while the same thing goes on. */
  id: string;
  /** E.g. `UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom`. */
  type: string;
  /** From 1 to 10. */
  severity: number;
  title: string;
  description: string;
  accountId: string;
  region: string;
  partition: string;
  /** Whether GuardDuty's sample generator made it. */
  sample: boolean;
  resource: FindingResource;
  /** The other end of the connection or of the API call. */
  remote?: FindingRemote;
  /** The API that was called, e.g. `DeleteTrail of cloudtrail.amazonaws.com`. */
  api?: string;
  /** The threat list that names the other end. */
  threatList?: string;
  /** ISO 8601, UTC. */
  firstSeen: string;
  lastSeen: string;
  /** How often it was seen. */
  count: number;
}

/** What the finding is about. */
export interface FindingResource {
  /** GuardDuty's resource type, e.g. `Lambda` or `AccessKey`. */
  kind: string;
  /** A name a person knows it by. */
  name: string;
  /** The version of a function. */
  version?: string;
  /** The value of its tag `palisade:team`, or of `team`. */
  team?: string;
}

/** The other end. */
export interface FindingRemote {
  address: string;
  port?: number;
  /** The domain that was asked for. */
  domain?: string;
  /** The owner of the address and where it is, as far as GuardDuty knows. */
  place: string;
  /** `OUTBOUND`, `INBOUND` or `UNKNOWN`, of a network connection. */
  direction?: string;
}

const MAX_TEXT = 500;
const TEAM_TAGS = ["palisade:team", "team"];

/**
 * Reads a finding from an event.
 *
 * @returns undefined when the event is no GuardDuty finding: whoever asked has to say so to a person all the same
 */
export function findingOf(event: unknown): Finding | undefined {
  const detail = record(record(event)?.detail);
  if (detail === undefined || text(detail.id) === "" || text(detail.type) === "") return undefined;
  const service = record(detail.service);
  const action = record(service?.action);
  return {
    id: text(detail.id),
    type: text(detail.type),
    severity: number(detail.severity),
    title: text(detail.title),
    description: text(detail.description),
    accountId: text(detail.accountId),
    region: text(detail.region),
    partition: text(detail.partition) || "aws",
    sample: record(service?.additionalInfo)?.sample === true || text(detail.title).startsWith("[SAMPLE]"),
    resource: resourceOf(record(detail.resource)),
    remote: remoteOf(action),
    api: apiOf(record(action?.awsApiCallAction)),
    threatList: threatListOf(service),
    firstSeen: text(service?.eventFirstSeen) || text(detail.createdAt),
    lastSeen: text(service?.eventLastSeen) || text(detail.updatedAt),
    count: number(service?.count) || 1,
  };
}

function resourceOf(resource: Fields | undefined): FindingResource {
  const kind = text(resource?.resourceType);
  const lambda = record(resource?.lambdaDetails);
  if (lambda !== undefined) {
    return {
      kind,
      name: text(lambda.functionName) || text(lambda.functionArn),
      version: text(lambda.functionVersion) || undefined,
      team: teamOf(lambda.tags),
    };
  }
  const key = record(resource?.accessKeyDetails);
  if (key !== undefined) {
    // The id of an access key is an identifier, not a secret; it finds the calls in CloudTrail.
    const name = [text(key.userType), text(key.userName)].filter((part) => part !== "").join(" ");
    return { kind, name: `${name || text(key.principalId)} (key ${text(key.accessKeyId) || "unknown"})` };
  }
  const bucket = record(list(resource?.s3BucketDetails)[0]);
  if (bucket !== undefined) return { kind, name: text(bucket.name), team: teamOf(bucket.tags) };
  const database = record(resource?.rdsDbInstanceDetails);
  if (database !== undefined) return { kind, name: text(database.dbInstanceIdentifier), team: teamOf(database.tags) };
  return { kind, name: kind || "not named" };
}

function remoteOf(action: Fields | undefined): FindingRemote | undefined {
  const connection = record(action?.networkConnectionAction);
  const call = record(action?.awsApiCallAction);
  const login = record(action?.rdsLoginAttemptAction);
  const address = record((connection ?? call ?? login)?.remoteIpDetails);
  const domain = text(record(action?.dnsRequestAction)?.domain);
  if (address === undefined && domain === "") return undefined;
  const place = [
    text(record(address?.organization)?.org),
    text(record(address?.city)?.cityName),
    text(record(address?.country)?.countryName),
  ];
  return {
    address: text(address?.ipAddressV4) || text(address?.ipAddressV6),
    port: number(record(connection?.remotePortDetails)?.port) || undefined,
    domain: domain || undefined,
    place: place.filter((part) => part !== "").join(", "),
    direction: text(connection?.connectionDirection) || undefined,
  };
}

function apiOf(call: Fields | undefined): string | undefined {
  if (call === undefined || text(call.api) === "") return undefined;
  return `${text(call.api)} of ${text(call.serviceName)}`;
}

function threatListOf(service: Fields | undefined): string | undefined {
  const name = text(record(service?.additionalInfo)?.threatListName);
  if (name !== "") return name;
  const intelligence = record(list(record(service?.evidence)?.threatIntelligenceDetails)[0]);
  return text(intelligence?.threatListName) || undefined;
}

function teamOf(tags: unknown): string | undefined {
  const all = list(tags).map(record);
  for (const wanted of TEAM_TAGS) {
    const value = text(all.find((tag) => tag?.key === wanted)?.value);
    if (value !== "") return value;
  }
  return undefined;
}

type Fields = Record<string, unknown>;

function record(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

/** One line of visible characters: what a finding quotes must not add lines, or links, of its own to a message. */
export function text(value: unknown): string {
  if (typeof value !== "string") return "";
  const line = value
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}
