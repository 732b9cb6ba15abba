/** From a call to a person: a function calls a listed address, and the lab looks whether anybody is told. */

import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { RunningStage } from "./stage.ts";

/** Its id, where an attack has one. */
export const DETECTION_ID = "malicious-address-call";

/** Seconds in which a person must be told. */
export const MAIL_SECONDS = 10;

/** Seconds after which a stage without a finding is said to tell nobody. */
const SILENCE_SECONDS = 2;

/** What came of the call. */
export interface DetectionResult {
  readonly id: typeof DETECTION_ID;
  readonly title: string;
  /** Section of the paper. */
  readonly paper: string;
  /** `mail`: a person was told. `finding`: GuardDuty was, and no person. `no trace`: nobody was. `not called`: the function did not reach the address. */
  readonly outcome: "mail" | "finding" | "no trace" | "not called";
  /** The call, as the sink saw it. */
  readonly call?: { readonly functionName: string; readonly address: string; readonly time: string };
  /** GuardDuty's finding, as EventBridge was handed it. */
  readonly finding?: { readonly id: string; readonly type: string; readonly severity: number };
  /** The mail, as it came. */
  readonly mail?: { readonly to: string; readonly subject: string; readonly text: string; readonly time: string };
  /** Seconds from the call to the mail. */
  readonly seconds?: number;
  /** One sentence. */
  readonly evidence: string;
}

const ABOUT = {
  id: DETECTION_ID,
  title: "A function calls an address on a threat list",
  paper: "IV.2.C",
} as const;

/**
 * Lets the function call the address.
 *
 * @returns undefined where nobody watches the stage, or it has no such function
 */
export async function detect(stage: RunningStage): Promise<DetectionResult | undefined> {
  const { watch, outputs, clients } = stage;
  const FunctionName = watch?.account?.threatCallerName ?? outputs.threatCallerName;
  if (watch === undefined || FunctionName === undefined) return undefined;
  const before = (await watch.calls()).length;
  await clients.lambda.send(new InvokeCommand({ FunctionName, Payload: "{}" }));
  const call = (await watch.calls())[before];
  if (call === undefined) {
    return { ...ABOUT, outcome: "not called", evidence: `${FunctionName} was invoked, and the sink saw no call` };
  }
  if (call.error !== undefined) throw new Error(`the sandbox could not judge the call: ${call.error}`);
  const seen = { ...ABOUT, call: { functionName: call.functionName, address: call.address, time: iso(call.time) } };
  const said = `${call.functionName} called ${call.address}`;
  const detail = call.finding?.detail as { id: string; type: string; severity: number } | undefined;
  const subject = detail === undefined ? call.functionName : detail.type;
  const wait = detail === undefined ? SILENCE_SECONDS : MAIL_SECONDS;
  const mail = await watch.mail((each) => each.time >= call.time && each.subject.includes(subject), wait);
  if (detail === undefined && mail === undefined) {
    return { ...seen, outcome: "no trace", evidence: `${said}; no finding, and no mail in ${wait} s` };
  }
  const finding = detail && { id: detail.id, type: detail.type, severity: detail.severity };
  if (mail === undefined) {
    return { ...seen, finding, outcome: "finding", evidence: `${said}; ${subject}, and no mail in ${wait} s` };
  }
  const seconds = (mail.time - call.time) / 1000;
  return {
    ...seen,
    finding,
    mail: { to: mail.to.join(", "), subject: mail.subject, text: mail.text, time: iso(mail.time) },
    seconds,
    outcome: "mail",
    evidence: `${said}; ${subject}; a mail to ${mail.to.join(", ")} after ${seconds.toFixed(1)} s`,
  };
}

/** What the table says of it. */
export function detectionText({ outcome, seconds }: DetectionResult): string {
  return outcome === "mail" && seconds !== undefined ? `mail after ${seconds.toFixed(1)} s` : outcome;
}

/** Whether a stage did what the lab expects: weak tells nobody, any other stage tells a person. */
export function detectionExpected(stage: string, { outcome }: DetectionResult): boolean {
  return outcome === (stage === "weak" ? "no trace" : "mail");
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
