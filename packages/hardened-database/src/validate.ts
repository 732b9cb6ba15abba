import {
  type InvalidProperty,
  invalid,
  isPlainObject,
  LOG_RETENTION_DAYS,
  type LoweredFloor,
  requireReason,
} from "@palisade/core";
import type { HardenedDatabaseArgs, IdempotencyTableArgs } from "./args.ts";
import { CIDR_BLOCK, EGRESS_CIDR_BLOCK } from "./defaults.ts";

/** Names that RDS reserves for Aurora MySQL, and those that attackers try first (Security Hub RDS.24). */
const REFUSED_USERNAMES = ["admin", "administrator", "awsuser", "mysql", "postgres", "rdsadmin", "root", "sa", "user"];
const AUDIT_EVENTS = ["CONNECT", "QUERY", "QUERY_DCL", "QUERY_DDL", "QUERY_DML", "TABLE"];
const MONITORING_INTERVALS = [1, 5, 10, 15, 30, 60];
type Check = Omit<InvalidProperty, "component" | "name"> & { ok: boolean };

/** The checks, in the order of the properties of `HardenedDatabaseArgs`; a property that is not given has its default. */
function checks(args: HardenedDatabaseArgs): Check[] {
  return [
    ...identityChecks(args),
    ...capacityChecks(args),
    ...recordChecks(args),
    ...networkChecks(args),
    ...egressChecks(args),
  ];
}

function identityChecks({ databaseName, masterUsername, port }: HardenedDatabaseArgs): Check[] {
  return [
    {
      property: "databaseName",
      received: databaseName,
      ok: /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(databaseName),
      allowed: "a letter, then letters, digits and underscores, at most 64 characters",
      fix: 'name it as in "shop"',
    },
    {
      property: "masterUsername",
      received: masterUsername,
      ok:
        masterUsername === undefined ||
        (/^[A-Za-z][A-Za-z0-9_]{0,15}$/.test(masterUsername) &&
          !REFUSED_USERNAMES.includes(masterUsername.toLowerCase())),
      allowed: `a letter, then letters, digits and underscores, at most 16 characters, and none of ${REFUSED_USERNAMES.join(", ")}`,
      fix: "choose a name that nobody guesses, or leave it out",
    },
    {
      property: "port",
      received: port,
      ok: port === undefined || (isWhole(port, 1150, 65535) && port !== 3306),
      allowed: "a whole number from 1150 to 65535 but 3306, which every scanner tries (Security Hub RDS.23)",
      fix: "choose another port, or leave it out",
    },
  ];
}

function capacityChecks(args: HardenedDatabaseArgs): Check[] {
  const { minCapacity, maxCapacity, secondsUntilAutoPause, instances } = args;
  return [
    {
      property: "minCapacity",
      received: minCapacity,
      ok: minCapacity === undefined || isHalfStep(minCapacity, 0),
      allowed: "0 to 256 Aurora capacity units in steps of 0.5",
      fix: "set minCapacity to 0, 0.5, 1 and so on",
    },
    {
      property: "maxCapacity",
      received: maxCapacity,
      ok: maxCapacity === undefined || (isHalfStep(maxCapacity, 1) && maxCapacity >= (minCapacity ?? 0)),
      allowed: "1 to 256 Aurora capacity units in steps of 0.5, not less than minCapacity",
      fix: "raise maxCapacity or lower minCapacity",
    },
    {
      property: "secondsUntilAutoPause",
      received: secondsUntilAutoPause,
      ok: secondsUntilAutoPause === undefined || (minCapacity === 0 && isWhole(secondsUntilAutoPause, 300, 86_400)),
      allowed: "a whole number from 300 to 86400, only with minCapacity 0",
      fix: "set minCapacity to 0, or leave secondsUntilAutoPause out",
    },
    {
      property: "instances",
      received: instances,
      ok: instances === undefined || isWhole(instances, args.allowSingleInstance === undefined ? 2 : 1, 16),
      allowed: "a whole number from 2 to 16, or 1 with a reason in allowSingleInstance",
      fix: "set instances to 2, or say in allowSingleInstance why one is enough",
    },
  ];
}

