import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findServer } from "../../src/database/find-server.ts";

let folder: string;
let calls: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "find-server-"));
  calls = [];
});
afterEach(() => rm(folder, { recursive: true }));

async function programs(...names: string[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(folder, name), "");
    await chmod(join(folder, name), 0o755);
  }
}

/** Stands for the machine: answers by the command line without the folder, and fails on every other. */
function machine(answers: Record<string, string | (() => Promise<string>)>) {
  return async (command: string, args: readonly string[]) => {
    const line = [command, ...args].join(" ").replaceAll(`${folder}/`, "");
    calls.push(line);
    const answer = answers[line];
    if (answer === undefined) throw new Error(`${line}: failed`);
    return typeof answer === "string" ? answer : answer();
  };
}

const search = (answers: Parameters<typeof machine>[0], isRoot = false) =>
  findServer({
    folders: ["", "/nowhere", folder],
    run: machine(answers),
    isRoot,
    onProgress: (line) => calls.push(line),
  });

const MARIADB = { "mariadbd --no-defaults --version": "mariadbd Ver 10.11.19-MariaDB" };

describe("findServer", () => {
  it("takes the machine's MariaDB and installs nothing", async () => {
    await programs("mariadbd", "mariadb-install-db", "apt-get", "docker");
    expect(await search(MARIADB)).toEqual({
      kind: "local",
      server: join(folder, "mariadbd"),
      install: join(folder, "mariadb-install-db"),
    });
    expect(calls).toEqual(["mariadbd --no-defaults --version"]);
  });

  it("takes a MariaDB that is called mysqld", async () => {
    await programs("mysqld", "mysql_install_db");
    const found = await search({ "mysqld --no-defaults --version": "mysqld Ver 10.3.39-MariaDB" });
    expect(found).toMatchObject({ kind: "local", server: join(folder, "mysqld") });
  });

  it("passes Oracle's MySQL over, for Docker", async () => {
    await programs("mysqld", "mysql_install_db", "docker");
    const found = await search({ "mysqld --no-defaults --version": "mysqld Ver 8.4.3 for Linux", "docker info": "ok" });
    expect(found).toEqual({ kind: "docker", docker: join(folder, "docker"), image: "mariadb:10.11" });
  });

  const apt = (prefix: string, packages = "mariadb-server-core mariadb-client-core") => ({
    [`${prefix}env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends ${packages}`]:
      async () => {
        await programs("mariadbd", "mariadb-install-db");
        return "";
      },
    ...MARIADB,
  });

  it("installs with apt-get as root, though the lists could not be updated", async () => {
    await programs("apt-get");
    expect(await search(apt(""), true)).toMatchObject({ kind: "local" });
    expect(calls).toEqual([
      "installing MariaDB with apt-get (once for this machine)",
      "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update -qq",
      "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends mariadb-server-core mariadb-client-core",
      "mariadbd --no-defaults --version",
    ]);
  });

  it("installs by sudo where that asks no password", async () => {
    await programs("apt-get", "sudo");
    expect(await search({ "sudo -n true": "", ...apt("sudo -n ") })).toMatchObject({ kind: "local" });
  });

  it("installs the whole package where the distribution has no smaller one", async () => {
    await programs("apt-get");
    expect(await search(apt("", "mariadb-server"), true)).toMatchObject({ kind: "local" });
  });

  it("says what to do where nothing works", async () => {
    await programs("apt-get", "sudo", "docker");
    await expect(search({})).rejects.toThrow(
      "No MariaDB server was found (mariadbd), apt-get could not install one, and no Docker daemon answers. Install one, with " +
        "`sudo apt-get install mariadb-server` on Debian or Ubuntu, `sudo dnf install mariadb-server` on Fedora, `brew install mariadb` " +
        "on macOS, or start Docker; then run the command again.",
    );
    expect(calls).toEqual(["sudo -n true", "docker info"]);
  });

  it("says so too where there is neither apt-get, sudo nor Docker", async () => {
    await expect(search({})).rejects.toThrow("No MariaDB server was found");
    await programs("apt-get");
    await expect(search({})).rejects.toThrow("No MariaDB server was found");
    await programs("mariadbd");
    await expect(search({}, true)).rejects.toThrow("No MariaDB server was found");
  });

  it("looks at this machine unless it is told otherwise", async () => {
    const found = await findServer();
    expect(["local", "docker"]).toContain(found.kind);
  });
});
