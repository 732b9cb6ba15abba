import { isIPv4, isIPv6 } from "node:net";
import { type LoweredFloor, validatedInput } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { type AddressRuleArgs, RuleAction } from "./args.ts";
import type { Checks } from "./checks.ts";
import { trustedHeader } from "./forwarded.ts";
import type { AddressSet, RuleDraft } from "./rule.ts";
import { anyOf, not, type Statement } from "./statements.ts";

/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const MAXIMUM_ADDRESSES = 10_000;

/** The rules by address, and the IP sets that they need. */
export function addressDrafts(
  check: Checks,
  rules: Record<string, AddressRuleArgs> | undefined,
  sets: AddressSet[],
  lowered: LoweredFloor[],
): RuleDraft[] {
  return check.record("addressRules", rules).map(([key, args]) => {
    const property = `addressRules.${key}`;
    check.plain(property, args);
    const action = check.choice(`${property}.action`, args.action ?? RuleAction.Block, Object.values(RuleAction));
    const header = trustedHeader(check, `${property}.forwardedAddress`, args.forwardedAddress, `address-${key}`);
    if (header !== undefined) lowered.push(header.lowered);
    const own = setsOf(check, property, `address-${key}`, args);
    sets.push(...own);
    // The first address of the header is the client's, as the trusted proxy wrote it.
    const forwarded = header === undefined ? {} : { ipSetForwardedIpConfig: { ...header.config, position: "FIRST" } };
    return {
      key: `address-${key}`,
      phase: action === RuleAction.Allow ? "allow" : "address",
      action,
      answer: "forbidden",
      statement: (arns) => {
        const listed: Statement = anyOf(
          own.map((set) => ({ ipSetReferenceStatement: { arn: arns(set.key), ...forwarded } })),
        );
        return args.othersOnly === true ? not(listed) : listed;
      },
    };
  });
}

function setsOf(check: Checks, property: string, key: string, args: AddressRuleArgs): AddressSet[] {
  const versions = [
    ["IPV4", "ipv4Addresses", args.ipv4Addresses],
    ["IPV6", "ipv6Addresses", args.ipv6Addresses],
  ] as const;
  const sets = versions.flatMap(([version, option, given]): AddressSet[] => {
    if (given === undefined) return [];
    const addresses = check.list(`${property}.${option}`, given, [1, MAXIMUM_ADDRESSES]).map((address, index) => {
      const at = `${property}.${option}[${index}]`;
      const checked = validatedInput<string>(address, (text) => checkAddress(check, at, text, version));
      return typeof checked === "string" ? withLength(checked, version) : lengthened(checked, version);
    });
    return [{ key: `${key}-${version.toLowerCase()}`, version, addresses }];
  });
  if (sets.length > 0) return sets;
  return check.fail({
    property,
    receivedText: "without addresses",
    allowed: "ipv4Addresses, ipv6Addresses or both",
    fix: "name at least one address, or remove the rule",
  });
}

function lengthened(address: pulumi.Input<string>, version: AddressSet["version"]): pulumi.Output<string> {
  return pulumi.output(address).apply((text) => withLength(text, version));
}

/** An IP set takes ranges only: one address is a range of one. */
function withLength(address: string, version: AddressSet["version"]): string {
  return address.includes("/") ? address : `${address}/${version === "IPV4" ? 32 : 128}`;
}

function checkAddress(check: Checks, property: string, text: string, version: AddressSet["version"]): void {
  const [address = "", length, ...rest] = text.split("/");
  const bits = version === "IPV4" ? 32 : 128;
  const isAddress =
    version === "IPV4" ? isIPv4(address) : isIPv6(address) && !address.includes(".") && !address.includes("%");
  // AWS WAF takes every length but 0, which would be everybody.
  const isLength = length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits);
  if (isAddress && isLength && rest.length === 0) return;
  check.fail({
    property,
    received: text,
    allowed:
      version === "IPV4"
        ? "an IPv4 address or range, /1 to /32, for example 192.0.2.0/24"
        : "an IPv6 address or range, /1 to /128, without a zone or an IPv4 part, for example 2001:db8::/32",
    fix: "correct the address, or move it to the list of its own version",
  });
}