function recordChecks(args: HardenedDatabaseArgs): Check[] {
  const { backupRetentionDays, auditEvents, monitoringIntervalSeconds, logRetentionDays } = args;
  return [
    {
      property: "backupRetentionDays",
      received: backupRetentionDays,
      ok: backupRetentionDays === undefined || isWhole(backupRetentionDays, 7, 35),
      allowed: "a whole number from 7 (Security Hub RDS.11) to 35",
      fix: "set backupRetentionDays to 7 or more",
    },
    {
      property: "auditEvents",
      received: auditEvents,
      ok:
        auditEvents === undefined ||
        (auditEvents.includes("CONNECT") && auditEvents.every((event) => AUDIT_EVENTS.includes(event))),
      allowed: `CONNECT and any of ${AUDIT_EVENTS.slice(1).join(", ")}`,
      fix: "name CONNECT and the events that you need, or leave it out",
    },
    {
      property: "monitoringIntervalSeconds",
      received: monitoringIntervalSeconds,
      ok: monitoringIntervalSeconds === undefined || MONITORING_INTERVALS.includes(monitoringIntervalSeconds),
      allowed: `one of ${MONITORING_INTERVALS.join(", ")} (Security Hub RDS.6 wants Enhanced Monitoring on)`,
      fix: "set monitoringIntervalSeconds to 60",
    },
    {
      property: "logRetentionDays",
      received: logRetentionDays,
      ok: logRetentionDays === undefined || LOG_RETENTION_DAYS.includes(logRetentionDays),
      allowed: `one of ${LOG_RETENTION_DAYS.join(", ")}`,
      fix: "choose the next greater of these",
    },
  ];
}

function networkChecks(args: HardenedDatabaseArgs): Check[] {
  const { cidrBlock, availabilityZones, existingNetwork, endpoints } = args;
  const zones = existingNetwork?.subnetIds.length ?? availabilityZones ?? 2;
  const both = (["cidrBlock", "availabilityZones", "flowLogs"] as const).filter((key) => args[key] !== undefined);
  return [
    {
      property: "cidrBlock",
      received: cidrBlock,
      ok: cidrBlock === undefined || isRange(cidrBlock),
      allowed: "an IPv4 range of a /16 to a /24, as RFC 4632 writes it",
      fix: 'write it as in "10.64.0.0/20"',
    },
    {
      property: "availabilityZones",
      received: availabilityZones,
      ok: availabilityZones === undefined || isWhole(availabilityZones, 2, 6),
      allowed: "a whole number from 2, the least that RDS accepts, to 6",
      fix: "set availabilityZones to 2",
    },
    {
      property: "existingNetwork",
      receivedText: `given together with ${both.join(" and ")}`,
      ok: existingNetwork === undefined || both.length === 0,
      allowed: "either existingNetwork, or cidrBlock, availabilityZones and flowLogs of a new one",
      fix: `leave out existingNetwork or ${both.join(" and ")}`,
    },
    {
      property: "existingNetwork.subnetIds",
      received: existingNetwork?.subnetIds.length,
      ok: existingNetwork === undefined || existingNetwork.subnetIds.length >= 2,
      allowed: "at least 2 subnets, in different availability zones",
      fix: "name a subnet of another availability zone",
    },
    {
      property: "existingNetwork.routeTableIds",
      received: existingNetwork?.routeTableIds,
      ok:
        existingNetwork === undefined ||
        endpoints?.dynamodb === false ||
        (existingNetwork.routeTableIds ?? []).length > 0,
      allowed: "the ids of the subnets' route tables, which the DynamoDB endpoint is added to",
      fix: "name the route tables, or set endpoints.dynamodb to false",
    },
    {
      property: "endpoints.availabilityZones",
      received: endpoints?.availabilityZones,
      ok: endpoints?.availabilityZones === undefined || isWhole(endpoints.availabilityZones, 1, zones),
      allowed: `a whole number from 1 to ${zones}, the number of subnets`,
      fix: "set endpoints.availabilityZones to 1",
    },
  ];
}

/** A name of at least two labels (RFC 1123), or one of them with a dot before it for all below. */
const DOMAIN = /^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

