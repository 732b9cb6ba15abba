import { fromCloudTrail, isCloudTrail } from "./cloudtrail.ts";
import type { OcsfEvent } from "./event.ts";
import { fieldsOf } from "./fields.ts";
import { fromGuardDuty, isGuardDuty } from "./guardduty.ts";
import { fromGateway, fromWaf, isGateway, isWaf, type LogPlace } from "./http.ts";

/**
 * A record of CloudTrail, GuardDuty, AWS WAF or the gateway as an event of OCSF. Which of them it is, it says itself: the sources share one stream.
 *
 * @returns undefined when it is none of these, or lacks what makes it findable
 */
export function toOcsf(record: unknown, place: LogPlace = {}): OcsfEvent | undefined {
  const fields = fieldsOf(record);
  if (isGuardDuty(fields)) return fromGuardDuty(fields);
  if (isCloudTrail(fields)) return fromCloudTrail(fields);
  if (isWaf(fields)) return fromWaf(fields, place);
  return isGateway(fields) ? fromGateway(fields, place) : undefined;
}
