import type { Ledger, Taken } from "../../src/finding-response/ledger.ts";
import type { MeasureName, ResponsePlan } from "../../src/finding-response/settings.ts";
import type { Finding } from "../../src/shared/finding.ts";
import { findingEvent } from "../finding-notifier/events.ts";

export const NOW = Date.UTC(2026, 10, 24, 10, 30) / 1000;
export const AT = new Date(NOW * 1000).toISOString();

const FUNCTIONS = "arn:aws:lambda:eu-west-1:123456789012:function:prod-*";

export const PLAN: ResponsePlan = {
  mode: "act",
  measuresPerHour: 10,
  quarantine: { types: ["*:Lambda/*"], minimumSeverity: 7, targets: [FUNCTIONS], protected: ["prod-authorizer"] },
  "revoke-sessions": {
    types: ["*:Lambda/*", "*:IAMUser/*"],
    minimumSeverity: 5,
    targets: ["arn:aws:iam::123456789012:role/functions/prod-orders", "arn:aws:iam::123456789012:role/deploy*"],
    protected: [],
  },
  "deny-address": {
    types: ["*:IAMUser/*", "*:RDS/*"],
    minimumSeverity: 5,
    targets: [],
    protected: [],
    ipv4SetArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/ipset/denied/11111111",
    ipv6SetArn: "arn:aws:wafv2:us-east-1:123456789012:global/ipset/denied6/22222222",
    hours: 24,
    maximumAddresses: 3,
    allowed: ["45.155.204.0/24"],
  },
};

/** An API call from an address that is public: the examples of the documentation are of reserved ranges. */
export function callFrom(address: string, type = "Recon:IAMUser/MaliciousIPCaller", detail = {}) {
  const event = findingEvent(type, detail);
  const { action } = event.detail.service as unknown as {
    action: { awsApiCallAction: { remoteIpDetails: Record<string, unknown> } };
  };
  const remoteIpDetails = address.includes(":") ? { ipAddressV6: address } : { ipAddressV4: address };
  return {
    ...event,
    detail: {
      ...event.detail,
      service: {
        ...event.detail.service,
        action: { ...action, awsApiCallAction: { ...action.awsApiCallAction, remoteIpDetails } },
      },
    },
  };
}

/** A ledger in memory. packages/sandbox runs the real one on a real table. */
export function memoryLedger() {
  const claims = new Map<string, "busy" | "done">();
  const rows = new Map<string, Taken & { inForce: boolean }>();
  let counted = 0;
  const claimKey = ({ id }: Finding, measure: MeasureName, mode: string) => `${id} ${measure} ${mode}`;
  const ledger: Ledger = {
    async claim(finding, measure, mode) {
      const key = claimKey(finding, measure, mode);
      const is = claims.get(key);
      if (is !== undefined) return { is };
      claims.set(key, "busy");
      return { is: "taken", token: "token" };
    },
    async settle(finding, measure, mode) {
      claims.set(claimKey(finding, measure, mode), "done");
    },
    async abandon(finding, measure, mode) {
      claims.delete(claimKey(finding, measure, mode));
    },
    count: async () => ++counted,
    async inForce(measure, target) {
      const row = rows.get(`${measure} ${target}`);
      return row?.inForce === true ? row : undefined;
    },
    async begin(taken) {
      const key = `${taken.measure} ${taken.target}`;
      const before = rows.get(key);
      rows.set(key, { ...taken, earlier: before?.inForce === true ? before.earlier : taken.earlier, inForce: true });
    },
    async end(measure, target) {
      const row = rows.get(`${measure} ${target}`);
      if (row !== undefined) row.inForce = false;
    },
    all: async () => [...rows.values()].filter(({ inForce }) => inForce),
  };
  return { ledger, claims, rows, counted: () => counted };
}
