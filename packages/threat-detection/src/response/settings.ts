import { isIP } from "node:net";
import {
  invalid,
  type LoweredFloor,
  oneOf,
  type PropertyPlace,
  requireReason,
  validatedInput,
  wholeNumber,
} from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { ResponseMode, type ResponsePlanArgs } from "./args.ts";
import {
  DENY_HOURS,
  DENY_TYPES,
  DENYING_SEVERITY,
  MAXIMUM_ADDRESSES,
  MEASURES_PER_HOUR,
  QUARANTINE_TYPES,
  REVOKE_TYPES,
  STOPPING_SEVERITY,
} from "./defaults.ts";

const COMPONENT = "ResponsePlan";
const TYPE_PATTERN = /^[A-Za-z*]+:[A-Za-z0-9*]+\/[A-Za-z0-9&.!_*-]+$/;
const FUNCTION_ARN = /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[\w*-]{1,64}(:[\w$-]+)?$/;
const ROLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@*/-]{1,576}$/;
const SET_ARN = /^arn:[a-z-]+:wafv2:[a-z0-9-]+:\d{12}:(regional|global)\/ipset\/[\w-]+\/[\w-]+$/;

/** The arguments, checked, with every default. What is undefined is never done. */
export interface PlanSettings {
  mode: ResponseMode;
  measuresPerHour: number;
  quarantine?: Measure;
  revokeSessions?: Measure & { permissionsBoundaryArn?: pulumi.Input<string> };
  denyAddresses?: Omit<Measure, "targets"> & {
    ipv4SetArn?: pulumi.Input<string>;
    ipv6SetArn?: pulumi.Input<string>;
    hours: number;
    maximumAddresses: number;
    allowed: string[];
  };
  /** Floors that were lowered on the table. */
  lowered: LoweredFloor[];
}

interface Measure {
  types: string[];
  minimumSeverity: number;
  /** ARNs, without a function's qualifier. */
  targets: pulumi.Input<string>[];
  /** Names. */
  protected: pulumi.Input<string>[];
  wildcardReason?: string;
}

/** @throws PalisadeError before any child is created, when an argument is not allowed. */
export function planSettings(name: string, args: ResponsePlanArgs): PlanSettings {
  const place = (property: string): PropertyPlace => ({ component: COMPONENT, name, property });
  const { quarantine, revokeSessions, denyAddresses } = args;
  if (quarantine === undefined && revokeSessions === undefined && denyAddresses === undefined) {
    throw invalid({
      ...place("quarantine"),
      receivedText: "no measure",
      allowed: "quarantine, revokeSessions, denyAddresses, or several of them",
      fix: "say what may be done about findings, or make no plan",
    });
  }
  return {
    mode: oneOf(place("mode"), args.mode ?? ResponseMode.DryRun, Object.values(ResponseMode)),
    measuresPerHour: wholeNumber(place("measuresPerHour"), args.measuresPerHour ?? MEASURES_PER_HOUR, [1, 1000]),
    quarantine: quarantine && {
      ...conditions(place, "quarantine", quarantine, QUARANTINE_TYPES, STOPPING_SEVERITY),
      targets: targets(
        place,
        "quarantine.functionArns",
        quarantine.functionArns,
        FUNCTION_ARN,
        quarantine.wildcardReason,
      ),
      // The notifier's name may be another function's tomorrow, and is the one of today when the plan is read.
      protected: [args.notifier.functionName, ...(quarantine.protectedFunctions ?? [])],
      wildcardReason: quarantine.wildcardReason,
    },
    revokeSessions: revokeSessions && {
      ...conditions(place, "revokeSessions", revokeSessions, REVOKE_TYPES, STOPPING_SEVERITY),
      targets: targets(
        place,
        "revokeSessions.roleArns",
        revokeSessions.roleArns,
        ROLE_ARN,
        revokeSessions.wildcardReason,
      ),
      protected: revokeSessions.protectedRoles ?? [],
      permissionsBoundaryArn: revokeSessions.permissionsBoundaryArn,
      wildcardReason: revokeSessions.wildcardReason,
    },
    denyAddresses: denyAddresses && {
      ...conditions(place, "denyAddresses", denyAddresses, DENY_TYPES, DENYING_SEVERITY),
      ...sets(place, denyAddresses),
      protected: [],
      hours: wholeNumber(place("denyAddresses.hours"), denyAddresses.hours ?? DENY_HOURS, [1, 720]),
      maximumAddresses: wholeNumber(
        place("denyAddresses.maximumAddresses"),
        denyAddresses.maximumAddresses ?? MAXIMUM_ADDRESSES,
        [1, 10_000],
      ),
      allowed: allowed(place, denyAddresses.allowedAddresses ?? []),
    },
    lowered:
      args.allowDeletion === undefined
        ? []
        : [
            {
              floor: "response-table-deletion-protection",
              reason: requireReason({ ...place("allowDeletion"), reason: args.allowDeletion }),
            },
          ],
  };
}

