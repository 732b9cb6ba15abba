/** Which measures a finding calls for. Nothing here does anything. */
import { type Finding, findingOf, text } from "../shared/finding.ts";
import { deniable } from "./addresses.ts";
import { MEASURES, type MeasureName, type MeasureSettings, matches, type ResponsePlan } from "./settings.ts";

/** What a finding is about, as far as a measure can be taken on it. */
export interface Subject {
  functionArn?: string;
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
      functionArn: text(lambda.functionArn) || undefined,
      roleName:
        nameOfRole(text(lambda.role)) ?? (key.userType === "AssumedRole" ? text(key.userName) : "") ?? undefined,
      address: callerOf(finding, action),
    },
  };
}

/** The measures, each with its target, that the plan has for the finding. */
export function measuresFor(finding: Finding, subject: Subject, plan: ResponsePlan, own: string): Intended[] {
  return MEASURES.flatMap((measure) => {
    const settings = plan[measure];
    if (settings === undefined || !isConcerned(finding, settings)) return [];
    if (measure === "quarantine") return onNamed(measure, nameOfFunction(subject.functionArn), settings, [own]);
    if (measure === "revoke-sessions") return onNamed(measure, subject.roleName, settings, []);
    if (subject.address === undefined) return [];
    const range = deniable(subject.address, plan["deny-address"]?.allowed ?? []);
    if ("range" in range) return [{ measure, target: range.range }];
    return [{ measure, target: subject.address, declined: range.reason }];
  });

  function onNamed(
    measure: MeasureName,
    name: string | undefined,
    settings: MeasureSettings,
    further: string[],
  ): Intended[] {
    if (name === undefined || name === "") return [];
    // The finding's account and region decide which function of that name it is.
    const isCovered = settings.targets.some((pattern) =>
      measure === "quarantine"
        ? matches(pattern, withoutQualifier(subject.functionArn ?? ""))
        : matches(nameOfRole(pattern) ?? pattern, name),
    );
    if (!isCovered) return [];
    if (![...settings.protected, ...further].includes(name)) return [{ measure, target: name }];
    return [{ measure, target: name, declined: "the plan protects it" }];
  }
}

function isConcerned({ type, severity }: Finding, settings: MeasureSettings): boolean {
  return severity >= settings.minimumSeverity && settings.types.some((pattern) => matches(pattern, type));
}

/** An address that we called is no client of the firewall's: only who called or signed in to us is. */
function callerOf({ remote }: Finding, action: Fields): string | undefined {
  if (remote === undefined || remote.address === "") return undefined;
  const isCaller = action.awsApiCallAction !== undefined || action.rdsLoginAttemptAction !== undefined;
  return isCaller || remote.direction === "INBOUND" ? remote.address : undefined;
}

function withoutQualifier(functionArn: string): string {
  return functionArn.split(":").slice(0, 7).join(":");
}

function nameOfFunction(functionArn: string | undefined): string | undefined {
  const name = functionArn?.split(":")[6];
  return name !== undefined && /^[\w-]{1,64}$/.test(name) ? name : undefined;
}

/** The name of a role, without its path. */
function nameOfRole(arn: string): string | undefined {
  const name = arn.split(":role/")[1]?.split("/").at(-1);
  return name === "" ? undefined : name;
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
