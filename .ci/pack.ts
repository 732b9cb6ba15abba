/**
 * `tsx .ci/pack.ts`: what users of the published packages get. Builds and packs each, installs the tarballs into an empty project
 * beside their peers, imports them with plain node, type-checks a program of a few lines, and one that must not compile, and starts the plugin
 * as Pulumi does.
 * The last line is `N passed, N failed`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PublishedPackage, publishedPackages, ROOT } from "./published.ts";

/** Compiles: what a user writes first. */
const GOOD = `
import type { FunctionRef } from "@palisade/core";
import { HardenedDatabase } from "@palisade/hardened-database";
import { HardenedFunction } from "@palisade/hardened-function";
import { MfaMode, SecureGateway, UserPool } from "@palisade/secure-gateway";
import * as pulumi from "@pulumi/pulumi";

const users = new UserPool("users", { mfa: MfaMode.On, groups: { staff: "Our own people" } });
const database = new HardenedDatabase("database", { databaseName: "shop" });
const code = new pulumi.asset.FileArchive("orders.zip");
const orders: FunctionRef = new HardenedFunction("orders", { code, statements: [database.connectStatement("orders")] });
const api = new SecureGateway("api", { apiDocument: {}, functions: { orders }, authorizer: { function: orders } });
export const outputs: Record<string, pulumi.Output<string>> = { url: api.url, pool: users.userPoolId };
`;

/** Does not compile, each line for its own reason: where declarations do not resolve, all would be `any` and it would. */
const BAD = `
import { HardenedDatabase } from "@palisade/hardened-database";
import { HardenedFunction } from "@palisade/hardened-function";
import { SecureGateway, UserPool } from "@palisade/secure-gateway";
import { wholeNumber } from "@palisade/core";
new UserPool("users", { deletionProtection: false });
new HardenedDatabase("database", { databaseName: 1 });
new HardenedFunction("orders", {});
new SecureGateway("api", { apiDocument: {}, functions: {}, authorizer: "none" });
wholeNumber("memory", 1, [1, 2]);
`;
const BAD_ERRORS = [
  "bad.ts(6,25): TS2353",
  "bad.ts(7,36): TS2322",
  "bad.ts(8,32): TS2345",
  "bad.ts(9,60): TS2322",
  "bad.ts(10,13): TS2345",
];

/** Runs the packed code on Pulumi's mocks: a function is made, and a wildcard is refused. */
const RUN = `
import { LOG_RETENTION_DAYS, PalisadeError } from "@palisade/core";
import { HardenedDatabase } from "@palisade/hardened-database";
import { HardenedFunction } from "@palisade/hardened-function";
import { SecureGateway } from "@palisade/secure-gateway";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";

const types = [];
await pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => (types.push(type), { id: name, state: { arn: "arn:aws:x:y:1:z", ...inputs } }),
  call: () => ({ partition: "aws", region: "eu-central-1", accountId: "111122223333" }),
});
const code = new pulumi.asset.StringAsset("export const handler = async () => ({});");
const wild = [{ actions: ["dynamodb:GetItem"], resources: ["*"] }];
assert.throws(() => new HardenedFunction("wild", { code, statements: wild }), PalisadeError);
assert.throws(() => new SecureGateway("api", { apiDocument: {}, functions: {}, authorizer: {} }), PalisadeError);
assert.throws(() => new HardenedDatabase("database", { databaseName: "1" }), PalisadeError);
const made = new HardenedFunction("orders", { code: new pulumi.asset.AssetArchive({ "index.mjs": code }) });
await new Promise((done) => made.functionArn.apply(done));
assert.ok(types.includes("aws:iam/role:Role"), types.join());
assert.equal(LOG_RETENTION_DAYS.length, 22);
`;

/** Starts the plugin out of its tarball as Pulumi starts it, and asks it for its schema. */
const PLUGIN = `
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import assert from "node:assert/strict";

const require = createRequire(import.meta.url);
const ofPulumi = createRequire(require.resolve("@pulumi/pulumi"));
const grpc = ofPulumi("@grpc/grpc-js");
const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const { GetSchemaRequest } = require("@pulumi/pulumi/proto/provider_pb.js");
const runner = require.resolve("@pulumi/pulumi/cmd/run-plugin/index.js");
const child = spawn(process.execPath, [runner, "node_modules/palisade", "127.0.0.1:9"], { stdio: ["ignore", "pipe", "inherit"] });
try {
  const [port] = await once(createInterface({ input: child.stdout }), "line", { signal: AbortSignal.timeout(60_000) });
  const client = new ResourceProviderClient("127.0.0.1:" + port, grpc.credentials.createInsecure());
  const answer = await new Promise((done, fail) =>
    client.getSchema(new GetSchemaRequest(), (error, response) => (error ? fail(error) : done(response))),
  );
  const { resources, version } = JSON.parse(answer.getSchema());
  assert.equal(version, require("palisade/package.json").version);
  const palisade = await import("palisade");
  assert.deepEqual(Object.keys(resources).filter((token) => typeof palisade[token.split(":")[2]] !== "function"), []);
  assert.ok(Object.keys(resources).length >= 16);
  client.close();
} finally {
  child.kill();
}
`;

