import { describe, expect, test } from "vitest";
import { ADVICE } from "../../src/finding-notifier/advice.ts";
import { digestMessage, findingMessage, severityName, unreadableMessage } from "../../src/finding-notifier/message.ts";
import { findingOf } from "../../src/shared/finding.ts";
import { findingEvent } from "./events.ts";

function messageOf(event: unknown) {
  const finding = findingOf(event);
  if (finding === undefined) throw new Error("no finding");
  return findingMessage(finding);
}

// The active types of the two pages on 2026-11-24: lambda-protection-finding-types and guardduty_finding-types-iam.
const LAMBDA_TYPES = 7;
const IAM_TYPES = 28;

describe("findingMessage", () => {
  test("knows every type that AWS documents for Lambda and IAM", () => {
    const types = Object.keys(ADVICE);
    expect(types.filter((type) => type.includes(":Lambda/"))).toHaveLength(LAMBDA_TYPES);
    expect(types.filter((type) => type.includes(":IAMUser/"))).toHaveLength(IAM_TYPES);
    expect(types).toHaveLength(LAMBDA_TYPES + IAM_TYPES);
  });

  test("says of each what, where, since when, which team, what to do, and where to look", async () => {
    const messages = Object.keys(ADVICE).map((type) => messageOf(findingEvent(type)));
    const page = messages
      .map(({ subject, text }) => `Subject: ${subject}\n\n${text}\n`)
      .join(`\n${"-".repeat(80)}\n\n`);
    await expect(page).toMatchFileSnapshot("messages.golden.txt");
  });

  test("tells an unknown type in GuardDuty's words, and of what is not known nothing", () => {
    const event = findingEvent("Future:Lambda/Thing", { service: {} });
    expect(messageOf(event)).toEqual({
      subject: "[HIGH] prod-orders: Future:Lambda/Thing",
      text: [
        "HIGH (8) Future:Lambda/Thing",
        "",
        "What      Title of Future:Lambda/Thing",
        "Where     function prod-orders, version 7",
        "Team      orders",
        "Account   123456789012, eu-west-1",
        "Since     2026-11-24T10:05:00Z",
        "GuardDuty What GuardDuty says of Future:Lambda/Thing.",
        "",
        "What to do",
        "1. Open the finding and read what GuardDuty says of it.",
        "2. Find out who owns the resource, and ask whether they expect it.",
        "3. If it is expected, write a suppression rule for this resource and this type, and nothing wider.",
        "",
        "Finding: https://eu-west-1.console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings?macros=current&fId=16afba5c5c43e07c9e3e5e2e544e95df",
      ].join("\n"),
    });
  });

  test("makes no link of what may be malicious, and lets no value add a line", () => {
    const type = "Trojan:Lambda/DropPoint";
    const { text } = messageOf(
      findingEvent(type, {
        description: "See http://evil.example/x\nWhat to do\n1. Click https://login.example",
        service: {
          count: 1,
          eventFirstSeen: "2026-11-24T10:00:00Z",
          action: { dnsRequestAction: { domain: "evil.example.com" } },
          additionalInfo: { threatListName: "ours" },
        },
      }),
    );
    expect(text).toContain("GuardDuty See hxxp://evil[.]example/x What to do 1. Click hxxps://login[.]example\n");
    expect(text).toContain("Other end evil[.]example[.]com\n");
    expect(text).toContain("List      ours\n");
    expect(text).toContain("Since     2026-11-24T10:00:00Z\n");
    expect(text.match(/^What to do$/gm)).toHaveLength(1);
  });

  test("cuts and cleans the subject for SNS", () => {
    const name = `ü${"x".repeat(200)}`;
    const { subject } = messageOf(
      findingEvent("Trojan:Lambda/DropPoint", {
        resource: { resourceType: "Lambda", lambdaDetails: { functionName: name } },
      }),
    );
    expect(subject).toBe(`[HIGH] ?${"x".repeat(89)}...`);
    expect(subject).toHaveLength(100);
  });

  test.each([
    ["aws-cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/"],
    ["aws-us-gov", "us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/"],
    ["aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/"],
  ])("links to the console of %s", (partition, region, start) => {
    expect(messageOf(findingEvent("Trojan:Lambda/DropPoint", { partition, region })).text).toContain(
      `Finding: ${start}`,
    );
  });

  test("says that a sample is one", () => {
    const { subject, text } = messageOf(
      findingEvent("Trojan:Lambda/DropPoint", { title: "[SAMPLE] Data of a function" }),
    );
    expect(subject).toBe("[SAMPLE HIGH] prod-orders: Trojan:Lambda/DropPoint");
    expect(text.startsWith("SAMPLE HIGH (8) Trojan:Lambda/DropPoint\n")).toBe(true);
  });
});

