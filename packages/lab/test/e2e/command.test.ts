import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ATTACKS } from "../../src/attacks/index.ts";
import { DETECTION_ID } from "../../src/detection.ts";
import type { JsonFile } from "../../src/report/json.ts";
import { LAB_DIRECTORY, ROOT } from "../../src/tools.ts";
import type { UpFile } from "../../src/up.ts";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const START_MS = 180_000;

let directory: string;
let running: ChildProcess;
let file: UpFile;

/** Runs the command as a person would, with the workspace's own node. */
function lab(...argv: string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", CLI, ...argv], {
    cwd: ROOT,
    env: { ...process.env, INIT_CWD: directory },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function finish(child: ChildProcess): Promise<{ code: number; out: string; err: string }> {
  const text = { out: "", err: "" };
  child.stdout?.on("data", (chunk) => {
    text.out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    text.err += chunk;
  });
  const [code] = await once(child, "close");
  return { code, ...text };
}

/** What the running command has in the lab's folder, by its process id. */
async function own(): Promise<string[]> {
  const names = await readdir(LAB_DIRECTORY);
  const { pid } = running;
  return names.filter((name) => /^(attacker|sandbox)-/.test(name) && name.includes(`-${pid}-`));
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lab-command-"));
  running = lab("up", "weak", "--json", "up.json");
  running.stderr?.resume();
  running.stdout?.resume();
  const path = join(directory, "up.json");
  const deadline = Date.now() + START_MS;
  while (!existsSync(path) && running.exitCode === null && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  file = JSON.parse(await readFile(path, "utf8")) as UpFile;
}, START_MS);

afterAll(async () => {
  if (running.exitCode === null && running.kill("SIGKILL")) await once(running, "close");
  await rm(directory, { recursive: true, force: true });
}, START_MS);

describe("pnpm lab up weak", () => {
  it("writes URLs and tokens that work", async () => {
    expect(file).toMatchObject({ stage: "weak", apiKey: expect.stringMatching(/\S/) });
    for (const url of [file.baseUrl, file.edgeUrl, file.emulatorUrl]) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
    expect(file.users.map(({ name, company }) => [name, company])).toEqual([
      ["alice", "acme"],
      ["bob", "globex"],
      ["carol", null],
    ]);
    const headers = { authorization: `Bearer ${file.users[0]?.accessToken}` };
    for (const url of [file.edgeUrl, file.baseUrl]) {
      const answer = await fetch(`${url}/partners/me`, { headers });
      expect(await answer.json()).toMatchObject({ companyId: "acme", groups: ["partner"] });
    }
  });

  it(
    "is attacked by another process",
    async () => {
      const ids = ["no-token", "sqli-union", "xxe-ssrf"];
      const only = ids.flatMap((id) => ["--only", id]);
      const { code, out, err } = await finish(lab("attack", "--stage", "weak", ...only, "--json", "attack.json"));
      expect([code, err.match(/\[3\/3\] xxe-ssrf: exploited/)?.length]).toEqual([0, 1]);
      expect(out).toContain("weak: 3 attacks: 3 exploited; legitimate requests served: 3 of 3");
      const { stages } = JSON.parse(await readFile(join(directory, "attack.json"), "utf8")) as JsonFile;
      expect(stages[0]?.attacks.map(({ id, verdict, layer }) => [id, verdict, layer])).toEqual(
        ids.map((id) => [id, "exploited", "none"]),
      );
    },
    START_MS,
  );

  it(
    "is started once",
    async () => {
      const { code, err } = await finish(lab("up", "weak"));
      expect(code).toBe(1);
      expect(err).toContain(`lab: weak is already running, in process ${running.pid}; end that one with Ctrl-C first.`);
    },
    START_MS,
  );

  it(
    "leaves nothing on Ctrl-C",
    async () => {
      expect((await own()).length).toBeGreaterThan(0);
      running.kill("SIGINT");
      const [code] = await once(running, "close");
      expect(code).toBe(130);
      expect(await own()).toEqual([]);
      expect(existsSync(join(LAB_DIRECTORY, "weak.json"))).toBe(false);
      await expect(fetch(file.emulatorUrl)).rejects.toThrow("fetch failed");
      const { code: after, err } = await finish(lab("attack", "--stage", "weak"));
      expect([after, err.trim()]).toEqual([
        1,
        "lab: weak is not running; start it in another terminal: pnpm lab up weak",
      ]);
    },
    START_MS,
  );
});

describe("pnpm lab", () => {
  it(
    "says in one sentence what it does not understand",
    async () => {
      const { code, err } = await finish(lab("--only", "nothing"));
      expect([code, err.trim()]).toEqual([
        2,
        `lab: there is no attack "nothing"; the attacks are ${[...ATTACKS.map(({ id }) => id), DETECTION_ID].join(", ")}.`,
      ]);
    },
    START_MS,
  );
});
