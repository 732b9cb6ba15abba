/**
 * A Node that Jazzer.js loads in. Its library is built against glibc 2.38, which Debian 12 is too old for. There the C library of Debian 13 is taken from the machine's own
 * mirror, checked by apt with Debian's keys, unpacked into `.lab`, and given to this Node alone; nothing is installed.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const LAB = resolve(import.meta.dirname, "../../.lab/debian-13");
const PACKAGES = ["libc6", "libgcc-s1", "libstdc++6"];
const KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Node's path, or why there is none. `FUZZ_NODE` names another one than this. */
export function nodeFor(jazzer: string): { node: string } | { reason: string } {
  const node = process.env.FUZZ_NODE ?? process.execPath;
  const reason = whyNot(node, jazzer);
  if (reason === undefined) return { node };
  if (!reason.includes("GLIBC_")) return { reason };
  try {
    const newer = withNewerLibrary(node);
    const still = whyNot(newer, jazzer);
    return still === undefined ? { node: newer } : { reason: still };
  } catch (error) {
    return {
      reason: `${reason}; Debian's newer C library is not to be had: ${(error as Error).message.split("\n")[0]}`,
    };
  }
}

function whyNot(node: string, jazzer: string): string | undefined {
  const { status, stderr } = spawnSync(node, ["-e", `require(${JSON.stringify(jazzer)})`], { encoding: "utf8" });
  if (status === 0) return undefined;
  return /Error: .*/.exec(stderr)?.[0].replace(/\/\S*\//g, "") ?? "it does not load";
}

/** A command that starts a Node with the newer library. */
function withNewerLibrary(node: string): string {
  if (loader() === undefined) fetchLibrary();
  const found = loader();
  if (found === undefined) throw new Error("libc6 holds no loader");
  const command = join(LAB, "node");
  writeFileSync(command, `#!/bin/sh\nexec '${found}' --library-path '${dirname(found)}' '${node}' "$@"\n`);
  chmodSync(command, 0o755);
  return command;
}

function loader(): string | undefined {
  const [found] = globSync("root/usr/lib/*/ld-linux-*.so.*", { cwd: LAB });
  return found === undefined ? undefined : join(LAB, found);
}

function fetchLibrary(): void {
  rmSync(LAB, { recursive: true, force: true });
  for (const folder of ["lists/partial", "cache/archives/partial", "root"]) {
    mkdirSync(join(LAB, folder), { recursive: true });
  }
  const sources = join(LAB, "sources.list");
  writeFileSync(sources, `deb [signed-by=${KEYS}] ${mirror()} trixie main\n`);
  const apt = (...given: string[]) =>
    execFileSync(
      "apt-get",
      [
        ...["-qq", "-o", `Dir::Etc::sourcelist=${sources}`, "-o", "Dir::Etc::sourceparts=/dev/null"],
        ...["-o", `Dir::State::lists=${join(LAB, "lists")}`, "-o", `Dir::Cache=${join(LAB, "cache")}`],
        ...given,
      ],
      { cwd: LAB, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" },
    );
  apt("update");
  apt("download", ...PACKAGES);
  for (const file of globSync("*.deb", { cwd: LAB })) execFileSync("dpkg-deb", ["-x", file, "root"], { cwd: LAB });
}

/** The first of Debian's own archives that this machine asks. */
function mirror(): string {
  const told = execFileSync("apt-get", ["indextargets", "--format", "$(REPO_URI)"], { encoding: "utf8" });
  const found = told.split("\n").find((uri) => /\/debian\/?$/.test(uri));
  if (found === undefined) throw new Error("apt knows no archive of Debian's");
  return found;
}