test.each([
  [10, "CRITICAL"],
  [9, "CRITICAL"],
  [8.9, "HIGH"],
  [7, "HIGH"],
  [6.9, "MEDIUM"],
  [4, "MEDIUM"],
  [3.9, "LOW"],
  [1, "LOW"],
  [0, "UNRATED"],
])("the severity %d is %s", (severity, name) => {
  expect(severityName(severity)).toBe(name);
});

test("the digest counts what was held back, the most first", () => {
  expect(digestMessage("2026-11-24T10", { "B:Lambda/b": 2, "A:Lambda/a": 2, "C:Lambda/c": 9000 })).toEqual({
    subject: "[DIGEST] 9004 further findings in the hour of 2026-11-24T10",
    text: [
      "9004 findings of the hour of 2026-11-24T10 were not sent one by one, because there were too many.",
      "",
      "  9000  C:Lambda/c",
      "     2  A:Lambda/a",
      "     2  B:Lambda/b",
      "",
      "All of them are in GuardDuty and in the log of findings.",
    ].join("\n"),
  });
});

test.each([
  ["S3Bucket", "bucket"],
  ["RDSDBInstance", "database"],
  ["Lambda", "function"],
  ["AccessKey", "credentials of"],
  ["EKSCluster", "EKSCluster"],
])("a resource of the kind %s is called %s", (kind, name) => {
  const finding = findingOf(findingEvent("Trojan:Lambda/DropPoint"));
  if (finding === undefined) throw new Error("no finding");
  for (const version of [undefined, ""]) {
    const resource = { ...finding.resource, kind, name: "x", version };
    expect(findingMessage({ ...finding, resource }).text).toContain(`\nWhere     ${name} x\n`);
  }
});

test("the other end is told as far as it is known", () => {
  const finding = findingOf(findingEvent("Trojan:Lambda/DropPoint"));
  if (finding === undefined) throw new Error("no finding");
  const end = (remote: object) =>
    /^Other end (.*)$/m.exec(
      findingMessage({ ...finding, remote: { place: "", ...remote } as typeof finding.remote }).text,
    )?.[1];
  expect(end({ address: "198.51.100.9", port: 443, direction: "OUTBOUND", place: "Amsterdam" })).toBe(
    "198.51.100.9 port 443 (outbound), Amsterdam",
  );
  expect(end({ direction: "INBOUND" })).toBe("(inbound)");
  expect(end({ address: "", port: 443 })).toBe("443");
  expect(end({ domain: "evil.example" })).toBe("evil[.]example");
  expect(findingMessage({ ...finding, remote: undefined }).text).not.toContain("Other end");
});

test("an event that is no finding is said to be so", () => {
  expect(unreadableMessage("e-1", "aws.guardduty")).toEqual({
    subject: "[UNREADABLE] an event of GuardDuty",
    text: [
      "An event reached the notifier that it cannot read as a finding.",
      "",
      "Event     e-1",
      "Source    aws.guardduty",
      "",
      "Look it up in the log of findings. If GuardDuty has changed its format, the notifier must follow.",
    ].join("\n"),
  });
  expect(unreadableMessage("", "").text).toContain("Event     without an id\nSource    not named\n");
  expect(unreadableMessage("e-1", "aws.guardduty").text).toContain("Event     e-1\nSource    aws.guardduty\n");
});
