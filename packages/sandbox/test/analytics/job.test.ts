/**
 * The cleaning job's own tests, in Python with one Spark session, as tests of this run: every function of
 * packages/analytics-pipeline/job/tests is one, with all its cases.
 */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JOB_DIRECTORY, SPARK, sparkEnvironment } from "../../src/analytics/index.ts";
import { installPythonTool, labDirectory } from "../../src/index.ts";

const TESTS = join(JOB_DIRECTORY, "tests");
const FILES = readdirSync(TESTS).filter((name) => /^test_\w+\.py$/.test(name));

interface Case {
  file: string;
  name: string;
  failure: string | undefined;
}

let directory: string;
let cases: Case[] = [];
let notRun: string | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "palisade-job-"));
  await mkdir(join(directory, "tmp"));
  const python = await installPythonTool(SPARK, labDirectory);
  const env = sparkEnvironment(python, directory);
  const java = await run(python, ["-c", "from palisade_etl.session import java_home; java_home()"], env);
  if (java.code !== 0) {
    notRun = `NOT RUN: ${java.output.trim().split("\n").at(-1)}`;
    return;
  }
  const report = join(directory, "report.xml");
  const given = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", `--junitxml=${report}`, TESTS];
  const { output } = await run(python, given, env);
  if (!existsSync(report)) throw new Error(`pytest wrote no report: ${output.slice(-4000)}`);
  cases = readReport(readFileSync(report, "utf8"));
}, 600_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

describe.each(FILES)("%s", (file) => {
  const source = readFileSync(join(TESTS, file), "utf8");
  const names = [...source.matchAll(/^def (test_\w+)\(/gm)].map(([, name]) => name as string);

  test.for(names)("%s", (name, { skip }) => {
    if (notRun !== undefined) skip(notRun);
    const of = cases.filter((each) => each.file === file && each.name === name);
    expect(of.length).toBeGreaterThan(0);
    expect(of.flatMap(({ failure }) => failure ?? [])).toEqual([]);
  });
});

test("Glue's library is imported by the adapter alone", () => {
  const modules = readdirSync(JOB_DIRECTORY, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".py"),
  );
  const importing = modules.filter((name) => /^\s*(import|from) awsglue\b/m.test(read(name)));
  expect(importing).toEqual(["glue_job.py"]);
});

const read = (name: string) => readFileSync(join(JOB_DIRECTORY, name), "utf8");

function run(command: string, args: string[], env: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const options = { cwd: JOB_DIRECTORY, env, maxBuffer: 64 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : 1, output: stdout + stderr }),
    );
  });
}

/** The cases of a JUnit report, as pytest writes it. */
function readReport(xml: string): Case[] {
  return [...xml.matchAll(/<testcase ([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g)].map(
    ([, attributes = "", , body = ""]) => ({
      file: `${(/classname="([^"]*)"/.exec(attributes)?.[1] ?? "").split(".").at(-1)}.py`,
      name: (/ ?name="([^"[]*)/.exec(attributes.replace(/classname="[^"]*"/, ""))?.[1] ?? "").trim(),
      failure: /<(failure|error|skipped)\b/.test(body) ? body.slice(0, 2000) : undefined,
    }),
  );
}
