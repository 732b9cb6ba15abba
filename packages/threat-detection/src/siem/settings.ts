import {
  invalid,
  LOG_RETENTION_DAYS,
  type LoweredFloor,
  oneOf,
  requireReason,
  validatedInput,
  wholeNumber,
} from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import { type SiemArgs, SiemEngine } from "./args.ts";
import {
  ENGINE,
  FAILED_RECORD_DAYS,
  INSTANCE_COUNT,
  INSTANCE_TYPE,
  RETENTION_DAYS,
  SIEM_LOG_RETENTION_DAYS,
  VOLUME_GIGABYTES,
} from "./defaults.ts";

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ROLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/;

/** The arguments, checked, with every default. */
export interface SiemSettings {
  engine: SiemEngine;
  lowered: LoweredFloor[];
  findings: boolean;
  retentionDays: number;
  failedRecordDays: number;
  instanceCount: number;
  instanceType: string;
  volumeGigabytes: number;
  /** Whether an outage of one zone is survived. */
  available: boolean;
  logRetentionDays: pulumi.Input<number>;
}

/** @throws PalisadeError before any child is created, when an argument is not allowed. */
export function siemSettings(name: string, args: SiemArgs): SiemSettings {
  const place = (property: string) => ({ component: "Siem", name, property });
  const engine = oneOf(place("engine"), args.engine ?? ENGINE, Object.values(SiemEngine));
  if (engine === SiemEngine.Serverless) refuseNodes(name, args);
  for (const key of Object.keys(args.logGroups ?? {})) {
    if (KEY.test(key)) continue;
    const receivedText = "a key in another form";
    throw invalid({
      ...place(`logGroups[${JSON.stringify(key)}]`),
      receivedText,
      allowed: "keys in kebab-case",
      fix: "rename it",
    });
  }
  (args.readerRoleArns ?? []).forEach((arn, index) => {
    validatedInput(arn, (value) => {
      if (ROLE_ARN.test(value)) return;
      const allowed = "the ARN of an IAM role";
      throw invalid({ ...place(`readerRoleArns[${index}]`), received: value, allowed, fix: "give the role's arn" });
    });
  });
  const available = args.allowFewNodes === undefined;
  return {
    engine,
    lowered: [...publicEndpoint(name, args), ...fewNodes(name, args)],
    findings: args.findings ?? true,
    retentionDays: wholeNumber(place("retentionDays"), args.retentionDays ?? RETENTION_DAYS, [1, 3650]),
    failedRecordDays: wholeNumber(place("failedRecordDays"), args.failedRecordDays ?? FAILED_RECORD_DAYS, [7, 3650]),
    instanceCount: instanceCount(name, args, available),
    instanceType: instanceType(name, args),
    volumeGigabytes: wholeNumber(place("volumeGigabytes"), args.volumeGigabytes ?? VOLUME_GIGABYTES, [10, 3072]),
    available,
    logRetentionDays: validatedInput(args.logRetentionDays ?? SIEM_LOG_RETENTION_DAYS, (days) => {
      oneOf(place("logRetentionDays"), days, LOG_RETENTION_DAYS);
    }),
  };
}

function refuseNodes(name: string, args: SiemArgs): void {
  for (const property of ["instanceCount", "instanceType", "volumeGigabytes"] as const) {
    if (args[property] === undefined) continue;
    const allowed = "nothing, because a collection has no nodes to choose";
    const fix = `remove ${property}, or set engine to ${SiemEngine.Domain}`;
    throw invalid({ component: "Siem", name, property, received: args[property], allowed, fix });
  }
}

function publicEndpoint(name: string, { network, allowPublicEndpoint }: SiemArgs): LoweredFloor[] {
  const place = { component: "Siem", name, property: "allowPublicEndpoint" };
  if (network === undefined) {
    if (allowPublicEndpoint === undefined) {
      const fix = "give network, or say in allowPublicEndpoint why the server may answer on the internet";
      throw invalid({ ...place, property: "network", receivedText: "nothing", allowed: "a network", fix });
    }
    return [{ floor: "siem-public-endpoint", reason: requireReason({ ...place, reason: allowPublicEndpoint }) }];
  }
  if (allowPublicEndpoint === undefined) return [];
  const allowed = "nothing, because the server answers in network alone";
  throw invalid({ ...place, received: allowPublicEndpoint, allowed, fix: "remove allowPublicEndpoint" });
}

function fewNodes(name: string, { allowFewNodes }: SiemArgs): LoweredFloor[] {
  if (allowFewNodes === undefined) return [];
  const place = { component: "Siem", name, property: "allowFewNodes" };
  return [{ floor: "siem-availability", reason: requireReason({ ...place, reason: allowFewNodes }) }];
}

function instanceCount(name: string, args: SiemArgs, available: boolean): number {
  const place = { component: "Siem", name, property: "instanceCount" };
  const count = args.instanceCount ?? (available ? INSTANCE_COUNT : 1);
  wholeNumber(place, count, [1, 80]);
  if (count % INSTANCE_COUNT === 0 || (!available && count < INSTANCE_COUNT)) return count;
  const fix = available ? "round it up, or say in allowFewNodes why one or two are enough" : "round it up";
  const allowed = available ? "a multiple of 3" : "1, 2 or a multiple of 3";
  throw invalid({ ...place, received: count, allowed, fix });
}

// t2 and m3 can neither encrypt nor tell who is who. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html
function instanceType(name: string, args: SiemArgs): string {
  const type = args.instanceType ?? INSTANCE_TYPE;
  if (/^(?!t2|m3)[a-z][a-z0-9]+\.[a-z0-9]+\.search$/.test(type)) return type;
  const allowed = "a type of OpenSearch's that encrypts, such as m7g.medium.search";
  throw invalid({
    component: "Siem",
    name,
    property: "instanceType",
    received: type,
    allowed,
    fix: "choose another type",
  });
}
