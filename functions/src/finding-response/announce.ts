/** What people are told of measures: what was done, why, and how it is taken back. */
import type { Finding } from "../shared/finding.ts";
import { type Message, subjectOf } from "../shared/topic.ts";
import type { Intended } from "./decide.ts";
import type { Taken } from "./ledger.ts";
import type { MeasureName } from "./settings.ts";

const DONE: Readonly<Record<MeasureName, (target: string) => string>> = {
  quarantine: (name) =>
    `The function ${name} was stopped: its reserved concurrency is 0, and every call of it is refused.`,
  "revoke-sessions": (name) =>
    `The sessions of the role ${name} were revoked: credentials given out before now are refused.`,
  "deny-address": (range) => `Requests from ${range} are refused by the firewall.`,
};

const WOULD: Readonly<Record<MeasureName, (target: string) => string>> = {
  quarantine: (name) => `The function ${name} would be stopped.`,
  "revoke-sessions": (name) => `The sessions of the role ${name} would be revoked.`,
  "deny-address": (range) => `Requests from ${range} would be refused by the firewall.`,
};

/** A measure was taken. */
export function takenMessage(finding: Finding, { measure, target, until }: Taken, responder: string): Message {
  const end = until === 0 ? "until somebody takes it back" : `until ${new Date(until * 1000).toISOString()}`;
  return {
    subject: subjectOf(`[RESPONSE] ${measure} of ${target}`),
    text: [
      DONE[measure](target),
      "",
      row("Why", `${finding.type}, severity ${finding.severity}`),
      row("Finding", `${finding.id} in ${finding.accountId}, ${finding.region}`),
      row("For", end),
      "",
      "To take it back",
      releaseCommand(responder, measure, target),
    ].join("\n"),
  };
}

/** A measure would be taken, were the responder to act. */
export function dryRunMessage(finding: Finding, { measure, target }: Intended): Message {
  return {
    subject: subjectOf(`[DRY RUN] ${measure} of ${target}`),
    text: [
      `${WOULD[measure](target)} Nothing was done: the responder is in its dry run.`,
      "",
      row("Why", `${finding.type}, severity ${finding.severity}`),
      row("Finding", `${finding.id} in ${finding.accountId}, ${finding.region}`),
    ].join("\n"),
  };
}

/** A measure that a finding calls for is not taken. */
export function declinedMessage(finding: Finding, { measure, target }: Intended, reason: string): Message {
  return {
    subject: subjectOf(`[NO RESPONSE] ${measure} of ${target}`),
    text: [
      `Nothing was done about ${target}: ${reason}.`,
      "",
      row("Asked for", `${measure}, by ${finding.type}, severity ${finding.severity}`),
      row("Finding", `${finding.id} in ${finding.accountId}, ${finding.region}`),
      "",
      "Decide by hand what is to be done.",
    ].join("\n"),
  };
}

/** Measures were taken back. */
export function releasedMessage(measure: MeasureName, targets: readonly string[], why: string): Message {
  const what = targets.length === 1 ? String(targets[0]) : `${targets.length} targets`;
  return {
    subject: subjectOf(`[RELEASED] ${measure} of ${what}`),
    text: [`Taken back ${why}: ${measure} of`, ...targets.map((target) => `  ${target}`)].join("\n"),
  };
}

/** How a person takes a measure back: whoever IAM lets invoke the responder. */
function releaseCommand(responder: string, measure: MeasureName, target: string): string {
  const payload = JSON.stringify({ release: { measure, target } });
  return `aws lambda invoke --function-name ${responder} --cli-binary-format raw-in-base64-out --payload '${payload}' /dev/stdout`;
}

function row(name: string, value: string): string {
  return `${name.padEnd(10)}${value}`;
}