function egressChecks({ cidrBlock = CIDR_BLOCK, egressFirewall, existingNetwork }: HardenedDatabaseArgs): Check[] {
  if (egressFirewall === undefined) return [];
  if (!isPlainObject(egressFirewall)) {
    return [
      {
        property: "egressFirewall",
        received: egressFirewall,
        ok: false,
        allowed: "a literal object",
        fix: "pass a literal: what it says decides what exists",
      },
    ];
  }
  const { allowedDomains, confirmPriceOf290DollarsAMonthForEachZone: confirmed, cidrBlock: range } = egressFirewall;
  const wrong = Array.isArray(allowedDomains) ? allowedDomains.find((domain) => !isDomain(domain)) : undefined;
  return [
    {
      property: "egressFirewall",
      receivedText: "given together with existingNetwork",
      ok: existingNetwork === undefined,
      allowed: "only with a new network, whose routes are made here",
      fix: "remove egressFirewall, and give the existing network a way out where it is made",
    },
    {
      property: "egressFirewall.allowedDomains",
      ...(Array.isArray(allowedDomains) && wrong === undefined
        ? { receivedText: `a list of ${allowedDomains.length}` }
        : { received: wrong ?? allowedDomains }),
      ok: Array.isArray(allowedDomains) && isWhole(allowedDomains.length, 1, 100) && wrong === undefined,
      allowed: "1 to 100 domains in lower case, as api.partner.example, or .partner.example for all below it",
      fix: "name each domain without a protocol, a port, a path or a star",
    },
    {
      property: "egressFirewall.confirmPriceOf290DollarsAMonthForEachZone",
      received: confirmed,
      ok: typeof confirmed === "string" && confirmed.trim().length >= 10,
      allowed: "a written reason of at least 10 characters",
      fix: "say why its price is worth it, or remove egressFirewall: nothing leaves the network without it",
    },
    {
      property: "egressFirewall.cidrBlock",
      received: range,
      ok: range === undefined || (isRange(range) && range.endsWith("/22") && startOf(range) % 1024 === 0),
      allowed: "an IPv4 range of a /22 that begins where one can begin, as 10.64.16.0/22",
      fix: 'write it as in "10.64.16.0/22"',
    },
    {
      property: "egressFirewall.cidrBlock",
      received: range ?? EGRESS_CIDR_BLOCK,
      ok: !overlap(range ?? EGRESS_CIDR_BLOCK, cidrBlock),
      allowed: `a range that does not overlap with the VPC's, ${cidrBlock}`,
      fix: "choose another /22 of private addresses",
    },
  ];
}

function isDomain(text: unknown): boolean {
  return typeof text === "string" && text.length <= 254 && DOMAIN.test(text);
}

/** The first address of a range, as a number. */
function startOf(range: string): number {
  const [address = ""] = range.split("/");
  return address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function overlap(one: string, other: string): boolean {
  const end = (range: string) => startOf(range) + 2 ** (32 - Number(range.split("/")[1]));
  return startOf(one) < end(other) && startOf(other) < end(one);
}

/**
 * Checks the arguments before any resource is created.
 *
 * @throws PalisadeError for the first property whose value is not allowed.
 */
export function validateDatabase(name: string, args: HardenedDatabaseArgs): void {
  const failed = checks(args).find(({ ok }) => !ok);
  if (failed === undefined) return;
  const { ok: _, ...details } = failed;
  throw invalid({ component: "HardenedDatabase", name, ...details });
}

/**
 * The floors that the arguments lower, each with its reason.
 *
 * @throws PalisadeError when a reason is too short to be one.
 */
export function databaseFloors(name: string, args: HardenedDatabaseArgs): LoweredFloor[] {
  return [
    ...lowered("HardenedDatabase", name, "allowDeletion", args.allowDeletion, "deletion-protection"),
    ...lowered("HardenedDatabase", name, "allowSingleInstance", args.allowSingleInstance, "multiple-instances"),
    ...lowered(
      "HardenedDatabase",
      name,
      "egressFirewall.allowPlainHttp",
      args.egressFirewall?.allowPlainHttp,
      "egress-plain-http",
    ),
  ];
}

/**
 * Checks the arguments of a table.
 *
 * @throws PalisadeError when `recoveryDays` is not allowed.
 */
export function validateTable(name: string, { recoveryDays }: IdempotencyTableArgs): void {
  if (recoveryDays === undefined || isWhole(recoveryDays, 1, 35)) return;
  throw invalid({
    component: "IdempotencyTable",
    name,
    property: "recoveryDays",
    received: recoveryDays,
    allowed: "a whole number from 1 to 35",
    fix: "set recoveryDays to 35, or leave it out",
  });
}

/** The floor that a table's arguments lower, with its reason. */
export function tableFloors(name: string, args: IdempotencyTableArgs): LoweredFloor[] {
  return lowered("IdempotencyTable", name, "allowDeletion", args.allowDeletion, "deletion-protection");
}

function lowered(
  component: string,
  name: string,
  property: string,
  reason: string | undefined,
  floor: string,
): LoweredFloor[] {
  return reason === undefined ? [] : [{ floor, reason: requireReason({ component, name, property, reason }) }];
}

function isWhole(value: number, least: number, greatest: number): boolean {
  return Number.isInteger(value) && value >= least && value <= greatest;
}

function isHalfStep(value: number, least: number): boolean {
  return Number.isInteger(value * 2) && value >= least && value <= 256;
}

function isRange(text: string): boolean {
  const [, address = "", prefix] = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(text) ?? [];
  return isWhole(Number(prefix), 16, 24) && address.split(".").every((byte) => Number(byte) <= 255);
}
