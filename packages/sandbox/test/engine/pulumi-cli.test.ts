import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPulumi } from "../../src/engine/pulumi-cli.ts";

let folder: string;
let calls: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "find-pulumi-"));
  calls = [];
});
afterEach(() => rm(folder, { recursive: true }));

async function program(path: string, text = ""): Promise<string> {
  const whole = join(folder, path);
  await mkdir(join(whole, ".."), { recursive: true });
  await writeFile(whole, text);
  await chmod(whole, 0o755);
  return whole;
}

const built = () => join(folder, "cache", "pulumi-3.259.0", "pulumi");

function search(environment: Record<string, string> = {}, goVersion = "go1.26.8") {
  return findPulumi({
    cache: join(folder, "cache"),
    environment: { PATH: `:${join(folder, "bin")}`, ...environment },
    onProgress: (line) => calls.push(line),
    run: async (command, args) => {
      calls.push([command.replace(`${folder}/`, ""), ...args].join(" ").replaceAll(`${folder}/`, ""));
      if (args[0] === "env") return `${goVersion}\n`;
      if (args[0] === "build") await program("cache/pulumi-3.259.0/pulumi.unfinished");
      return "";
    },
  });
}

describe("findPulumi", () => {
  it("takes the one that PULUMI_CLI names before the one on PATH, and that before the one built earlier", async () => {
    await program("cache/pulumi-3.259.0/pulumi");
    expect(await search()).toBe(built());
    const onPath = await program("bin/pulumi");
    expect(await search({ PULUMI_CLI: "" })).toBe(onPath);
    const given = await program("given/pulumi");
    expect(await search({ PULUMI_CLI: given })).toBe(given);
    expect(calls).toEqual([]);
  });

  it.each(["/nowhere/pulumi", "/bin/sh"])("refuses PULUMI_CLI=%s", async (given) => {
    await expect(search({ PULUMI_CLI: given })).rejects.toThrow(
      `PULUMI_CLI is "${given}", which is no program called pulumi. Set it to the path of Pulumi's CLI, or unset it and one is found or built.`,
    );
  });

  it("builds one with Go, of the SDK's version, and keeps it", async () => {
    await program("bin/go");
    expect(await search()).toBe(built());
    expect(calls).toEqual([
      "bin/go env GOVERSION",
      "building Pulumi's CLI 3.259.0 from its Go module, once (about four minutes)",
      "bin/go get github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v3.259.0",
      "bin/go build -ldflags -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0 " +
        "-o cache/pulumi-3.259.0/pulumi.unfinished github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ]);
    expect(await readFile(join(built(), "..", "go.mod"), "utf8")).toBe("module palisade.local/pulumi\n\ngo 1.25\n");
    expect(await search()).toBe(built());
    expect(calls).toHaveLength(4);
  });

  it("says what Go said when it cannot build it", async () => {
    const go = await program(
      "bin/go",
      '#!/bin/sh\n[ "$1" = env ] && echo go1.27.0 && exit\necho a; echo "module not found" >&2; exit 1\n',
    );
    await expect(findPulumi({ cache: join(folder, "cache"), environment: { PATH: join(go, "..") } })).rejects.toThrow(
      "Pulumi's CLI could not be built: module not found Mend what Go names, or install Pulumi 3.259.0 and put it on PATH " +
        "(https://www.pulumi.com/docs/install/).",
    );
    const failing = findPulumi({
      cache: join(folder, "cache"),
      environment: { PATH: join(go, "..") },
      run: async (_command, args) => {
        if (args[0] === "env") return "go2.0";
        throw new Error("no network");
      },
    });
    await expect(failing).rejects.toThrow("Pulumi's CLI could not be built: no network Mend");
  });

  it("says what is needed where Go is too old", async () => {
    await program("bin/go");
    // On a machine with a newer Go in /usr/local/go/bin that one is asked too, and is as old here.
    await expect(search({}, "go1.19.8")).rejects.toThrow(
      /^There is no pulumi on PATH, and it cannot be built: go1\.19\.8 in .*, where Go 1\.25 or newer is needed\. Install Pulumi 3\.259\.0 /,
    );
    await expect(search({}, "")).rejects.toThrow("a Go that does not run in");
  });
});
