/**
 * `tsx .ci/languages.ts`: the plugin from other languages. For each of `examples/languages`: `pulumi package add packages/plugin`, which writes an SDK, and
 * `pulumi preview` against the sandbox's provider. A language whose host is not at hand is NOT RUN, and says so.
 * The last line is `N passed, N failed, N not run`.
 */
import { spawn } from "node:child_process";
import { accessSync, chmodSync, constants, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { EmulatorProvider } from "../packages/sandbox/src/engine/provider.ts";
import { findPulumi } from "../packages/sandbox/src/engine/pulumi-cli.ts";
import { servePackages } from "../packages/sandbox/src/engine/run.ts";
import { labDirectory } from "../packages/sandbox/src/paths.ts";
import { handlers } from "../packages/sandbox/src/resources/index.ts";
import { ROOT } from "./published.ts";

const LANGUAGES = ["yaml", "python", "go"];
/** What each program makes: a table, a function and a user pool, with what belongs to them, and the stack. */
const RESOURCES = 16;

let [passed, failed, missing] = [0, 0, 0];
const folder = mkdtempSync(join(tmpdir(), "palisade-languages-"));
const pulumi = await findPulumi({
  cache: labDirectory,
  run: () => Promise.reject(new Error("not to be built here")),
}).catch(() => undefined);
const provider = new EmulatorProvider({
  identity: { region: "eu-central-1", accountId: "111122223333", partition: "aws" },
  handlers,
  lateValues: new Map(),
  context: (type) => {
    throw new Error(`a preview made ${type}`);
  },
});
const served = await servePackages(provider);
const paths = [join(folder, "bin"), ...(pulumi === undefined ? [] : [dirname(pulumi)]), process.env.PATH ?? ""];
const environment = {
  ...process.env,
  PATH: paths.join(delimiter),
  PULUMI_HOME: join(folder, "home"),
  PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
  PULUMI_CONFIG_PASSPHRASE: "preview",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_DEBUG_PROVIDERS: served.attached,
};
try {
  prepare();
  for (const language of LANGUAGES) {
    const hosts = ["nodejs", language].filter((name) => !isOnPath(`pulumi-language-${name}`));
    if (pulumi === undefined || hosts.length > 0) {
      missing += 1;
      const what = pulumi === undefined ? "pulumi" : hosts.map((name) => `pulumi-language-${name}`).join(" and ");
      console.log(`NOT RUN ${language}: there is no ${what} on PATH`);
      continue;
    }
    const reason = await preview(language);
    if (reason === undefined) passed += 1;
    else failed += 1;
    console.log(reason === undefined ? `ok      ${language}` : `FAILED  ${language}: ${reason}`);
  }
} finally {
  served.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed, ${missing} not run`);
process.exit(failed === 0 ? 0 : 1);

/** Installs the plugin with this workspace's pnpm, and lays stand-ins where the CLI looks for AWS's plugins: those are attached, and never started. */
function prepare(): void {
  for (const each of ["bin", "home", "state"]) mkdirSync(join(folder, each), { recursive: true });
  program(join(folder, "bin/pnpm"), 'exec npx -y pnpm@10 "$@"');
  for (const name of ["aws", "awsx"]) {
    const { version } = createRequire(import.meta.resolve("../packages/sandbox/src/index.ts"))(
      `@pulumi/${name}/package.json`,
    );
    const plugin = join(folder, `home/plugins/resource-${name}-v${version}`);
    mkdirSync(plugin, { recursive: true });
    program(join(plugin, `pulumi-resource-${name}`), "exit 1");
  }
}

function program(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

function isOnPath(name: string): boolean {
  return environment.PATH.split(delimiter).some((each) => {
    try {
      accessSync(join(each, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Previews one language's program. Returns what is wrong. */
async function preview(language: string): Promise<string | undefined> {
  const directory = join(folder, language);
  cpSync(join(ROOT, "examples/languages", language), directory, { recursive: true });
  for (const args of [
    ["package", "add", join(ROOT, "packages/plugin")],
    ["stack", "init", language],
  ]) {
    const { code, output } = await run("pulumi", args, directory);
    if (code !== 0) return `pulumi ${args.join(" ")} ended with ${code}\n${output}`;
  }
  if (language === "go") {
    const { code, output } = await run("go", ["mod", "tidy"], directory);
    if (code !== 0) return `go mod tidy ended with ${code}\n${output}`;
  }
  const { code, output } = await run("pulumi", ["preview", "--stack", language, "--non-interactive"], directory);
  const created = /\+ (\d+) to create/.exec(output)?.[1];
  if (code === 0 && created === String(RESOURCES)) return undefined;
  return `pulumi preview ended with ${code} and ${created ?? "no"} resources, where ${RESOURCES} are to be made\n${output}`;
}

/** Not `spawnSync`: the attached provider answers from this process. */
function run(command: string, args: string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: environment });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
