import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector } from "@aws-sdk/client-cloudtrail";
import { SandboxError } from "../errors.ts";
import type { TrailRecord } from "./record.ts";

/** What a trail says that it records: one kind of selectors or the other. */
export interface Selectors {
  advanced?: readonly AdvancedEventSelector[];
  basic?: readonly EventSelector[];
}

/**
 * Whether a trail records an event. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 *
 * @throws SandboxError for a field that this does not know: it is said, and nothing is passed over
 */
export function selects({ advanced = [], basic = [] }: Selectors, record: TrailRecord): boolean {
  if (advanced.length > 0) {
    return advanced.some(({ FieldSelectors = [] }) => FieldSelectors.every((field) => matches(field, record)));
  }
  return basic.some((selector) => matchesBasic(selector, record));
}

function matches(selector: AdvancedFieldSelector, record: TrailRecord): boolean {
  const values = valuesOf(selector.Field ?? "", record);
  const some = (texts: readonly string[] | undefined, test: (value: string, text: string) => boolean) =>
    texts === undefined || values.some((value) => texts.some((text) => test(value, text)));
  const none = (texts: readonly string[] | undefined, test: (value: string, text: string) => boolean) =>
    texts === undefined || !values.some((value) => texts.some((text) => test(value, text)));
  const same = (value: string, text: string) => value === text;
  const starts = (value: string, text: string) => value.startsWith(text);
  const ends = (value: string, text: string) => value.endsWith(text);
  return (
    some(selector.Equals, same) &&
    some(selector.StartsWith, starts) &&
    some(selector.EndsWith, ends) &&
    none(selector.NotEquals, same) &&
    none(selector.NotStartsWith, starts) &&
    none(selector.NotEndsWith, ends)
  );
}

function valuesOf(field: string, record: TrailRecord): string[] {
  switch (field) {
    case "eventCategory":
    case "eventName":
    case "eventSource":
    case "eventType":
      return [record[field]];
    case "readOnly":
      return [String(record.readOnly)];
    case "errorCode":
      return [record.errorCode ?? ""];
    case "userIdentity.arn":
      return [record.userIdentity.arn ?? ""];
    case "resources.type":
      return (record.resources ?? []).map(({ type }) => type);
    case "resources.ARN":
      return (record.resources ?? []).map(({ ARN }) => ARN);
    default:
      throw new SandboxError(
        `A trail selects events by ${field}, which the sandbox does not evaluate.`,
        "It evaluates eventCategory, eventName, eventSource, eventType, readOnly, errorCode, userIdentity.arn, resources.type and resources.ARN.",
      );
  }
}

function matchesBasic(selector: EventSelector, record: TrailRecord): boolean {
  const { ReadWriteType = "All", IncludeManagementEvents = true, DataResources = [] } = selector;
  if (ReadWriteType !== "All" && (ReadWriteType === "ReadOnly") !== record.readOnly) return false;
  if (record.eventCategory === "Management") {
    return IncludeManagementEvents && !(selector.ExcludeManagementEventSources ?? []).includes(record.eventSource);
  }
  return DataResources.some(({ Type, Values = [] }) =>
    (record.resources ?? []).some(({ type, ARN }) => type === Type && Values.some((value) => ARN.startsWith(value))),
  );
}
