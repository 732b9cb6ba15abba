import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { componentSchema, goldenSchema, UPDATE_VARIABLE } from "../src/index.ts";

// Beside this file, so that the component's imports resolve.
const directory = mkdtempSync(join(import.meta.dirname, ".schema-"));

const source = `import * as pulumi from "@pulumi/pulumi";
export interface ThingArgs {
  /**
   * How many.
   */
  count?: pulumi.Input<number>;
}
/**
 * A thing.
 */
export class Thing extends pulumi.ComponentResource {
  /**
   * Its name.
   */
  public readonly label: pulumi.Output<string>;
  constructor(name: string, args: ThingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:Thing", name, {}, opts);
    this.label = pulumi.output(String(args.count));
  }
}
`;

const schema = {
  name: "palisade",
  resources: {
    "palisade:index:Thing": {
      isComponent: true,
      description: "A thing.",
      inputProperties: { count: { type: "number", description: "How many." } },
      properties: { label: { type: "string", description: "Its name." } },
      required: ["label"],
    },
  },
};

beforeAll(() => {
  mkdirSync(join(directory, "src"));
  mkdirSync(join(directory, "test"));
  writeFileSync(join(directory, "src/index.ts"), source);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe("componentSchema", () => {
  it("infers a component's inputs and outputs", () => {
    expect(componentSchema(directory, ["Thing"])).toMatchObject(schema);
  });

  it("fails on a component that is not exported", () => {
    expect(() => componentSchema(directory, ["Other"])).toThrow("Failed to find the following components: Other.");
  });
});

describe("goldenSchema", () => {
  const file = join(directory, "test/schema.golden.json");

  it("says how to write a golden file that is missing", () => {
    vi.stubEnv(UPDATE_VARIABLE, "");

    expect(() => goldenSchema(directory, ["Thing"])).toThrow(
      `${file} is missing; run the test once with UPDATE_GOLDEN=1 to write it`,
    );
  });

  it("writes the file when it is told to, and reads it afterwards", () => {
    vi.stubEnv(UPDATE_VARIABLE, "1");
    const written = goldenSchema(directory, ["Thing"]);
    expect(written.golden).toEqual(written.actual);

    vi.stubEnv(UPDATE_VARIABLE, "");
    writeFileSync(file, readFileSync(file, "utf8").replace("How many.", "How few."));
    const read = goldenSchema(directory, ["Thing"]);
    expect(read.actual).toMatchObject(schema);
    expect(read.golden).not.toEqual(read.actual);
  });
});
