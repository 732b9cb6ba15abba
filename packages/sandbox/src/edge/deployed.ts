import {
  GetIPSetCommand,
  GetRegexPatternSetCommand,
  GetRuleGroupCommand,
  GetWebACLForResourceCommand,
  type LoggingConfiguration,
  type RuleGroup,
  type Scope,
  type WAFV2Client,
  type WebACL,
} from "@aws-sdk/client-wafv2";
import { readBeside } from "./beside.ts";
import type { AclReferences } from "./web-acl.ts";

/** A web ACL as it is deployed, with everything it refers to. */
export interface DeployedWebAcl {
  acl: WebACL;
  references: AclReferences;
  /** Absent: nothing is logged. */
  loggingConfiguration?: LoggingConfiguration;
}

/**
 * Reads the web ACL that protects a resource back from the emulator; undefined when none is associated.
 *
 * @param directory The sandbox's folder, for what the emulator does not keep.
 */
export async function readDeployed(
  client: WAFV2Client,
  resourceArn: string,
  directory: string,
): Promise<DeployedWebAcl | undefined> {
  const stored = await associated(client, resourceArn);
  if (!stored) return undefined;
  const { associationConfig, customResponseBodies, loggingConfiguration } = await readBeside(
    directory,
    stored.ARN as string,
  );
  const acl: WebACL = { AssociationConfig: associationConfig, CustomResponseBodies: customResponseBodies, ...stored };
  const references = { ipSets: new Map(), regexPatternSets: new Map(), ruleGroups: new Map<string, RuleGroup>() };
  await collect(acl.Rules, references, client);
  return { acl, references, loggingConfiguration };
}

async function associated(client: WAFV2Client, ResourceArn: string): Promise<WebACL | undefined> {
  try {
    return (await client.send(new GetWebACLForResourceCommand({ ResourceArn }))).WebACL;
  } catch (error) {
    // AWS answers with no web ACL where none is associated, MiniStack with this error.
    if ((error as Error).name === "WAFNonexistentItemException") return undefined;
    throw error;
  }
}

interface Collected {
  ipSets: Map<string, readonly string[]>;
  regexPatternSets: Map<string, readonly string[]>;
  ruleGroups: Map<string, RuleGroup>;
}

/** Reads what any statement below a value refers to. */
async function collect(value: unknown, into: Collected, client: WAFV2Client): Promise<void> {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return;
  for (const [key, inner] of Object.entries(value)) {
    const arn = (inner as { ARN?: string } | undefined)?.ARN;
    if (key === "IPSetReferenceStatement" && arn && !into.ipSets.has(arn)) {
      const { IPSet } = await client.send(new GetIPSetCommand(named(arn)));
      into.ipSets.set(arn, IPSet?.Addresses ?? []);
    } else if (key === "RegexPatternSetReferenceStatement" && arn && !into.regexPatternSets.has(arn)) {
      const { RegexPatternSet } = await client.send(new GetRegexPatternSetCommand(named(arn)));
      const patterns = (RegexPatternSet?.RegularExpressionList ?? []).map(({ RegexString }) => RegexString as string);
      into.regexPatternSets.set(arn, patterns);
    } else if (key === "RuleGroupReferenceStatement" && arn && !into.ruleGroups.has(arn)) {
      const { RuleGroup } = await client.send(new GetRuleGroupCommand(named(arn)));
      if (RuleGroup) into.ruleGroups.set(arn, RuleGroup);
      await collect(RuleGroup?.Rules, into, client);
    }
    await collect(inner, into, client);
  }
}

/** `arn:aws:wafv2:<region>:<account>:<regional|global>/<kind>/<name>/<id>` as the API's calls want it. */
export function named(arn: string): { Name: string; Id: string; Scope: Scope } {
  const [scope, , Name = "", Id = ""] = arn.split(":").slice(5).join(":").split("/");
  return { Name, Id, Scope: scope === "global" ? "CLOUDFRONT" : "REGIONAL" };
}
