import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { requireReason, resourceTags, tagValue, wildcardFloors } from "../src/index.ts";

const base = { component: "HardenedFunction", name: "orders" };

describe("resourceTags", () => {
  it("names the component", () => {
    expect(resourceTags(base)).toEqual({ "palisade:component": "HardenedFunction", "palisade:name": "orders" });
  });

  it("keeps the team's tags", () => {
    const longest = "k".repeat(128);
    const teamTags = { team: "orders", [longest]: "x" };
    expect(resourceTags({ ...base, teamTags })).toMatchObject(teamTags);
  });

  it.each(["aws:x", "AWS:x", "palisade:name", "Palisade:lowered:x", "", "k".repeat(129)])(
    'refuses a team tag with the key "%s"',
    (key) => {
      expect(() => resourceTags({ ...base, teamTags: { [key]: "x" } })).toThrow(
        `HardenedFunction "orders": teamTags[${JSON.stringify(key)}] is a key that is not the team's to set; ` +
          'allowed: keys of 1 to 128 characters that do not begin with "aws:" or "palisade:"; to fix it, rename the tag',
      );
    },
  );

  it("tags each lowered floor with its reason", () => {
    const lowered = [
      { floor: "public-route", reason: "the health check, read by Route 53" },
      { floor: "no-mfa", reason: "machines only" },
    ];

    expect(resourceTags({ ...base, lowered })).toEqual({
      "palisade:component": "HardenedFunction",
      "palisade:name": "orders",
      "palisade:lowered:public-route": "the health check read by Route 53",
      "palisade:lowered:no-mfa": "machines only",
    });
  });

  it("cuts a key at 128 characters", () => {
    const keys = Object.keys(resourceTags({ ...base, lowered: [{ floor: "f".repeat(200), reason: "a good reason" }] }));

    expect(keys[2]).toHaveLength(128);
  });

  it("refuses a lowered floor without a reason", () => {
    expect(() => resourceTags({ ...base, lowered: [{ floor: "public-route", reason: " " }] })).toThrow(
      'HardenedFunction "orders": public-route is " "; allowed: a written reason of at least 10 characters; ' +
        "to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports",
    );
  });
});

describe("requireReason", () => {
  it("returns the reason trimmed", () => {
    expect(requireReason({ ...base, property: "p", reason: "  ten chars. " })).toBe("ten chars.");
  });

  it.each([undefined, "", "nine char", "!!!!!!!!!!!!!!"])("refuses %s", (reason) => {
    expect(() => requireReason({ ...base, property: "p", reason })).toThrow(
      "allowed: a written reason of at least 10 characters",
    );
  });

  it("refuses what is no text, as a program that is not type-checked may give", () => {
    const reason = pulumi.output("made anew at will") as unknown as string;
    expect(() => requireReason({ ...base, property: "p", reason })).toThrow(
      'HardenedFunction "orders": p is an Output; allowed: a written reason of at least 10 characters',
    );
  });
});

describe("tagValue", () => {
  it.each([
    { text: "plain text", expected: "plain text" },
    { text: "a (b), c; d", expected: "a b c d" },
    { text: " two\n\tlines ", expected: "two lines" },
    { text: "Grüße _.:/=+-@ 1", expected: "Grüße _.:/=+-@ 1" },
    { text: "<script>", expected: "script" },
    { text: "x".repeat(300), expected: "x".repeat(256) },
  ])("makes $text fit", ({ text, expected }) => {
    expect(tagValue(text)).toBe(expected);
  });
});

describe("wildcardFloors", () => {
  it("names the statements that have a reason, by id or position", () => {
    const plain = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/k"] };

    expect(
      wildcardFloors([
        plain,
        { ...plain, wildcardReason: "first reason" },
        { ...plain, sid: "Read", wildcardReason: "second" },
      ]),
    ).toEqual([
      { floor: "wildcard-1", reason: "first reason" },
      { floor: "wildcard-Read", reason: "second" },
    ]);
  });
});
