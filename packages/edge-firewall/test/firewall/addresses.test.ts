import { resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { firewallSettings } from "../../src/firewall/settings.ts";
import { type AddressRuleArgs, RuleAction } from "../../src/index.ts";
import { REASON, ruleOf, rulesOf, sentenceOf } from "../fixtures.ts";

const settings = (args: AddressRuleArgs) => firewallSettings("edge", { addressRules: { list: args } });
const rule = (args: AddressRuleArgs) => ruleOf({ addressRules: { list: args } }, "address-list");
const fault = (args: AddressRuleArgs) => sentenceOf({ addressRules: { list: args } });
const V4 = "an IPv4 address or range, /1 to /32, for example 192.0.2.0/24";
const V6 = "an IPv6 address or range, /1 to /128, without a zone or an IPv4 part, for example 2001:db8::/32";

describe("a rule by address", () => {
  test("has an IP set for each version, and blocks", () => {
    const args = { ipv4Addresses: ["192.0.2.1", "198.51.100.0/24"], ipv6Addresses: ["2001:db8::1", "2001:db8::/32"] };
    expect(settings(args).addressSets).toEqual([
      { key: "address-list-ipv4", version: "IPV4", addresses: ["192.0.2.1/32", "198.51.100.0/24"] },
      { key: "address-list-ipv6", version: "IPV6", addresses: ["2001:db8::1/128", "2001:db8::/32"] },
    ]);
    expect(rule(args)).toMatchObject({
      statement: {
        orStatement: {
          statements: [
            { ipSetReferenceStatement: { arn: "arn:address-list-ipv4" } },
            { ipSetReferenceStatement: { arn: "arn:address-list-ipv6" } },
          ],
        },
      },
      action: { block: { customResponse: { responseCode: 403 } } },
    });
  });

  test("may be about everybody else", () => {
    expect(rule({ ipv4Addresses: ["192.0.2.1"], othersOnly: true }).statement).toEqual({
      notStatement: { statement: { ipSetReferenceStatement: { arn: "arn:address-list-ipv4" } } },
    });
  });

  test("that allows comes after every one that blocks and after the sizes, before everything else", () => {
    const names = rulesOf({
      addressRules: {
        ours: { ipv4Addresses: ["192.0.2.1"], action: RuleAction.Allow },
        theirs: { ipv4Addresses: ["192.0.2.0/24"] },
      },
    }).map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(["address-theirs", "size-limits", "address-ours", "rate-per-address"]);
    expect(rule({ ipv4Addresses: ["192.0.2.1"], action: RuleAction.Allow }).action).toEqual({ allow: {} });
  });

  test("reads the first address of a header that is trusted for a reason", () => {
    const args = { ipv4Addresses: ["192.0.2.1"], forwardedAddress: { trustReason: REASON } };
    expect(rule(args).statement.ipSetReferenceStatement?.ipSetForwardedIpConfig).toEqual({
      headerName: "X-Forwarded-For",
      fallbackBehavior: "MATCH",
      position: "FIRST",
    });
    expect(settings(args).lowered).toEqual([{ floor: "firewall-forwarded-address-list", reason: REASON }]);
  });

  test("checks an address that is known later before a set gets it", async () => {
    const [set] = settings({ ipv4Addresses: [pulumi.output("192.0.2.7")] }).addressSets;
    expect(await resolved(pulumi.output(set?.addresses ?? []))).toEqual(["192.0.2.7/32"]);
  });

  test.each([
    ["192.0.2.256", V4],
    ["192.0.2.0/0", V4],
    ["192.0.2.0/33", V4],
    ["192.0.2.0/024", V4],
    ["192.0.2.0/24/8", V4],
    ["010.0.0.1", V4],
    ["2001:db8::1", V4],
    ["", V4],
  ])("has no IPv4 address %j", (address, allowed) => {
    expect(fault({ ipv4Addresses: [address] })).toBe(
      `EdgeFirewall "edge": addressRules.list.ipv4Addresses[0] is ${JSON.stringify(address)}; allowed: ${allowed}; to fix it, ` +
        "correct the address, or move it to the list of its own version",
    );
  });

  test.each(["192.0.2.1", "::ffff:192.0.2.1", "fe80::1%eth0", "2001:db8::/0", "2001:db8::/129", "::/0"])(
    "has no IPv6 address %j",
    (address) => {
      expect(fault({ ipv6Addresses: [address] })).toBe(
        `EdgeFirewall "edge": addressRules.list.ipv6Addresses[0] is "${address}"; allowed: ${V6}; to fix it, correct the address, ` +
          "or move it to the list of its own version",
      );
    },
  );

  test("has addresses", () => {
    expect(fault({})).toBe(
      'EdgeFirewall "edge": addressRules.list is without addresses; allowed: ipv4Addresses, ipv6Addresses or both; to fix it, name ' +
        "at least one address, or remove the rule",
    );
    expect(fault({ ipv4Addresses: [] })).toBe(
      'EdgeFirewall "edge": addressRules.list.ipv4Addresses is a list of 0; allowed: a literal list of 1 to 10000; to fix it, give ' +
        "addressRules.list.ipv4Addresses as many",
    );
  });
});

describe("a rule by country", () => {
  test("blocks the countries, or all others", () => {
    const countryRules = { embargo: { countryCodes: ["KP", "SY"] } };
    expect(ruleOf({ countryRules }, "country-embargo").statement).toEqual({
      geoMatchStatement: { countryCodes: ["KP", "SY"] },
    });
    const home = { home: { countryCodes: ["DE"], othersOnly: true, action: RuleAction.Count } };
    expect(ruleOf({ countryRules: home }, "country-home")).toMatchObject({
      statement: { notStatement: { statement: { geoMatchStatement: { countryCodes: ["DE"] } } } },
      action: { count: {} },
    });
  });

  test("reads a header that is trusted for a reason", () => {
    const countryRules = { embargo: { countryCodes: ["KP"], forwardedAddress: { trustReason: REASON } } };
    expect(ruleOf({ countryRules }, "country-embargo").statement).toEqual({
      geoMatchStatement: {
        countryCodes: ["KP"],
        forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" },
      },
    });
    expect(firewallSettings("edge", { countryRules }).lowered).toEqual([
      { floor: "firewall-forwarded-country-embargo", reason: REASON },
    ]);
  });

  test.each([
    [
      { countryCodes: ["Korea"] },
      'countryCodes[0] is "Korea"; allowed: an ISO 3166 code of two capital letters; to fix it, set ' +
        "countryRules.embargo.countryCodes[0] to one",
    ],
    [
      { countryCodes: [] },
      "countryCodes is a list of 0; allowed: a literal list of 1 to 50; to fix it, give countryRules.embargo.countryCodes as many",
    ],
    [
      { countryCodes: ["KP"], action: RuleAction.Allow },
      'action is "ALLOW"; allowed: BLOCK, COUNT, CHALLENGE, CAPTCHA; to fix it, set countryRules.embargo.action to one of them',
    ],
  ])("refuses %j", (embargo, sentence) => {
    expect(sentenceOf({ countryRules: { embargo } })).toBe(`EdgeFirewall "edge": countryRules.embargo.${sentence}`);
  });
});