type Place = (property: string) => PropertyPlace;

function conditions(
  place: Place,
  measure: string,
  given: { types?: string[]; minimumSeverity?: number },
  types: string[],
  severity: number,
): { types: string[]; minimumSeverity: number } {
  const minimumSeverity = given.minimumSeverity ?? severity;
  if (!(typeof minimumSeverity === "number" && minimumSeverity >= 1 && minimumSeverity <= 10)) {
    throw invalid({
      ...place(`${measure}.minimumSeverity`),
      received: minimumSeverity,
      allowed: "a number from 1 to 10",
      fix: "set it to 4 for medium, 7 for high or 9 for critical findings",
    });
  }
  const chosen = given.types ?? types;
  chosen.forEach((type, index) => {
    if (TYPE_PATTERN.test(type)) return;
    throw invalid({
      ...place(`${measure}.types[${index}]`),
      received: type,
      allowed: 'a finding type, in which * stands for any characters, such as "Trojan:Lambda/*"',
      fix: "write it with its purpose, its resource and its name",
    });
  });
  if (chosen.length > 0) return { types: chosen, minimumSeverity };
  throw invalid({
    ...place(`${measure}.types`),
    received: chosen,
    allowed: "at least one type",
    fix: `remove it for the default types, or remove ${measure}`,
  });
}

function targets(
  place: Place,
  property: string,
  arns: pulumi.Input<string>[],
  form: RegExp,
  wildcardReason: string | undefined,
): pulumi.Input<string>[] {
  const measure = property.split(".")[0] as string;
  if (!Array.isArray(arns) || arns.length === 0) {
    throw invalid({
      ...place(property),
      received: arns,
      allowed: "at least one ARN",
      fix: `name what it may be done to, or remove ${measure}`,
    });
  }
  if (wildcardReason !== undefined) {
    requireReason({ ...place(`${measure}.wildcardReason`), reason: wildcardReason });
  }
  return arns.map((arn, index) => {
    const checked = validatedInput(arn, (text) => {
      const at = place(`${property}[${index}]`);
      if (!form.test(text)) {
        const allowed = `an ARN of the form ${form.source}`;
        throw invalid({ ...at, received: text, allowed, fix: "give the resource's own ARN" });
      }
      if (text.includes("*") && wildcardReason === undefined) {
        throw invalid({
          ...at,
          received: text,
          allowed: "an ARN without *, unless there is a wildcardReason",
          fix: `name each one, or say in ${measure}.wildcardReason why it cannot be done`,
        });
      }
    });
    // IAM and GuardDuty name the function itself, not its alias.
    return pulumi.output(checked).apply((text) => text.split(":").slice(0, 7).join(":"));
  });
}

function sets(
  place: Place,
  { ipv4SetArn, ipv6SetArn }: NonNullable<ResponsePlanArgs["denyAddresses"]>,
): { ipv4SetArn?: pulumi.Input<string>; ipv6SetArn?: pulumi.Input<string> } {
  if (ipv4SetArn === undefined && ipv6SetArn === undefined) {
    throw invalid({
      ...place("denyAddresses.ipv4SetArn"),
      receivedText: "no set",
      allowed: "ipv4SetArn, ipv6SetArn or both",
      fix: "give the ARN of the IP set that the firewall refuses",
    });
  }
  const checked = (property: string, arn: pulumi.Input<string> | undefined) =>
    validatedInput(arn, (text) => {
      if (SET_ARN.test(text)) return;
      const fix = "give the arn of an aws.wafv2.IpSet";
      throw invalid({ ...place(`denyAddresses.${property}`), received: text, allowed: "the ARN of an IP set", fix });
    });
  return { ipv4SetArn: checked("ipv4SetArn", ipv4SetArn), ipv6SetArn: checked("ipv6SetArn", ipv6SetArn) };
}

function allowed(place: Place, ranges: string[]): string[] {
  ranges.forEach((range, index) => {
    const [base = "", length, ...rest] = range.split("/");
    const bits = isIP(base) === 4 ? 32 : 128;
    const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
    if (isIP(base) !== 0 && isLength && rest.length === 0) return;
    throw invalid({
      ...place(`denyAddresses.allowedAddresses[${index}]`),
      received: range,
      allowed: "an address or a range, such as 192.0.2.0/24",
      fix: "correct it",
    });
  });
  return ranges;
}