/**
 * What attw is asked of a tarball. The packages are ES modules, which Node 20 and newer, bundlers and TypeScript's `node16` read; resolution as
 * it was before Node 12, and `require` without Node's own support of ES modules, are not held: Pulumi's runtime loads ES modules.
 */
const ATTW = ["--profile", "esm-only", "--no-emoji", "--format", "ascii"];

let passed = 0;
let failed = 0;
function check(what: string, reason: string | undefined): void {
  if (reason === undefined) passed += 1;
  else failed += 1;
  console.log(reason === undefined ? `ok      ${what}` : `FAILED  ${what}: ${reason}`);
}

function run(command: string, args: string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}${error ?? ""}`.trim() };
}

/** Runs a command that has to succeed; its output is the reason where it does not. */
function succeeds(command: string, args: string[], cwd: string): string | undefined {
  const { status, output } = run(command, args, cwd);
  return status === 0 ? undefined : output || `${command} ended with ${status}`;
}

const pnpm = ["-y", "pnpm@10"];
const packages = publishedPackages();
const folder = mkdtempSync(join(tmpdir(), "palisade-pack-"));
try {
  check("build", succeeds("tsx", [".ci/build.ts"], ROOT));
  const tarballs = Object.fromEntries(
    packages.map((each) => [each.manifest.name, pack(each, join(folder, "tarballs"))]),
  );
  for (const [name, tarball] of Object.entries(tarballs)) {
    check(`${name}: publint`, succeeds("publint", ["run", tarball, "--strict"], ROOT));
    check(`${name}: attw`, succeeds("attw", [tarball, ...ATTW], ROOT));
  }
  const project = join(folder, "project");
  check("install the tarballs beside their peers", install(project, tarballs));
  check("import and run with plain node", succeeds(process.execPath, ["run.mjs"], project));
  check("the plugin starts and has every component", succeeds(process.execPath, ["plugin.mjs"], project));
  check("a program of a few lines compiles", succeeds("tsc", ["-p", "good.json"], project));
  check("a wrong program does not", wrongProgram(project));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Packs a package as `pnpm publish` would, and looks at what is in it. */
function pack({ manifest, folder: from }: PublishedPackage, into: string): string {
  mkdirSync(into, { recursive: true });
  const tarball = join(into, `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`);
  check(`${manifest.name}: pack`, succeeds("npx", [...pnpm, "pack", "--pack-destination", into], from));
  const files = run("tar", ["-tzf", tarball], into).output.split("\n");
  // The compiled files, and what the manifest names beside them: what Pulumi knows the plugin by, rules for a SIEM.
  const named = manifest.files.filter((file) => file !== "dist").map((file) => `package/${file}`);
  const strange = files.filter(
    (file) =>
      !/^package\/(dist\/.*\.(c?js|d\.ts|json)|package\.json|README\.md|LICENSE)$/.test(file) &&
      !(named.some((name) => file === name || file.startsWith(`${name}/`)) && !/__pycache__|\.pyc$/.test(file)),
  );
  const packed = JSON.parse(run("tar", ["-xzOf", tarball, "package/package.json"], into).output);
  const inWorkspace = Object.entries({ ...packed.dependencies, ...packed.peerDependencies }).filter(([, version]) =>
    String(version).startsWith("workspace:"),
  );
  check(`${manifest.name}: holds dist and nothing else`, strange.length === 0 ? undefined : strange.join(", "));
  check(
    `${manifest.name}: depends on versions`,
    inWorkspace.length === 0 ? undefined : inWorkspace.map(String).join(", "),
  );
  return tarball;
}

/** An empty project with the tarballs and, at the workspace's versions, what they want beside them. */
function install(project: string, tarballs: Record<string, string>): string | undefined {
  const peers = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.peerDependencies ?? {}).map((name) => [name, manifest.devDependencies?.[name]]),
  );
  const root: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  const ours = Object.fromEntries(Object.entries(tarballs).map(([name, tarball]) => [name, `file:${tarball}`]));
  mkdirSync(project);
  const files: Record<string, string> = {
    "package.json": JSON.stringify({
      type: "module",
      private: true,
      dependencies: { ...Object.fromEntries(peers), ...ours },
      devDependencies: { "@types/node": root.devDependencies["@types/node"] },
      // What one tarball wants of another comes from the other tarball, not from a registry.
      pnpm: { overrides: ours },
    }),
    "run.mjs": RUN,
    "plugin.mjs": PLUGIN,
    "good.ts": GOOD,
    "bad.ts": BAD,
  };
  for (const name of ["good", "bad"]) {
    files[`${name}.json`] = JSON.stringify({
      compilerOptions: { module: "NodeNext", strict: true, noEmit: true, skipLibCheck: true, target: "ES2023" },
      files: [`${name}.ts`],
    });
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  return succeeds("npx", [...pnpm, "install", "--prefer-offline", "--ignore-scripts", "--no-frozen-lockfile"], project);
}

function wrongProgram(project: string): string | undefined {
  const { output } = run("tsc", ["-p", "bad.json"], project);
  const found = output.split("\n").flatMap((line) => {
    const [, place, code] = /^(bad\.ts\(\d+,\d+\)): error (TS\d+)/.exec(line) ?? [];
    return place === undefined ? [] : [`${place}: ${code}`];
  });
  return found.join() === BAD_ERRORS.join() ? undefined : `expected ${BAD_ERRORS.join(", ")}, but found\n${output}`;
}
