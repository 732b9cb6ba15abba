import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { RULES } from "../src/registry.ts";

const folder = resolve(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const requireFromPolicy = createRequire(require.resolve("@pulumi/policy"));
const grpc = requireFromPolicy("@grpc/grpc-js");
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js");
const messages = require("@pulumi/pulumi/proto/analyzer_pb.js");
const { Empty } = requireFromPolicy("google-protobuf/google/protobuf/empty_pb.js");
const { Struct } = requireFromPolicy("google-protobuf/google/protobuf/struct_pb.js");

let host: ChildProcess | undefined;
afterAll(() => {
  host?.kill();
});

/** The first line of what the host prints is the port of the pack's server. */
function portOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let text = "";
    child.stdout?.on("data", (data) => {
      text += data;
      if (/^\d+\n/.test(text)) found(text.trim());
    });
    child.stderr?.on("data", (data) => failed(new Error(String(data))));
    child.on("exit", (code) => failed(new Error(`the host ended with ${code}`)));
  });
}

interface Info {
  getPoliciesList(): { getName(): string }[];
}
interface Diagnostics {
  getDiagnosticsList(): { getPolicyname(): string; getMessage(): string; getEnforcementlevel(): number }[];
}

test("the bundle runs in Pulumi's own policy host, and answers the engine", async () => {
  const bundle = resolve(folder, ".bundle/test.cjs");
  // The manifest's own script, to another file.
  const { scripts } = JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8"));
  const [, ...flags] = scripts["pack:build"].replace(".bundle/index.cjs", bundle).split(" ");
  execFileSync(resolve(folder, "node_modules/.bin/esbuild"), flags, { cwd: folder });
  const program = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  host = spawn(process.execPath, [program, "127.0.0.1:1", bundle], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const port = await portOf(host);
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const call = <R>(method: string, request: unknown) =>
    new Promise<R>((done, failed) => {
      client[method](request, (error: Error | null, response: R) => (error ? failed(error) : done(response)));
    });
  const info = await call<Info>("getAnalyzerInfo", new Empty());
  expect(info.getPoliciesList().map((policy) => policy.getName())).toEqual(
    expect.arrayContaining(RULES.map(({ name }) => name)),
  );
  const request = new messages.AnalyzeRequest();
  request.setType("aws:lambda/function:Function");
  request.setUrn("urn:pulumi:s::p::aws:lambda/function:Function::f");
  request.setName("f");
  const options = new messages.AnalyzerResourceOptions();
  options.setCustomtimeouts(new messages.AnalyzerResourceOptions.CustomTimeouts());
  request.setOptions(options);
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  request.setProperties(
    Struct.fromJavaScript({
      environment: { variables: { A_PASSWORD: "hunter2", B_PASSWORD: unknown } },
      runtime: "nodejs24.x",
    }),
  );
  const said = (await call<Diagnostics>("analyze", request)).getDiagnosticsList().filter((each) => {
    return each.getPolicyname() === "lambda-environment-secrets";
  });
  expect(said.map((each) => each.getEnforcementlevel())).toEqual([MANDATORY, ADVISORY]);
  expect(said[0]?.getMessage()).toContain("the environment holds A_PASSWORD in plain text");
  expect(said[1]?.getMessage()).toContain("not evaluated: f: environment.variables.B_PASSWORD");
  client.close();
}, 60_000);

const { ADVISORY, MANDATORY } = messages.EnforcementLevel;
