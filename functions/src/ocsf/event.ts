/**
 * What all events of the Open Cybersecurity Schema Framework have in common. https://schema.ocsf.io/1.5.0
 */
import { compact, type Fields } from "./fields.ts";

/** The version of the schema, in each event's `metadata.version`. */
export const OCSF_VERSION = "1.5.0";

/** An event, ready to be written as JSON. */
export type OcsfEvent = Fields;

/** A class of the schema. */
interface OcsfClass {
  category: number;
  categoryName: string;
  uid: number;
  name: string;
}

export const API_ACTIVITY: OcsfClass = {
  category: 6,
  categoryName: "Application Activity",
  uid: 6003,
  name: "API Activity",
};
export const AUTHENTICATION: OcsfClass = {
  category: 3,
  categoryName: "Identity & Access Management",
  uid: 3002,
  name: "Authentication",
};
export const DETECTION_FINDING: OcsfClass = {
  category: 2,
  categoryName: "Findings",
  uid: 2004,
  name: "Detection Finding",
};
export const HTTP_ACTIVITY: OcsfClass = {
  category: 4,
  categoryName: "Network Activity",
  uid: 4002,
  name: "HTTP Activity",
};

/** An activity of a class: its number and its name in the schema, or 99 and the source's own word. */
export type Activity = readonly [id: number, name: string];

const SEVERITIES = ["Unknown", "Informational", "Low", "Medium", "High", "Critical"] as const;
/** A number of `severity_id`. */
export type Severity = 0 | 1 | 2 | 3 | 4 | 5;

/** What every event has. */
export interface EventParts {
  ofClass: OcsfClass;
  activity: Activity;
  severity: Severity;
  /** Milliseconds since 1970. */
  time: number;
  message: string;
  cloud: { accountId?: string; region?: string; partition?: string };
  metadata: Fields & { product: Fields };
  /** The class's own attributes. */
  attributes: Fields;
}

/** Puts an event together, without what the source did not say. */
export function ocsfEvent({ ofClass, activity, severity, ...parts }: EventParts): OcsfEvent {
  const [activityId, activityName] = activity;
  const { accountId, region, partition } = parts.cloud;
  return compact({
    activity_id: activityId,
    activity_name: activityName,
    category_name: ofClass.categoryName,
    category_uid: ofClass.category,
    class_name: ofClass.name,
    class_uid: ofClass.uid,
    type_name: `${ofClass.name}: ${activityId === 99 ? "Other" : activityName}`,
    type_uid: ofClass.uid * 100 + activityId,
    severity: SEVERITIES[severity],
    severity_id: severity,
    time: parts.time,
    message: parts.message,
    cloud: {
      provider: "AWS",
      region,
      cloud_partition: partition,
      account: accountId === undefined ? undefined : { uid: accountId, type: "AWS Account", type_id: 10 },
    },
    ...parts.attributes,
    metadata: {
      version: OCSF_VERSION,
      ...parts.metadata,
      product: { vendor_name: "AWS", ...parts.metadata.product },
    },
  }) as OcsfEvent;
}

/** `status` and `status_id`. */
export function statusOf(succeeded: boolean): Fields {
  return succeeded ? { status: "Success", status_id: 1 } : { status: "Failure", status_id: 2 };
}
