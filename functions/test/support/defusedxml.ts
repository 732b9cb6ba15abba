import { execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** defusedxml's source distribution, which holds its tests' documents; what is installed of it does not. */
const REQUIREMENT = "defusedxml==0.7.1";
const SHA256 = "1bb3032db185915b62d7c6209c5a8792be6a32ab2fedacc84e01b52c51aa3e69";
const FOLDER = join(import.meta.dirname, "../../../node_modules/.cache/palisade");
const ARCHIVE = join(FOLDER, "defusedxml-0.7.1.tar.gz");

/**
 * The documents of defusedxml's tests: name to bytes. The first time they are fetched from the index of pip's configuration, by hash.
 *
 * @throws Error when the index does not give the file
 */
export function defusedDocuments(): Record<string, Buffer> {
  if (!existsSync(ARCHIVE)) download();
  if (createHash("sha256").update(readFileSync(ARCHIVE)).digest("hex") !== SHA256) {
    throw new Error(`${ARCHIVE} is not ${REQUIREMENT}; remove it`);
  }
  const tar = (...options: string[]) => execFileSync("tar", [...options, ARCHIVE]);
  const names = String(tar("-tzf")).split("\n");
  return Object.fromEntries(
    names
      .filter((name) => /\/xmltestdata\/.+\.x[ms]l$/.test(name))
      .map((name) => [name.replace(/^.*\//, ""), execFileSync("tar", ["-xzOf", ARCHIVE, name])]),
  );
}

function download(): void {
  const folder = join(FOLDER, randomUUID());
  mkdirSync(folder, { recursive: true });
  const list = join(folder, "requirements.txt");
  writeFileSync(list, `${REQUIREMENT} --hash=sha256:${SHA256}\n`);
  const pip = "-m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --require-hashes".split(
    " ",
  );
  try {
    execFileSync("python3", [...pip, "-d", folder, "-r", list], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr)
      .trim()
      .split("\n")
      .at(-1);
    throw new Error(`${REQUIREMENT} could not be fetched with pip: ${said}`);
  }
  renameSync(join(folder, "defusedxml-0.7.1.tar.gz"), ARCHIVE);
}
