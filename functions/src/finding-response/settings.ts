/** What may be done about findings, as the deployment says it: `FindingResponse`'s plan, in the variable `RESPONSE_PLAN`. */
import { isIP } from "node:net";

/** What can be done about a finding. */
export type MeasureName = "quarantine" | "revoke-sessions" | "deny-address";

export const MEASURES: readonly MeasureName[] = ["quarantine", "revoke-sessions", "deny-address"];

/** When a measure is taken, and on what. */
export interface MeasureSettings {
  /** Finding types; `*` stands for any characters. */
  types: string[];
  /** From 1 to 10. */
  minimumSeverity: number;
  /** ARNs of functions or roles that it may be taken on; `*` stands for any characters. Not of `deny-address`. */
  targets: string[];
  /** Names of functions or roles that it is never taken on. */
  protected: string[];
}

/** Further settings of `deny-address`. */
export interface DenySettings extends MeasureSettings {
  ipv4SetArn?: string;
  ipv6SetArn?: string;
  /** Hours until an address is let in again. */
  hours: number;
  /** Addresses in a set, from which on none is added. */
  maximumAddresses: number;
  /** Addresses and ranges that are never denied. */
  allowed: string[];
}

/** All of it. A measure that is missing is never taken. */
export interface ResponsePlan {
  /** `dry-run`: what would be done is told and not done. */
  mode: "dry-run" | "act";
  /** Measures in an hour, after which none is taken: whoever can cause findings must not be able to stop everything. */
  measuresPerHour: number;
  quarantine?: MeasureSettings;
  "revoke-sessions"?: MeasureSettings;
  "deny-address"?: DenySettings;
}

/**
 * Reads the plan. The component has checked it; what does not fit all the same ends the cold start, and no measure is taken.
 *
 * @throws Error that says which part does not fit
 */
export function readPlan(text: string): ResponsePlan {
  let plan: ResponsePlan;
  try {
    plan = JSON.parse(text) as ResponsePlan;
  } catch {
    throw misfit("it is no JSON");
  }
  if (plan?.mode !== "dry-run" && plan?.mode !== "act") throw misfit('mode is neither "dry-run" nor "act"');
  wholeNumber("measuresPerHour", plan.measuresPerHour);
  for (const name of MEASURES) {
    const measure = plan[name];
    if (measure === undefined) continue;
    for (const list of ["types", "targets", "protected"] as const) texts(`${name}.${list}`, measure[list]);
    if (!(measure.minimumSeverity >= 1 && measure.minimumSeverity <= 10)) {
      throw misfit(`${name}.minimumSeverity is no number from 1 to 10`);
    }
  }
  const deny = plan["deny-address"];
  if (deny !== undefined) {
    wholeNumber("deny-address.hours", deny.hours);
    wholeNumber("deny-address.maximumAddresses", deny.maximumAddresses);
    texts("deny-address.allowed", deny.allowed);
    for (const range of deny.allowed) {
      if (isIP(range.replace(/\/\d{1,3}$/, "")) === 0) throw misfit("deny-address.allowed has what is no address");
    }
  }
  return plan;
}

/** Whether a text is what a pattern says, in which `*` stands for any characters. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}

function misfit(what: string): Error {
  return new Error(`finding-response: environment: RESPONSE_PLAN: ${what}`);
}

function texts(name: string, value: unknown): void {
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string"))
    throw misfit(`${name} is no list of texts`);
}

function wholeNumber(name: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1) throw misfit(`${name} is no whole number from 1`);
}
