import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { SandboxError } from "../errors.ts";
import type { OnProgress } from "../paths.ts";

const execute = promisify(execFile);

/** Where packages put servers beside what is on an ordinary user's PATH. */
const MORE_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/usr/local/bin", "/opt/homebrew/bin"];

/** The image of the last resort; the same major version as Debian 12's package. */
export const IMAGE = "mariadb:10.11";

/**
 * The program without the service that `mariadb-server` would start on every boot; where a distribution does not package it so
 * (before Debian 12 and Ubuntu 24.04), the whole.
 */
const PACKAGES = [["mariadb-server-core", "mariadb-client-core"], ["mariadb-server"]];

/** Another apt-get may be at work: of another stage, or of the machine's own updates. */
const LOCK = ["-o", "DPkg::Lock::Timeout=300"];

/** A database server that this machine can start. */
export type ServerProgram =
  | { kind: "local"; server: string; install: string }
  | { kind: "docker"; docker: string; image: string };

/** What the search looks at; a test gives its own. */
export interface SearchOptions {
  /** Folders to search, in order. Default: PATH, then the folders where packages put servers. */
  folders?: readonly string[];
  /** Runs a program to its end and returns its standard output. Default: the program itself. */
  run?(command: string, args: readonly string[]): Promise<string>;
  /** Whether this process is root. Default: asked of the system. */
  isRoot?: boolean;
  onProgress?: OnProgress;
}

/**
 * Finds a MariaDB server: the one of this machine, else one that `apt-get` installs (as root, or by sudo if that asks no password), else
 * Docker. Oracle's MySQL, which is set up and logged in to in other ways, is passed over.
 *
 * @throws SandboxError with the remedy, where none of them is to be had
 */
export async function findServer(options: SearchOptions = {}): Promise<ServerProgram> {
  const folders = options.folders ?? [...(process.env.PATH ?? "").split(delimiter), ...MORE_FOLDERS];
  const run = options.run ?? ((command, args) => execute(command, [...args]).then(({ stdout }) => stdout));
  const local = () => findLocal(folders, run);
  const found = await local();
  if (found !== undefined) return found;

  if (await installByApt(folders, run, options)) {
    const installed = await local();
    if (installed !== undefined) return installed;
  }
  const docker = await findProgram(folders, "docker");
  if (docker !== undefined && (await succeeds(run, docker, ["info"]))) return { kind: "docker", docker, image: IMAGE };
  throw new SandboxError(
    "No MariaDB server was found (mariadbd), apt-get could not install one, and no Docker daemon answers.",
    "Install one, with `sudo apt-get install mariadb-server` on Debian or Ubuntu, `sudo dnf install mariadb-server` on Fedora, " +
      "`brew install mariadb` on macOS, or start Docker; then run the command again.",
  );
}

type Run = NonNullable<SearchOptions["run"]>;

async function findLocal(folders: readonly string[], run: Run): Promise<ServerProgram | undefined> {
  const install =
    (await findProgram(folders, "mariadb-install-db")) ?? (await findProgram(folders, "mysql_install_db"));
  if (install === undefined) return undefined;
  for (const name of ["mariadbd", "mysqld"]) {
    const server = await findProgram(folders, name);
    if (server === undefined) continue;
    const version = await run(server, ["--no-defaults", "--version"]).catch(() => "");
    if (version.includes("MariaDB")) return { kind: "local", server, install };
  }
  return undefined;
}

async function installByApt(folders: readonly string[], run: Run, options: SearchOptions): Promise<boolean> {
  const aptGet = await findProgram(folders, "apt-get");
  if (aptGet === undefined) return false;
  const prefix = await privilege(folders, run, options.isRoot ?? process.getuid?.() === 0);
  if (prefix === undefined) return false;
  options.onProgress?.("installing MariaDB with apt-get (once for this machine)");
  const [command = "", ...before] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", aptGet];
  // A stale or an offline package list is no reason to stop: the installation says whether it suffices.
  await run(command, [...before, ...LOCK, "update", "-qq"]).catch(() => "");
  for (const packages of PACKAGES) {
    const install = [...LOCK, "install", "-y", "-qq", "--no-install-recommends", ...packages];
    if (await succeeds(run, command, [...before, ...install])) return true;
  }
  return false;
}

/** The words before a command that make it root's; undefined where that needs a password. */
async function privilege(folders: readonly string[], run: Run, isRoot: boolean): Promise<string[] | undefined> {
  if (isRoot) return [];
  const sudo = await findProgram(folders, "sudo");
  return sudo !== undefined && (await succeeds(run, sudo, ["-n", "true"])) ? [sudo, "-n"] : undefined;
}

async function findProgram(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    if (folder === "") continue;
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    ) {
      return path;
    }
  }
  return undefined;
}

function succeeds(run: Run, command: string, args: readonly string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}
