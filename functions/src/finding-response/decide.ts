/** Which measures a finding calls for. Nothing here does anything. */
import { type Finding, findingOf, text } from "../shared/finding.ts";
import { deniable } from "./addresses.ts";
import { type MeasureName, type MeasureSettings, matches, type ResponsePlan } from "./settings.ts";

/** What a finding is about, as far as a measure can be taken on it. */
export interface Subject {
  /** The function, by its ARN without a version or an alias. */
  function?: { arn: string; name: string };
  /** The name of the role whose credentials are concerned. */
  roleName?: string;
  /** The other end, when it is who came to us. */
  address?: string;
}

/** A measure that a finding calls for. */
export interface Intended {
  measure: MeasureName;
  /** The function's or the role's name, or a range of addresses. */
  target: string;
  /** Why it is not taken, when it must not be. */
  declined?: string;
}

/** A finding with what it is about; undefined when the event is none, or one that somebody has archived. */
export function subjectOf(event: unknown): { finding: Finding; subject: Subject } | undefined {
  const finding = findingOf(event);
  if (finding === undefined) return undefined;
  const detail = fields(fields(event).detail);
  const service = fields(detail.service);
  if (service.archived === true) return undefined;
  const resource = fields(detail.resource);
  const lambda = fields(resource.lambdaDetails);
  const key = fields(resource.accessKeyDetails);
  const action = fields(service.action);
  return {
    finding,
    subject: {
      function: functionOf(text(lambda.functionArn)),
      roleName: nameOfRole(text(lambda.role)) ?? (key.userType === "AssumedRole" ? nameOf(key) : undefined),
      address: callerOf(finding, action),
    },
  };
}

/** The measures, each with its target, that the plan has for the finding. */
export function measuresFor(finding: Finding, subject: Subject, plan: ResponsePlan, own: string): Intended[] {
  const { quarantine, "revoke-sessions": revocation, "deny-address": denial } = plan;
  const { function: stopped, roleName, address } = subject;
  const intended: Intended[] = [];
  if (stopped !== undefined && isConcerned(finding, quarantine)) {
    // The finding's account and region decide which function of that name it is.
    if (quarantine.targets.some((pattern) => matches(pattern, stopped.arn))) {
      intended.push(unlessProtected("quarantine", stopped.name, [...quarantine.protected, own]));
    }
  }
  if (roleName !== undefined && isConcerned(finding, revocation)) {
    if (revocation.targets.some((pattern) => matches(nameOfRole(pattern) ?? pattern, roleName))) {
      intended.push(unlessProtected("revoke-sessions", roleName, revocation.protected));
    }
  }
  if (address !== undefined && isConcerned(finding, denial)) {
    const found = deniable(address, denial.allowed);
    intended.push(
      "range" in found
        ? { measure: "deny-address", target: found.range }
        : { measure: "deny-address", target: address, declined: found.reason },
    );
  }
  return intended;
}

function unlessProtected(measure: MeasureName, target: string, names: readonly string[]): Intended {
  return names.includes(target) ? { measure, target, declined: "the plan protects it" } : { measure, target };
}

function isConcerned<Settings extends MeasureSettings>(
  { type, severity }: Finding,
  settings: Settings | undefined,
): settings is Settings {
  if (settings === undefined) return false;
  return severity >= settings.minimumSeverity && settings.types.some((pattern) => matches(pattern, type));
}

/** An address that we called is no client of the firewall's: only who called or signed in to us is. */
function callerOf({ remote }: Finding, action: Fields): string | undefined {
  if (remote === undefined || remote.address === "") return undefined;
  const isCaller = action.awsApiCallAction !== undefined || action.rdsLoginAttemptAction !== undefined;
  return isCaller || remote.direction === "INBOUND" ? remote.address : undefined;
}

/** `arn:aws:lambda:<region>:<account>:function:<name>`, and perhaps a version or an alias. */
function functionOf(arn: string): Subject["function"] {
  const found = /^(?:[^:]+:){6}([\w-]{1,64})(?=:|$)/.exec(arn);
  return found === null ? undefined : { arn: found[0], name: found[1] as string };
}

/** The name of a role, without its path. */
function nameOfRole(arn: string): string | undefined {
  return arn.split(":role/")[1]?.split("/").at(-1) || undefined;
}

function nameOf(key: Fields): string | undefined {
  return text(key.userName) || undefined;
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
