import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { SandboxError } from "../errors.ts";
import type { OnProgress } from "../paths.ts";

const execute = promisify(execFile);

/** The version of the CLI that is built: the one of the SDK that the programs use. */
export const PULUMI_VERSION = "3.259.0";

/** The version of Go that its module needs, and the first that fetches a newer one by itself (go.dev/doc/toolchain). */
const GO = { needed: "1.25", fetchingMinor: 21 };

export interface PulumiSearch {
  /** Folder that a built CLI is kept in. */
  cache: string;
  /** `PATH`, and `PULUMI_CLI`: the path of a CLI to use before any other. Default: of this process. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Runs a program to its end in a folder and returns its standard output. Default: the program itself. */
  run?(command: string, args: readonly string[], cwd: string): Promise<string>;
  onProgress?: OnProgress;
}

/**
 * Finds Pulumi's CLI: the one that `PULUMI_CLI` names, the one on PATH, the one built before, else it is built from its Go module, which
 * takes about four minutes on two cores. It has no language host and needs none: the programs run inline.
 *
 * @returns The path of the program, which is called `pulumi`.
 * @throws SandboxError with the remedy, where there is no CLI and no Go to build it with.
 */
export async function findPulumi(search: PulumiSearch): Promise<string> {
  const environment = search.environment ?? process.env;
  const given = environment.PULUMI_CLI;
  if (given !== undefined && given !== "") {
    if (/(^|\/)pulumi$/.test(given) && (await isProgram(given))) return given;
    throw new SandboxError(
      `PULUMI_CLI is ${JSON.stringify(given)}, which is no program called pulumi.`,
      "Set it to the path of Pulumi's CLI, or unset it and one is found or built.",
    );
  }
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const built = join(search.cache, `pulumi-${PULUMI_VERSION}`, "pulumi");
  for (const path of [...folders.map((folder) => join(folder, "pulumi")), built]) {
    if (await isProgram(path)) return path;
  }
  await build(built, folders, search);
  return built;
}

async function build(target: string, folders: readonly string[], search: PulumiSearch): Promise<void> {
  const run = search.run ?? runHere;
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const go = await findGo([...folders, "/usr/local/go/bin"], run, folder);
  search.onProgress?.(`building Pulumi's CLI ${PULUMI_VERSION} from its Go module, once (about four minutes)`);
  // A module of its own: `go install` would not take the version, since the CLI's module has replace directives.
  await writeFile(join(folder, "go.mod"), `module palisade.local/pulumi\n\ngo ${GO.needed}\n`);
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI_VERSION}`;
  const unfinished = `${target}.unfinished`;
  try {
    await run(go, ["get", `github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v${PULUMI_VERSION}`], folder);
    await run(
      go,
      ["build", "-ldflags", version, "-o", unfinished, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
      folder,
    );
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? (error as Error).message);
    throw new SandboxError(
      `Pulumi's CLI could not be built: ${said.trim().split("\n").slice(-3).join(" / ")}`,
      `Mend what Go names, or install Pulumi ${PULUMI_VERSION} and put it on PATH (https://www.pulumi.com/docs/install/).`,
      { cause: error },
    );
  }
  await rename(unfinished, target);
}

async function findGo(folders: readonly string[], run: NonNullable<PulumiSearch["run"]>, cwd: string): Promise<string> {
  let found = "no Go";
  for (const path of folders.map((folder) => join(folder, "go"))) {
    if (!(await isProgram(path))) continue;
    const version = (await run(path, ["env", "GOVERSION"], cwd).catch(() => "")).trim();
    const [major = 0, minor = 0] = version.replace("go", "").split(".").map(Number);
    if (major > 1 || (major === 1 && minor >= GO.fetchingMinor)) return path;
    found = `${version || "a Go that does not run"} in ${dirname(path)}`;
  }
  throw new SandboxError(
    `There is no pulumi on PATH, and it cannot be built: ${found}, where Go ${GO.needed} or newer is needed.`,
    `Install Pulumi ${PULUMI_VERSION} (https://www.pulumi.com/docs/install/) or Go (https://go.dev/dl/).`,
  );
}

async function runHere(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await execute(command, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
