import { globSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { componentSchema, UPDATE_VARIABLE } from "@palisade/testing";
import { expect, test } from "vitest";
import { componentsOfPackages } from "./helpers/components.ts";

const folder = resolve(import.meta.dirname, "..");
const file = resolve(folder, "src/schema.golden.json");
const components = componentsOfPackages();

// Once for all tests: the analysis compiles AWS's whole provider.
const inferred = JSON.parse(JSON.stringify(componentSchema(folder, components)));
if (process.env[UPDATE_VARIABLE] === "1") writeFileSync(file, `${JSON.stringify(inferred, undefined, 2)}\n`);
const golden = JSON.parse(readFileSync(file, "utf8"));

test("what the plugin tells is what Pulumi infers of the sources; UPDATE_GOLDEN=1 writes it anew", () => {
  expect(inferred).toEqual(golden);
});

test("the schema has every component of every published package, and nothing else", () => {
  expect(components.length).toBeGreaterThanOrEqual(16);
  expect(Object.keys(golden.resources).sort()).toEqual(components.map((name) => `palisade:index:${name}`));
});

/** Two packages with an interface of one name and different members: one of them would be lost, since a schema has one name for each. */
test("each type is what its own package's schema says", () => {
  const differing: string[] = [];
  const packages = globSync("../*/test/schema.golden.json", { cwd: folder });
  for (const own of packages) {
    const { resources, types } = JSON.parse(readFileSync(resolve(folder, own), "utf8"));
    for (const [token, type] of Object.entries({ ...resources, ...types })) {
      const told = golden.resources[token] ?? golden.types[token];
      if (JSON.stringify(told) !== JSON.stringify(type)) differing.push(`${own}: ${token}`);
    }
  }
  expect(packages.length).toBeGreaterThanOrEqual(6);
  expect(differing).toEqual([]);
});

test("a caller of another language reads what each option and output is", () => {
  const missing = Object.entries({ ...golden.resources, ...golden.types }).flatMap(([token, type]) => {
    // biome-ignore lint/suspicious/noExplicitAny: the schema as JSON
    const { properties, inputProperties } = type as any;
    return Object.entries<{ description?: string }>({ ...properties, ...inputProperties })
      .filter(([, { description }]) => !description)
      .map(([property]) => `${token}.${property}`);
  });
  expect(missing).toEqual([]);
});
