/** Findings in GuardDuty's own event format, of the documentation's example accounts and addresses. */

const SERVICE = {
  serviceName: "guardduty",
  detectorId: "dead10cc00000000000000000000beef",
  archived: false,
  count: 3,
  eventFirstSeen: "2026-11-24T10:00:00Z",
  eventLastSeen: "2026-11-24T10:05:00Z",
};

const REMOTE = {
  ipAddressV4: "198.51.100.9",
  organization: { asn: "64500", asnOrg: "EXAMPLE", isp: "Example", org: "Example Hosting" },
  country: { countryName: "Netherlands" },
  city: { cityName: "Amsterdam" },
};

/** An event with a finding of a type; what the type is about decides the resource and the action. */
export function findingEvent(type: string, detail: Record<string, unknown> = {}) {
  const aboutLambda = type.includes(":Lambda/");
  return {
    version: "0",
    id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": "GuardDuty Finding",
    source: "aws.guardduty",
    account: "123456789012",
    time: "2026-11-24T10:05:10Z",
    region: "eu-west-1",
    resources: [],
    detail: {
      schemaVersion: "2.0",
      accountId: "123456789012",
      region: "eu-west-1",
      partition: "aws",
      id: "16afba5c5c43e07c9e3e5e2e544e95df",
      type,
      severity: aboutLambda ? 8 : 5,
      title: `Title of ${type}`,
      description: `What GuardDuty says of ${type}.`,
      createdAt: "2026-11-24T10:05:00Z",
      updatedAt: "2026-11-24T10:05:00Z",
      resource: aboutLambda ? lambda : accessKey,
      service: { ...SERVICE, resourceRole: "TARGET", action: aboutLambda ? connection : apiCall },
      ...detail,
    },
  };
}

export const lambda = {
  resourceType: "Lambda",
  lambdaDetails: {
    functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:prod-orders",
    functionName: "prod-orders",
    functionVersion: "7",
    role: "arn:aws:iam::123456789012:role/prod-orders",
    tags: [
      { key: "team", value: "other" },
      { key: "palisade:team", value: "orders" },
    ],
  },
};

export const accessKey = {
  resourceType: "AccessKey",
  accessKeyDetails: {
    accessKeyId: "ASIAEXAMPLE",
    principalId: "AROAEXAMPLE:session",
    userName: "deployer",
    userType: "AssumedRole",
  },
};

const connection = {
  actionType: "NETWORK_CONNECTION",
  networkConnectionAction: {
    connectionDirection: "OUTBOUND",
    protocol: "TCP",
    remoteIpDetails: REMOTE,
    remotePortDetails: { port: 443, portName: "HTTPS" },
  },
};

const apiCall = {
  actionType: "AWS_API_CALL",
  awsApiCallAction: {
    api: "DeleteTrail",
    serviceName: "cloudtrail.amazonaws.com",
    callerType: "Remote IP",
    remoteIpDetails: REMOTE,
  },
};

export const service = SERVICE;
