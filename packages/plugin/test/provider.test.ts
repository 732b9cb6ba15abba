import { readFileSync } from "node:fs";
import { recordStack, resolved } from "@palisade/testing";
import { expect, test } from "vitest";
import * as palisade from "../src/index.ts";
import { PalisadeProvider } from "../src/provider.ts";
import { componentsOfPackages } from "./helpers/components.ts";

const provider = new PalisadeProvider("1.2.3");

test("exports every component of the published packages", () => {
  expect(componentsOfPackages().filter((name) => typeof Reflect.get(palisade, name) !== "function")).toEqual([]);
});

test("has the version that it was given, in its schema too", async () => {
  expect(provider.version).toBe("1.2.3");
  expect(JSON.parse(await provider.getSchema())).toMatchObject({ name: "palisade", version: "1.2.3" });
});

test("constructs a component with its options, and returns its outputs and no other", async () => {
  const recording = await recordStack(async () => {
    const made = await provider.construct("revoked", "palisade:index:RevocationTable", { recoveryDays: 7 }, {});
    return { urn: await resolved(made.urn), state: Object.keys(made.state) };
  });
  expect(recording.result.urn).toContain("palisade:index:RevocationTable::revoked");
  expect(recording.result.state.sort()).toEqual(["tableArn", "tableName"]);
  expect(recording.count("aws:dynamodb/table:Table")).toBe(1);
});

test("says which components there are when one is not", async () => {
  await expect(provider.construct("castle", "palisade:index:Moat", {}, {})).rejects.toThrow(
    `palisade 1.2.3 has no component "palisade:index:Moat" ("castle"); it has ${componentsOfPackages().join(", ")}. ` +
      "Correct the type, or take a newer version of the package.",
  );
});

test("the plugin is what Pulumi takes for one", () => {
  const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  expect(read("PulumiPlugin.yaml")).toMatch(/^runtime: nodejs$/m);
  // Its name is the first part of the type tokens, and `main` is what Pulumi loads.
  expect(JSON.parse(read("package.json"))).toMatchObject({ name: "palisade", main: "./dist/plugin.cjs" });
});
