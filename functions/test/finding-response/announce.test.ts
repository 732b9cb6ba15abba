import { expect, test } from "vitest";
import { declinedMessage, dryRunMessage, releasedMessage, takenMessage } from "../../src/finding-response/announce.ts";
import type { Taken } from "../../src/finding-response/ledger.ts";
import type { MeasureName } from "../../src/finding-response/settings.ts";
import { findingOf } from "../../src/shared/finding.ts";
import { findingEvent } from "../finding-notifier/events.ts";
import { AT, NOW } from "./support.ts";

const finding = findingOf(findingEvent("Trojan:Lambda/DropPoint"));
if (finding === undefined) throw new Error("no finding");

const taken = (measure: MeasureName, target: string, until = 0): Taken => ({
  measure,
  target,
  earlier: "",
  at: AT,
  until,
  findingId: finding.id,
  findingType: finding.type,
});
const WHY = [
  "Why       Trojan:Lambda/DropPoint, severity 8",
  "Finding   16afba5c5c43e07c9e3e5e2e544e95df in 123456789012, eu-west-1",
];

test.each([
  [
    taken("quarantine", "prod-orders"),
    "The function prod-orders was stopped: its reserved concurrency is 0, and every call of it is refused.",
    "until somebody takes it back",
  ],
  [
    taken("revoke-sessions", "deployer"),
    "The sessions of the role deployer were revoked: credentials given out before now are refused.",
    "until somebody takes it back",
  ],
  [
    taken("deny-address", "45.155.205.10/32", NOW + 24 * 3600),
    "Requests from 45.155.205.10/32 are refused by the firewall.",
    "until 2026-11-25T10:30:00.000Z",
  ],
])("a measure that was taken is told with its end and the way back: %j", (measure, what, end) => {
  expect(takenMessage(finding, measure, "responder")).toEqual({
    subject: `[RESPONSE] ${measure.measure} of ${measure.target}`,
    text: [
      what,
      "",
      ...WHY,
      `For       ${end}`,
      "",
      "To take it back",
      "aws lambda invoke --function-name responder --cli-binary-format raw-in-base64-out --payload " +
        `'{"release":{"measure":"${measure.measure}","target":"${measure.target}"}}' /dev/stdout`,
    ].join("\n"),
  });
});

test.each([
  ["quarantine", "prod-orders", "The function prod-orders would be stopped."],
  ["revoke-sessions", "deployer", "The sessions of the role deployer would be revoked."],
  ["deny-address", "45.155.205.10/32", "Requests from 45.155.205.10/32 would be refused by the firewall."],
] as const)("the dry run tells of %s of %s what would be done", (measure, target, what) => {
  expect(dryRunMessage(finding, { measure, target })).toEqual({
    subject: `[DRY RUN] ${measure} of ${target}`,
    text: [`${what} Nothing was done: the responder is in its dry run.`, "", ...WHY].join("\n"),
  });
});

test("a measure that is declined is told with the reason, and left to a person", () => {
  expect(declinedMessage(finding, { measure: "quarantine", target: "prod-orders" }, "the plan protects it")).toEqual({
    subject: "[NO RESPONSE] quarantine of prod-orders",
    text: [
      "Nothing was done about prod-orders: the plan protects it.",
      "",
      "Asked for quarantine, by Trojan:Lambda/DropPoint, severity 8",
      "Finding   16afba5c5c43e07c9e3e5e2e544e95df in 123456789012, eu-west-1",
      "",
      "Decide by hand what is to be done.",
    ].join("\n"),
  });
});

test("what was taken back is listed, one to a line", () => {
  expect(releasedMessage("quarantine", ["prod-orders"], "by hand")).toEqual({
    subject: "[RELEASED] quarantine of prod-orders",
    text: "Taken back by hand: quarantine of\n  prod-orders",
  });
  expect(releasedMessage("deny-address", ["a", "b"], "because their time was over")).toEqual({
    subject: "[RELEASED] deny-address of 2 targets",
    text: "Taken back because their time was over: deny-address of\n  a\n  b",
  });
});
