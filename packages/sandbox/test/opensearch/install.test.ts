import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { labDirectory } from "../../src/index.ts";
import { missingForOpenSearch, type RunTool } from "../../src/opensearch/find-java.ts";
import { awaitServer, startOpenSearch } from "../../src/opensearch/index.ts";
import { installOpenSearch, type RunStep } from "../../src/opensearch/install.ts";

const LIST = readFileSync(new URL("../../src/opensearch/jars.sha256", import.meta.url), "utf8");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "opensearch-install-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("what OpenSearch needs of a machine", () => {
  const machine =
    (tools: Record<string, string>): RunTool =>
    async (command) => {
      const answer = tools[command];
      if (answer === undefined) throw new Error("ENOENT");
      return answer;
    };
  const KIT = "a Java development kit of version 17 or newer.";

  test.each<[string, Record<string, string>, string | undefined]>([
    ["everything", { javac: "javac 17.0.15\n", java: "", mvn: "" }, undefined],
    ["newer Java", { javac: "javac 21\n", java: "", mvn: "" }, undefined],
    ["no compiler", { java: "", mvn: "" }, `There is no javac on PATH; OpenSearch needs ${KIT}`],
    ["an old compiler", { javac: "javac 11.0.2\n", java: "", mvn: "" }, `javac is 11.0.2; OpenSearch needs ${KIT}`],
    ["a compiler that says nothing", { javac: "", java: "", mvn: "" }, `javac is ; OpenSearch needs ${KIT}`],
    ["no java", { javac: "javac 17\n", mvn: "" }, "There is no java on PATH beside javac."],
    ["no Maven", { javac: "javac 17\n", java: "" }, "There is no mvn on PATH; Maven fetches OpenSearch's files."],
  ])("with %s", async (_what, tools, sentence) => {
    expect(await missingForOpenSearch(machine(tools))).toBe(sentence);
  });

  test("this machine's own commands can be asked", async () => {
    const missing = await missingForOpenSearch();
    expect(missing === undefined || missing.length > 20).toBe(true);
  });
});

describe("the installation", () => {
  /** Maven in the place of Maven: it writes files that are no jars. */
  function maven(files: Record<string, string>): { step: RunStep; ran: string[] } {
    const ran: string[] = [];
    const step: RunStep = async (command, args) => {
      ran.push(command);
      if (command !== "mvn") return;
      const output = args.find((argument) => argument.startsWith("-DoutputDirectory="))?.slice(18) as string;
      await mkdir(output, { recursive: true });
      for (const [name, content] of Object.entries(files)) writeFileSync(join(output, name), content);
    };
    return { step, ran };
  }
  const REMEDY = "Find out who changed the file before you use it.";
  const problem = (what: string) =>
    `OpenSearch's files are not those of packages/sandbox/src/opensearch/jars.sha256: ${what}. ${REMEDY}`;

  test("refuses a file that is not the one that was looked at, and runs none of it", async () => {
    const { step, ran } = maven({ "opensearch-2.19.1.jar": "changed" });
    const error = await installOpenSearch(folder, undefined, step).catch((failure: Error) => failure);
    expect((error as Error).message).toMatch(
      /opensearch-2\.19\.1\.jar has the SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}\. Find out who changed the file before you use it\.$/,
    );
    expect(ran).toEqual(["mvn"]);
  });

  test("refuses a file that is not on the list, and one that is missing", async () => {
    const further = installOpenSearch(folder, undefined, maven({ "further.jar": "" }).step);
    await expect(further).rejects.toThrow(/further\.jar has the SHA-256 e3b0c442[0-9a-f]{56}, not one that is known\./);
    const missing = installOpenSearch(folder, undefined, maven({}).step);
    const first = LIST.split("\n")[0]?.slice(66);
    await expect(missing).rejects.toThrow(problem(`${first} is missing`));
  });

  test("says what Maven said", async () => {
    const said =
      (error: object): RunStep =>
      () =>
        Promise.reject(Object.assign(new Error("exit 1"), error));
    const remedy =
      "Check that Maven reaches its repository (its settings and proxies are honoured) and run the command again.";
    const lines = { stdout: "[ERROR] no route\n[ERROR] to\n[ERROR] host\nfourth", stderr: "" };
    const told = installOpenSearch(folder, undefined, said(lines));
    await expect(told).rejects.toThrow(
      `OpenSearch could not be fetched: [ERROR] no route [ERROR] to [ERROR] host ${remedy}`,
    );
    await expect(installOpenSearch(folder, undefined, said({}))).rejects.toThrow(
      `could not be fetched: exit 1 ${remedy}`,
    );
  });
});

const missing = await missingForOpenSearch();
// biome-ignore lint/suspicious/noSkippedTests: a machine without Java says so in its report
if (missing !== undefined) test.skip(`NOT RUN with real Java: ${missing}`, () => {});

describe.skipIf(missing !== undefined)("the server", () => {
  test("is fetched once: another call finds it, and says nothing", async () => {
    const classPath = await installOpenSearch(labDirectory);
    const told: string[] = [];
    const ran: string[] = [];
    const again = await installOpenSearch(
      labDirectory,
      (line) => told.push(line),
      async (command) => ran.push(command),
    );
    expect([again, told, ran]).toEqual([classPath, [], []]);
    const [classes, jars] = classPath.split(":") as [string, string];
    expect(existsSync(join(classes, "Server.class"))).toBe(true);
    expect(jars.endsWith(join("jars", "*"))).toBe(true);
    const copying =
      (compile: () => Promise<unknown>): RunStep =>
      async (command, args) => {
        if (command === "javac") return compile();
        const output = args.find((argument) => argument.startsWith("-DoutputDirectory="))?.slice(18) as string;
        return cp(join(classes, "..", "jars"), output, { recursive: true });
      };
    // Code that does not compile is said to be so.
    const unfit = () => Promise.reject(Object.assign(new Error("exit 1"), { stderr: "Server.java:1: error" }));
    const broken = installOpenSearch(folder, (line) => told.push(line), copying(unfit));
    await expect(broken).rejects.toThrow("OpenSearch could not be compiled: Server.java:1: error");
    // Of two that ask at the same time one fetches, and the other waits for it.
    let compiled = 0;
    const step = copying(async () => void compiled++);
    const both = await Promise.all([1, 2].map(() => installOpenSearch(folder, (line) => told.push(line), step)));
    expect(both[0]).toBe(both[1]);
    expect(compiled).toBe(1);
    const fetching = "Fetching OpenSearch 2.19.1 (45 MB), once";
    expect(told.sort()).toEqual([fetching, fetching, "Waiting for another process that fetches OpenSearch"]);
  }, 240_000);

  test("that ends says why, and where the rest is", async () => {
    // A file where its data should be.
    writeFileSync(join(folder, "data"), "");
    await expect(startOpenSearch(folder)).rejects.toThrow(
      new RegExp(`^OpenSearch ended with 1: .+ Its whole log is ${join(folder, "opensearch.log")}\\.$`),
    );
  }, 240_000);
});

test("a server that stays silent is ended", async () => {
  writeFileSync(join(folder, "opensearch.log"), "starting\n");
  let stopped = 0;
  const process = { groupId: 0, exited: new Promise<number>(() => {}), stop: async () => void stopped++ };
  await expect(awaitServer(folder, process, 0.2)).rejects.toThrow(
    `OpenSearch did not answer in 0.2 seconds: starting Its whole log is ${join(folder, "opensearch.log")}.`,
  );
  expect(stopped).toBe(1);
});
