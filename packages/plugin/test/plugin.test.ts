import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundlePlugin } from "../build/bundle.mjs";
import { startEngine, type TestEngine } from "./helpers/engine.ts";
import { SMALLEST, UNKNOWN_OUTPUT } from "./helpers/smallest.ts";

/**
 * The plugin as Pulumi runs it: bundled, loaded by `require` through Pulumi's own `run-plugin`, asked over gRPC. What stands for the engine
 * answers each resource with its inputs, an id and an ARN.
 */
const folder = resolve(import.meta.dirname, "..");
const schema = JSON.parse(readFileSync(join(folder, "src/schema.golden.json"), "utf8"));
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let plugin: string;
let engine: TestEngine;
let child: ChildProcess;
let client: ResourceProviderClient;

beforeAll(async () => {
  // Beside the package's node_modules, where what is not in the bundle is found.
  plugin = mkdtempSync(join(folder, ".plugin-"));
  await bundlePlugin(join(plugin, "dist/plugin.cjs"));
  writeFileSync(join(plugin, "package.json"), JSON.stringify({ ...manifest, exports: undefined }));
  engine = await startEngine();
  const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-plugin/index.js");
  child = spawn(process.execPath, [runner, plugin, engine.address], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [port] = await once(lines, "line");
  client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
}, 60_000);

afterAll(async () => {
  client?.close();
  if (child?.exitCode === null) {
    child.kill();
    await once(child, "exit");
  }
  engine?.close();
  rmSync(plugin, { recursive: true, force: true });
});

function construct(
  component: string,
  name: string,
  inputs: Record<string, unknown>,
  preview = false,
): Promise<proto.ConstructResponse> {
  const request = new proto.ConstructRequest();
  request.setProject("project");
  request.setStack("test");
  request.setType(`palisade:index:${component}`);
  request.setName(name);
  request.setMonitorendpoint(engine.address);
  request.setParallel(4);
  request.setDryrun(preview);
  request.setInputs(structProto.Struct.fromJavaScript(inputs as Record<string, structProto.JavaScriptValue>));
  return new Promise((done, reject) => {
    client.construct(request, (error, response) => (error ? reject(error) : done(response)));
  });
}

test("tells the schema, with the package's version", async () => {
  const response = await new Promise<proto.GetSchemaResponse>((done, reject) => {
    client.getSchema(new proto.GetSchemaRequest(), (error, answer) => (error ? reject(error) : done(answer)));
  });
  expect(JSON.parse(response.getSchema())).toEqual({ ...schema, version: manifest.version });
});

const components = Object.keys(schema.resources).map((token) => token.replace("palisade:index:", ""));

test("each component has a row in helpers/smallest.ts", () => {
  expect(components.filter((component) => SMALLEST[component] === undefined)).toEqual([]);
});

test.each(Object.entries(SMALLEST).filter(([component]) => components.includes(component)))(
  "constructs %s, with children of its own and every output",
  async (component, inputs) => {
    const before = engine.registered.length;
    const response = await construct(component, "thing", inputs, true);
    const made = engine.registered.slice(before);
    const type = `palisade:index:${component}`;
    const urn = `urn:pulumi:test::project::${type}::thing`;
    expect(response.getUrn()).toBe(urn);
    expect(made.filter((resource) => resource.type === type)).toMatchObject([{ name: "thing", custom: false }]);
    const children = made.filter((resource) => resource.type !== type && resource.type !== "pulumi:pulumi:Stack");
    expect(children.length).toBeGreaterThan(0);
    expect(children.filter(({ name, parent }) => !name.startsWith("thing-") || parent === "")).toEqual([]);
    const state = Object.keys(response.getState()?.toJavaScript() ?? {});
    const { properties, required } = schema.resources[type];
    expect(state.filter((key) => properties[key] === undefined)).toEqual([]);
    expect(required.filter((key: string) => !state.includes(key))).toEqual([]);
    expect(engine.errors).toEqual([]);
  },
);

test("hands the outputs back, resolved, and passes what is unknown on", async () => {
  const made = await construct("RevocationTable", "revocations", {});
  expect(made.getState()?.toJavaScript()).toEqual({
    tableArn: "arn:aws:any:eu-central-1:111122223333:revocations-table",
    tableName: "revocations-table",
  });
  await construct(
    "HardenedFunction",
    "asks",
    { ...SMALLEST.HardenedFunction, environment: { TABLE: UNKNOWN_OUTPUT } },
    true,
  );
  const lambda = engine.registered.find(({ name }) => name === "asks-function");
  expect(JSON.stringify(lambda?.inputs.environment)).toContain(UNKNOWN);
});

test("a component's refusal reaches the caller as it is written", async () => {
  await expect(
    construct("HardenedFunction", "orders", { ...SMALLEST.HardenedFunction, memoryMegabytes: 1 }),
  ).rejects.toThrow(/HardenedFunction "orders".*memoryMegabytes.*1/);
});

test("a component that is not there is named, with those that are", async () => {
  await expect(construct("Moat", "castle", {})).rejects.toThrow(
    /palisade 0\.1\.0 has no component "palisade:index:Moat" \("castle"\); it has .*EdgeFirewall.*Correct the type, or take a newer version/,
  );
});
