/**
 * A finding as GuardDuty writes it and EventBridge delivers it. Pure. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html,
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 */

import { createHash, randomUUID } from "node:crypto";
import type { Identity } from "../identity.ts";
import type { FedEvent } from "./feed.ts";

/** https://docs.aws.amazon.com/guardduty/latest/ug/lambda-protection-finding-types.html: its default severity is medium. */
export const CUSTOM_CALLER = { type: "UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom", severity: 5 } as const;

/** A function, as Lambda describes it. */
export interface CallingFunction {
  functionName: string;
  functionArn: string;
  description: string;
  lastModifiedAt: string;
  revisionId: string;
  functionVersion: string;
  role: string;
  tags: { key: string; value: string }[];
}

/** What was seen, so far. */
export interface Sighting {
  detectorId: string;
  threatListName: string;
  address: string;
  port: number;
  localPort: number;
  caller: CallingFunction;
  /** Milliseconds since 1970. */
  firstSeen: number;
  lastSeen: number;
  count: number;
}

/** The event of a finding. It has the same id while the same function calls the same address. */
export function findingEvent({ accountId, region, partition }: Identity, sighting: Sighting): FedEvent {
  const { detectorId, threatListName, address, port, localPort, caller, firstSeen, lastSeen, count } = sighting;
  const id = createHash("md5").update(`${CUSTOM_CALLER.type}|${caller.functionArn}|${address}`).digest("hex");
  const at = (time: number) => new Date(time).toISOString();
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "GuardDuty Finding",
    source: "aws.guardduty",
    account: accountId,
    time: `${at(lastSeen).slice(0, 19)}Z`,
    region,
    resources: [],
    detail: {
      schemaVersion: "2.0",
      accountId,
      region,
      partition,
      id,
      arn: `arn:${partition}:guardduty:${region}:${accountId}:detector/${detectorId}/finding/${id}`,
      type: CUSTOM_CALLER.type,
      resource: {
        resourceType: "Lambda",
        lambdaDetails: caller,
      },
      service: {
        serviceName: "guardduty",
        detectorId,
        action: {
          actionType: "NETWORK_CONNECTION",
          networkConnectionAction: {
            connectionDirection: "OUTBOUND",
            protocol: "TCP",
            blocked: false,
            localPortDetails: { port: localPort, portName: "Unknown" },
            remoteIpDetails: {
              ipAddressV4: address,
              organization: { asn: "0", asnOrg: "", isp: "", org: "" },
              country: { countryName: "" },
              city: { cityName: "" },
              geoLocation: { lat: 0, lon: 0 },
            },
            remotePortDetails: { port, portName: port === 443 ? "HTTPS" : "Unknown" },
          },
        },
        resourceRole: "TARGET",
        additionalInfo: { threatListName, value: JSON.stringify({ threatListName }), type: "default" },
        evidence: { threatIntelligenceDetails: [{ threatListName, threatNames: [] }] },
        eventFirstSeen: at(firstSeen),
        eventLastSeen: at(lastSeen),
        archived: false,
        count,
        featureName: "LambdaNetworkLogs",
      },
      severity: CUSTOM_CALLER.severity,
      createdAt: at(firstSeen),
      updatedAt: at(lastSeen),
      title: `The Lambda function ${caller.functionName} is communicating with an IP address on a custom threat list.`,
      description: `Lambda function ${caller.functionName} is communicating with the IP address ${address}, which is on the custom threat list ${threatListName}.`,
    },
  };
}
