import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { LOG_RETENTION_DAYS, oneOf, wholeNumber } from "../src/index.ts";

const place = { component: "SecureGateway", name: "api", property: "quota" };

describe("wholeNumber", () => {
  it.each([2, 3, 5])("is %s, in the range", (value) => {
    expect(wholeNumber(place, value, [2, 5])).toBe(value);
  });

  it.each([
    [1, "1"],
    [6, "6"],
    [2.5, "2.5"],
    ["3", '"3"'],
    [undefined, "not set"],
    [pulumi.output(3), "an Output"],
  ])("refuses %s", (value, shown) => {
    expect(() => wholeNumber(place, value, [2, 5])).toThrow(
      `SecureGateway "api": quota is ${shown}; allowed: a whole number from 2 to 5; to fix it, set quota to one`,
    );
  });
});

describe("oneOf", () => {
  it("is the value, in the list", () => {
    expect(oneOf(place, "b", ["a", "b"])).toBe("b");
  });

  it("refuses what is not in the list", () => {
    expect(() => oneOf(place, "c", ["a", "b"])).toThrow(
      'SecureGateway "api": quota is "c"; allowed: a, b; to fix it, set quota to one of them',
    );
  });
});

describe("LOG_RETENTION_DAYS", () => {
  it("are the API's values, in order, without the 0 that means for ever", () => {
    expect(LOG_RETENTION_DAYS).toHaveLength(22);
    expect([...LOG_RETENTION_DAYS].sort((a, b) => a - b)).toEqual(LOG_RETENTION_DAYS);
    expect(LOG_RETENTION_DAYS).not.toContain(0);
  });
});
