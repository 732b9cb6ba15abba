import { recordStack } from "@palisade/testing";
import { describe, expect, it } from "vitest";
import { childName, NAME_RULES, physicalName, stackPrefix } from "../src/index.ts";

describe("childName", () => {
  it("joins the component's name and the child's role", () => {
    expect(childName("orders", "log-group")).toBe("orders-log-group");
  });

  it.each(["LogGroup", "log_group", "", "-log", "log-", "a b"])('refuses the role "%s"', (role) => {
    expect(() => childName("orders", role)).toThrow(
      `childName("orders", ...): role is ${JSON.stringify(role)}; allowed: kebab-case, for example "log-group"`,
    );
  });
});

describe("physicalName", () => {
  it("leaves a name alone that the service accepts", () => {
    expect(physicalName("/palisade/shop-dev/orders", NAME_RULES.logGroup)).toBe("/palisade/shop-dev/orders");
    expect(physicalName("r".repeat(512), NAME_RULES.logGroup)).toBe("r".repeat(512));
  });

  it("cuts a name that is too long and ends it in a hash", () => {
    const name = physicalName("r".repeat(65), NAME_RULES.databaseCluster);

    expect(name).toBe(`${"r".repeat(54)}-c75c6854`);
    expect(name).toHaveLength(63);
  });

  it("keeps two long names apart that differ at the end only", () => {
    const first = physicalName(`${"r".repeat(80)}a`, NAME_RULES.databaseCluster);
    const second = physicalName(`${"r".repeat(80)}b`, NAME_RULES.databaseCluster);

    expect(first).not.toBe(second);
  });

  it("replaces refused characters and keeps apart what they would make equal", () => {
    const first = physicalName("orders one", NAME_RULES.logGroup);
    const second = physicalName("orders?one", NAME_RULES.logGroup);

    expect(first).toMatch(/^orders-one-[0-9a-f]{8}$/);
    expect(second).toMatch(/^orders-one-[0-9a-f]{8}$/);
    expect(first).not.toBe(second);
  });

  it("writes in lower case where the service wants it", () => {
    expect(physicalName("Orders", NAME_RULES.databaseCluster)).toMatch(/^orders-[0-9a-f]{8}$/);
  });

  it.each(Object.entries(NAME_RULES))("never breaks the rule of %s", (_, rule) => {
    for (const wanted of ["a", "A b?c*", "é".repeat(600), "x".repeat(600)]) {
      const name = physicalName(wanted, rule);
      expect(name.length).toBeLessThanOrEqual(rule.maximumLength);
      expect(name).not.toMatch(new RegExp(rule.refused.source));
    }
  });
});

describe("stackPrefix", () => {
  it("is the project and the stack", async () => {
    const recording = await recordStack(() => stackPrefix(), { project: "shop", stack: "dev" });

    expect(recording.result).toBe("shop-dev");
  });
});
