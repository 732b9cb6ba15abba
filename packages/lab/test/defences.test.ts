import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFENCES, findDefence, layerOf, layersOf } from "../src/defences.ts";

describe("the table of defences", () => {
  it("has the ids of docs/architecture.md, in its order", () => {
    const text = readFileSync(new URL("../../../docs/architecture.md", import.meta.url), "utf8");
    const [, section = ""] = text.split("## Defences");
    const ids = [...section.matchAll(/^\| `([a-z]+:[a-z-]+)` +\|/gm)].map(([, id]) => id);
    expect(DEFENCES.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ["gateway:model", "gateway"],
    ["function:html-encoding", "function"],
    ["iam:role", "iam"],
  ] as const)("takes the layer of %s from its id", (id, layer) => {
    expect(layerOf(id)).toBe(layer);
    expect(findDefence(id)).toMatchObject({ id, layer });
  });

  it("finds nothing under a name that a log made up", () => {
    expect(findDefence("function:__proto__")).toBeUndefined();
    expect(findDefence("undefined:undefined")).toBeUndefined();
  });

  it("names each layer once, outermost first", () => {
    expect(layersOf(["gateway:model", "function:body-limits", "function:order-schema", "database:column"])).toEqual([
      "gateway",
      "function",
      "database",
    ]);
  });
});
