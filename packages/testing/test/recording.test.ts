import { describe, expect, it } from "vitest";
import { recordStack } from "../src/index.ts";
import { Pair } from "./support.ts";

const two = () =>
  recordStack(() => {
    new Pair("first");
    new Pair("second");
  });

describe("a recording", () => {
  it("finds the children of a component, and theirs", async () => {
    const recording = await two();

    expect(recording.children("second").map(({ name }) => name)).toEqual(["second-role", "second-policy"]);
    expect(
      recording
        .children()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["first-policy", "first-role", "second-policy", "second-role"]);
  });

  it("finds one resource by type and name", async () => {
    const recording = await two();

    expect(recording.one("aws:iam/role:Role", "second-role").name).toBe("second-role");
    expect(recording.count("aws:iam/role:Role")).toBe(2);
    expect(recording.count("aws:kms/key:Key")).toBe(0);
  });

  it("lists what there is when there is not exactly one", async () => {
    const recording = await recordStack(() => new Pair("pair"));
    const known =
      'palisade:index:Pair "pair"\n  aws:iam/role:Role "pair-role"\n  aws:iam/rolePolicy:RolePolicy "pair-policy"';

    expect(() => recording.one("aws:kms/key:Key")).toThrow(
      `0 resources of aws:kms/key:Key; expected exactly 1. Registered:\n  ${known}`,
    );
    expect(() => recording.one("aws:iam/role:Role", "other")).toThrow(
      `0 resources of aws:iam/role:Role named "other"; expected exactly 1. Registered:\n  ${known}`,
    );
    const both = await two();
    expect(() => both.one("aws:iam/role:Role")).toThrow("2 resources of aws:iam/role:Role; expected exactly 1");
  });

  it("counts the resources of each type, sorted", async () => {
    const types = (await two()).types();

    expect(Object.entries(types)).toEqual([
      ["aws:iam/role:Role", 2],
      ["aws:iam/rolePolicy:RolePolicy", 2],
      ["palisade:index:Pair", 2],
    ]);
  });
});
