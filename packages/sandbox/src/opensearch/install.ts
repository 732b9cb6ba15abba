import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { takeLock } from "../emulator/install.ts";
import { SandboxError } from "../errors.ts";
import type { OnProgress } from "../paths.ts";
import { cleanEnvironment } from "../process/environment.ts";

const run = promisify(execFile);

const SOURCES = ["pom.xml", "jars.sha256", "Server.java"] as const;
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies";
/** Where Maven and its repositories are configured: the user's mirror and proxy settings are theirs to choose. */
const MAVEN_SETTINGS = /^(MAVEN_\w+|M2_HOME|JAVA_HOME|HTTPS?_PROXY|https?_proxy|NO_PROXY|no_proxy)$/;

/** Runs a command to its end. Replaced in tests. */
export type RunStep = (
  command: string,
  args: string[],
  options: { cwd: string; env: Record<string, string> },
) => Promise<unknown>;

const runStep: RunStep = (command, args, options) => run(command, args, { ...options, maxBuffer: 32 * 1024 * 1024 });

/**
 * Fetches OpenSearch with Maven into `<directory>/opensearch-<hash>`, holds every file to its hash and compiles the node's main class, or
 * reuses what is there. About 45 MB and half a minute the first time. Two processes may ask at the same time.
 *
 * @returns The class path.
 * @throws SandboxError when Maven cannot fetch it, and when a file is missing, is not expected, or has another hash.
 */
export async function installOpenSearch(
  directory: string,
  onProgress: OnProgress = () => {},
  step: RunStep = runStep,
): Promise<string> {
  const sources = await Promise.all(SOURCES.map((name) => readFile(new URL(name, import.meta.url), "utf8")));
  const hash = createHash("sha256").update(sources.join("\0")).digest("hex").slice(0, 12);
  const place = join(directory, `opensearch-${hash}`);
  const classPath = [join(place, "classes"), join(place, "jars", "*")].join(":");
  const complete = join(place, ".complete");
  if (existsSync(complete)) return classPath;
  await mkdir(directory, { recursive: true });
  const waiting = () => onProgress("Waiting for another process that fetches OpenSearch");
  const release = await takeLock(`${place}.lock`, () => existsSync(complete), waiting);
  if (!release) return classPath;
  try {
    onProgress("Fetching OpenSearch 2.19.1 (45 MB), once");
    await rm(place, { recursive: true, force: true });
    await mkdir(join(place, "tmp"), { recursive: true });
    await fetchJars(place, sources[1] as string, step);
    await copyFile(new URL("Server.java", import.meta.url), join(place, "Server.java"));
    const env = environmentOf(place);
    await step("javac", ["-cp", join(place, "jars", "*"), "-d", join(place, "classes"), join(place, "Server.java")], {
      cwd: place,
      env,
    }).catch((error: unknown) => {
      throw failed("compiled", error);
    });
    await writeFile(complete, "");
  } finally {
    await release();
  }
  return classPath;
}

async function fetchJars(place: string, list: string, step: RunStep): Promise<void> {
  await copyFile(new URL("pom.xml", import.meta.url), join(place, "pom.xml"));
  const fetched = join(place, "fetched");
  const args = [
    "-B",
    "-q",
    "-f",
    join(place, "pom.xml"),
    COPY,
    `-DoutputDirectory=${fetched}`,
    "-DincludeScope=runtime",
  ];
  await step("mvn", args, { cwd: place, env: environmentOf(place) }).catch((error: unknown) => {
    throw failed("fetched", error);
  });
  const expected = new Map(
    list
      .trim()
      .split("\n")
      .map((line) => [line.slice(66), line.slice(0, 64)] as const),
  );
  for (const name of await readdir(fetched)) {
    const sum = createHash("sha256")
      .update(await readFile(join(fetched, name)))
      .digest("hex");
    if (expected.get(name) !== sum)
      throw unexpected(`${name} has the SHA-256 ${sum}, not ${expected.get(name) ?? "one that is known"}`);
    expected.delete(name);
  }
  const [missing] = expected.keys();
  if (missing !== undefined) throw unexpected(`${missing} is missing`);
  await rename(fetched, join(place, "jars"));
}

function environmentOf(place: string): Record<string, string> {
  const settings = Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (MAVEN_SETTINGS.test(key) && value ? [[key, value]] : [])),
  );
  // HOME stays the user's for this one step: Maven's settings and its store of files are there.
  return { ...cleanEnvironment(place, { HOME: process.env.HOME ?? place }), ...settings };
}

function failed(what: string, error: unknown): SandboxError {
  const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
  const lines = (stderr || stdout || message).trim().split("\n");
  return new SandboxError(
    `OpenSearch could not be ${what}: ${lines.slice(0, 3).join(" ").trim()}`,
    "Check that Maven reaches its repository (its settings and proxies are honoured) and run the command again.",
    { cause: error },
  );
}

function unexpected(what: string): SandboxError {
  return new SandboxError(
    `OpenSearch's files are not those of packages/sandbox/src/opensearch/jars.sha256: ${what}.`,
    "Find out who changed the file before you use it.",
  );
}
