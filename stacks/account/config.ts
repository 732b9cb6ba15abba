import * as pulumi from "@pulumi/pulumi";

/** The configuration of the account's stack, `palisade:<key>` in `Pulumi.account.yaml`. */
export interface AccountConfig {
  /** E-mail addresses that are told of findings and alarms. AWS sends each a link to confirm first. Default: none. */
  findingEmails: string[];
  /** The id of the GuardDuty detector that the account has in this region, to adopt it. Default: none, and one is made. */
  detectorId?: string;
  /** The id of the organization whose every account is recorded. Default: none, and this account is. */
  organizationId?: string;
  /** Why a function may call an address of a threat list of our own, to try out that people are told. Default: none, and there is no such function. */
  simulateThreats?: string;
  /** Where the sandbox lets that function through to. Only the sandbox sets it. */
  threatSink?: string;
}

/** Reads the configuration of the stack that is deployed. */
export function accountConfig(): AccountConfig {
  const config = new pulumi.Config("palisade");
  return {
    findingEmails: config.getObject<string[]>("findingEmails") ?? [],
    detectorId: config.get("detectorId"),
    organizationId: config.get("organizationId"),
    simulateThreats: config.get("simulateThreats"),
    threatSink: config.get("threatSink"),
  };
}
