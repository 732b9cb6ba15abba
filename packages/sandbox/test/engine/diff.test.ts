import { describe, expect, it } from "vitest";
import { difference } from "../../src/engine/diff.ts";
import { secret, UNKNOWN } from "../../src/engine/wire.ts";

describe("difference", () => {
  it("is empty for inputs that mean the same", () => {
    const olds = { name: "a", password: secret("p"), tags: { stage: "dev" }, list: [1, { x: null }], none: null };
    const news = { password: "p", name: secret("a"), list: [1, {}], tags: { stage: "dev", gone: undefined } };
    expect(difference(olds, news, "all")).toEqual({ changes: [], properties: [], replaces: [] });
  });

  it("names each property that differs as Pulumi names it", () => {
    const olds = { name: "a", tags: { stage: "dev" }, rules: [{ action: "allow" }, 1], gone: 1, list: [1] };
    const news = {
      name: "b",
      tags: { stage: "prod", "a:b": "x" },
      rules: [{ action: "deny" }],
      made: {},
      list: { a: 1 },
    };
    expect(difference(olds, news, []).changes).toEqual([
      { path: "name", kind: "update", replace: false },
      { path: "tags.stage", kind: "update", replace: false },
      { path: 'tags["a:b"]', kind: "add", replace: false },
      { path: "rules[0].action", kind: "update", replace: false },
      { path: "rules[1]", kind: "delete", replace: false },
      { path: "gone", kind: "delete", replace: false },
      { path: "list", kind: "update", replace: false },
      { path: "made", kind: "add", replace: false },
    ]);
    expect(difference(olds, news, []).properties).toEqual(["name", "tags", "rules", "gone", "list", "made"]);
  });

  it("takes what is known only later for changed, even where it was unknown before", () => {
    expect(difference({ a: "1" }, { a: UNKNOWN }, []).properties).toEqual(["a"]);
    expect(difference({ a: UNKNOWN }, { a: UNKNOWN }, []).properties).toEqual(["a"]);
  });

  it.each<[string, readonly string[] | "all", string[]]>([
    ["nothing replaces", [], []],
    ["everything does", "all", ["network", "name", "subnets"]],
    ["the property does", ["name"], ["name"]],
    ["a property below does", ["network.zone.id"], ["network"]],
    ["a property above does", ["subnets"], ["subnets"]],
    ["a property of every element does", ["subnets.id"], ["subnets"]],
    ["a property with the same beginning does not", ["net", "networks", "name2", "subnets.idle"], []],
  ])("where %s", (_title, paths, replaces) => {
    const olds = { name: "a", subnets: [{ id: 1, size: 2 }] };
    const news = { network: { zone: { id: 1 } }, name: "b", subnets: [{ id: 2, size: 2 }] };
    expect(new Set(difference(olds, news, paths).replaces)).toEqual(new Set(replaces));
  });
});
