import type { AccountSecurityArgs, ResponsePlanArgs } from "@palisade/threat-detection";
import * as pulumi from "@pulumi/pulumi";
import type { SiemConfig } from "./siem.ts";

/** The configuration of the account's stack, `palisade:<key>` in `Pulumi.account.yaml`. */
export interface AccountConfig {
  /** E-mail addresses that are told of findings and alarms. AWS sends each a link to confirm first. Default: none. */
  findingEmails: string[];
  /** The id of the GuardDuty detector that the account has in this region, to adopt it. Default: none, and one is made. */
  detectorId?: string;
  /** The id of the organization whose every account is recorded. Default: none, and this account is. */
  organizationId?: string;
  /**
   * What else watches the account: the options of `AccountSecurity`, each with its price in the README of packages/threat-detection, such as
   * `{ "securityHub": {}, "configRecorder": {}, "inspector": {} }`. Default: none, and there is the free analyzer of external access.
   */
  security: Pick<AccountSecurityArgs, (typeof SWITCHES)[number]>;
  /** Regions beside the provider's own that GuardDuty and `security` watch too. Default: none. */
  regions?: string[];
  /** The account that administers them for the organization. Default: none. */
  delegatedAdministrator?: string;
  /**
   * What may be done about findings: the options of `ResponsePlan`, such as `{ "quarantine": { "functionArns": ["arn:..."] } }`, a dry run
   * unless `mode` is `act`. Default: none, and nothing is.
   */
  responses?: Omit<ResponsePlanArgs, "channel" | "notifier">;
  /**
   * What is searched, and in what: the options of `Siem`, such as `{ "allowPublicEndpoint": "why" }` or `{ "engine": "DOMAIN", "network": { ... } }`.
   * Default: none, and nothing is searched: it costs from 175 US dollars a month.
   */
  siem?: SiemConfig;
  /** Why a function may call an address of a threat list of our own, to try out that people are told. Default: none, and there is no such function. */
  simulateThreats?: string;
  /** Where the sandbox lets that function through to. Only the sandbox sets it. */
  threatSink?: string;
}

const SWITCHES = ["accessAnalyzer", "securityHub", "configRecorder", "inspector", "macie"] as const;

/** Reads the configuration of the stack that is deployed. */
export function accountConfig(): AccountConfig {
  const config = new pulumi.Config("palisade");
  return {
    findingEmails: config.getObject<string[]>("findingEmails") ?? [],
    detectorId: config.get("detectorId"),
    organizationId: config.get("organizationId"),
    security: securityConfig(config.getObject<object>("security") ?? {}),
    regions: config.getObject<string[]>("regions"),
    delegatedAdministrator: config.get("delegatedAdministrator"),
    responses: config.getObject<AccountConfig["responses"] & object>("responses"),
    siem: config.getObject<SiemConfig>("siem"),
    simulateThreats: config.get("simulateThreats"),
    threatSink: config.get("threatSink"),
  };
}

/** @throws RunError for a switch that there is not: it would be believed to be on. */
function securityConfig(given: object): AccountConfig["security"] {
  for (const name of Object.keys(given)) {
    if ((SWITCHES as readonly string[]).includes(name)) continue;
    throw new pulumi.RunError(
      `The config key "palisade:security" has the switch "${name}"; allowed: ${SWITCHES.join(", ")}. ` +
        "To fix it, correct its name, or remove it.",
    );
  }
  return given;
}
