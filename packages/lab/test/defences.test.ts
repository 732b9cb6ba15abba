import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFENCES, type DefenceId, findDefence, layerOf, layersOf } from "../src/defences.ts";
import { moduleOf, standInOf } from "../src/removals/modules.ts";

const root = new URL("../../../", import.meta.url);
const [, section = ""] = readFileSync(new URL("docs/architecture.md", root), "utf8").split("## Defences");
const rows = [
  ...section.matchAll(/^\| `([a-z]+:[a-z-]+)` +\|[^|]+\| `([^`]+)` +\| \[[^\]]+\]\(\.\.\/([^)]+)\) +\|$/gm),
];

describe("the table of defences", () => {
  it("has the ids of docs/architecture.md, in its order", () => {
    expect(DEFENCES.map(({ id }) => id)).toEqual(rows.map(([, id]) => id));
  });

  it.each(rows.map(([, id, file, removal]) => [id, file, removal] as const))(
    "says where %s is, in %s, and what takes it away, %s",
    (id, file = "", removal = "") => {
      const module = moduleOf(id as DefenceId);
      if (module !== undefined) {
        expect(file).toBe(`functions/src/${module}`);
        expect(standInOf(id as DefenceId)).toBe(fileURLToPath(new URL(removal, root)));
      } else {
        const name = id?.startsWith("edge:") ? "edge-rule" : id?.replace(":", "-");
        expect(removal).toBe(`packages/lab/src/removals/${name}.ts`);
      }
      for (const path of [file, removal]) expect(existsSync(new URL(path, root)), path).toBe(true);
    },
  );

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
