import type { Rule } from "./model.ts";
import type { Reader } from "./reader.ts";

/** The check of a rule about a trail's data events of S3 objects: writes (S3.22) or reads (S3.23). */
export function objectEventsCheck(kind: "write" | "read"): Rule["check"] {
  return ({ props }, verdicts) => {
    const advanced = props
      .at("advancedEventSelectors")
      .list()
      .some((selector) => selects(selector, kind));
    const basic = props
      .at("eventSelectors")
      .list()
      .some((selector) => selectsBasic(selector, kind));
    if (!advanced && !basic) {
      verdicts.violation(`it does not record ${kind}s of objects; add a selector of data events for AWS::S3::Object`);
    }
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html */
function selects(selector: Reader, kind: "write" | "read"): boolean {
  const fields = new Map(
    selector
      .at("fieldSelectors")
      .list()
      .map((each) => [each.at("field").text(), each.at("equals").texts()]),
  );
  const readOnly = fields.get("readOnly") ?? [];
  return (
    fields.get("resources.type")?.includes("AWS::S3::Object") === true &&
    (readOnly.length === 0 || readOnly.includes(String(kind === "read")))
  );
}

function selectsBasic(selector: Reader, kind: "write" | "read"): boolean {
  const type = selector.at("readWriteType").text() ?? "All";
  return (
    (type === "All" || type === (kind === "write" ? "WriteOnly" : "ReadOnly")) &&
    selector
      .at("dataResources")
      .list()
      .some((each) => each.at("type").text() === "AWS::S3::Object")
  );
}
