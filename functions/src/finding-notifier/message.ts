/** The message that a finding becomes: plain text, because it is read in e-mail, in chat and on a phone. */
import type { Finding, FindingRemote } from "../shared/finding.ts";
import { type Message, subjectOf } from "../shared/topic.ts";
import { ADVICE, ADVICE_UNKNOWN } from "./advice.ts";

// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
const SEVERITIES: readonly (readonly [number, string])[] = [
  [9, "CRITICAL"],
  [7, "HIGH"],
  [4, "MEDIUM"],
  [1, "LOW"],
];

const CONSOLES: Readonly<Record<string, string>> = {
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** GuardDuty's word for a severity from 1 to 10. */
export function severityName(severity: number): string {
  return SEVERITIES.find(([least]) => severity >= least)?.[1] ?? "UNRATED";
}

/** The message of one finding. A type without advice of ours is told in GuardDuty's words. */
export function findingMessage(finding: Finding): Message {
  const advice = ADVICE[finding.type] ?? ADVICE_UNKNOWN;
  const severity = severityName(finding.severity);
  const sample = finding.sample ? "SAMPLE " : "";
  const { resource, remote } = finding;
  const version = resource.version === undefined || resource.version === "" ? "" : `, version ${resource.version}`;
  const seen = finding.count > 1 ? `, ${finding.count} times until ${finding.lastSeen}` : "";
  const lines = [
    `${sample}${severity} (${finding.severity}) ${finding.type}`,
    "",
    row("What", advice.meaning || finding.title),
    row("Where", `${kindName(resource.kind)} ${resource.name}${version}`),
    row("Team", resource.team ?? "not tagged"),
    row("Account", `${finding.accountId}, ${finding.region}`),
    ...(remote === undefined ? [] : [row("Other end", remoteText(remote))]),
    ...(finding.api === undefined ? [] : [row("Call", finding.api)]),
    ...(finding.threatList === undefined ? [] : [row("List", finding.threatList)]),
    row("Since", `${finding.firstSeen}${seen}`),
    row("GuardDuty", defanged(finding.description || finding.title)),
    "",
    "What to do",
    ...advice.steps.map((step, index) => `${index + 1}. ${step}`),
    "",
    `Finding: ${consoleLink(finding)}`,
  ];
  return {
    subject: subjectOf(`[${sample}${severity}] ${resource.name}: ${finding.type}`),
    text: lines.join("\n"),
  };
}

/** The message of findings that were held back because there were too many in an hour. */
export function digestMessage(hour: string, counts: Readonly<Record<string, number>>): Message {
  const types = Object.entries(counts).sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const total = types.reduce((sum, [, count]) => sum + count, 0);
  return {
    subject: subjectOf(`[DIGEST] ${total} further findings in the hour of ${hour}`),
    text: [
      `${total} findings of the hour of ${hour} were not sent one by one, because there were too many.`,
      "",
      ...types.map(([type, count]) => `${String(count).padStart(6)}  ${type}`),
      "",
      "All of them are in GuardDuty and in the log of findings.",
    ].join("\n"),
  };
}

/** The message of an event that cannot be read as a finding: a person has to see it all the same. */
export function unreadableMessage(eventId: string, source: string): Message {
  return {
    subject: subjectOf("[UNREADABLE] an event of GuardDuty"),
    text: [
      "An event reached the notifier that it cannot read as a finding.",
      "",
      row("Event", eventId || "without an id"),
      row("Source", source || "not named"),
      "",
      "Look it up in the log of findings. If GuardDuty has changed its format, the notifier must follow.",
    ].join("\n"),
  };
}

function row(name: string, value: string): string {
  return `${name.padEnd(10)}${value}`;
}

function kindName(kind: string): string {
  return (
    { Lambda: "function", AccessKey: "credentials of", S3Bucket: "bucket", RDSDBInstance: "database" }[kind] ?? kind
  );
}

function remoteText({ address, port, domain, place, direction }: FindingRemote): string {
  const at = [address, port].filter((part) => part !== undefined && part !== "").join(" port ");
  const how = direction === undefined ? "" : ` (${direction.toLowerCase()})`;
  return [domain === undefined ? "" : defanged(domain), `${at}${how}`.trim(), place]
    .filter((part) => part !== "")
    .join(", ");
}

// Mail programs make links of what looks like one. Nobody should reach a malicious address by a click in a warning of it.
function defanged(words: string): string {
  return words
    .replace(/https?:\/\//gi, (scheme) => scheme.replace(/tt/i, "xx"))
    .replace(/(\w)\.(?=[a-z]{2,}\b)/gi, "$1[.]");
}

function consoleLink({ id, region, partition }: Finding): string {
  const host = CONSOLES[partition] ?? "console.aws.amazon.com";
  return `https://${region}.${host}/guardduty/home?region=${region}#/findings?macros=current&fId=${encodeURIComponent(id)}`;
}
