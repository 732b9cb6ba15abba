import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { HELP } from "../src/arguments.ts";
import { Closers } from "../src/closers.ts";
import { main, realWorld, type World } from "../src/main.ts";
import { peelStep } from "../src/peel.ts";
import type { StageSession } from "../src/session.ts";
import { attackResult, stageResult, USERS } from "./support.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lab-main-"));
});
afterAll(() => rm(directory, { recursive: true }));

let out: string[];
let err: string[];
beforeEach(() => {
  out = [];
  err = [];
});

const exploited = attackResult({ verdict: "exploited", layer: "none", defence: undefined, evidence: "read" });
const weak = stageResult({ stage: "weak", attacks: [exploited] });
const result = (...stages: ReturnType<typeof stageResult>[]) => ({
  startedAt: "2026-01-01T00:00:00Z",
  ms: 4200,
  stages,
});
const session = {
  stage: {
    stage: "weak",
    baseUrl: "http://127.0.0.1:2/gateway",
    edgeUrl: "http://127.0.0.1:1",
    emulatorUrl: "http://127.0.0.1:2",
    outputs: { apiKey: "key-1" },
  },
  people: { users: USERS },
} as unknown as StageSession;

function world(more: Partial<World> = {}): World {
  const never = (): never => {
    throw new Error("not asked for");
  };
  return {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    colours: false,
    directory,
    stopped: async () => {},
    runLab: never,
    runLayers: never,
    runWithoutEdge: never,
    up: never,
    readState: never,
    askForAttack: never,
    writeReport: async () => ["/lab/report/index.html"],
    ...more,
  };
}

const read = async (name: string) => JSON.parse(await readFile(join(directory, name), "utf8"));

describe("pnpm lab --without edge", () => {
  const edge = attackResult({ layer: "edge", defence: "edge:rate-limit", defences: ["edge:rate-limit"], id: "flood" });
  const both = attackResult({ layer: "edge", defence: "edge:sql-injection" });
  const unread = attackResult({ id: "sqli-cookie", layer: "edge", defence: "edge:script", unread: "prod reads none" });
  const legitimate: never[] = [];
  const whole = stageResult({ attacks: [edge, both, unread], legitimate });

  it("attacks prod twice, and says what the edge alone stopped and what stands behind it", async () => {
    const none = { layer: "none", defence: undefined } as const;
    const open = stageResult({
      stage: "prod without edge",
      attacks: [{ ...edge, ...none, verdict: "exploited" }, attackResult(), { ...unread, ...none }],
      legitimate,
    });
    const runWithoutEdge: World["runWithoutEdge"] = async () => result(whole, open);
    expect(await main(["--without", "edge"], world({ runWithoutEdge }))).toBe(0);
    expect(out.join("\n")).toContain(
      [
        "stopped by the edge alone: 1: flood",
        "stopped by the edge, and by what stands behind it: 1: sqli-union (function:search-term)",
        "stopped by the edge, and read by nothing behind it: 1: sqli-cookie",
      ].join("\n"),
    );
  });

  it("ends with 1 where another attack succeeds", async () => {
    const open = stageResult({ stage: "prod without edge", attacks: [{ ...both, verdict: "exploited" }], legitimate });
    const runWithoutEdge: World["runWithoutEdge"] = async () => result(whole, open);
    expect(await main(["--without", "edge"], world({ runWithoutEdge }))).toBe(1);
    expect(out.join("\n")).toContain("prod without edge: sqli-union is exploited: ");
    expect(out.join("\n")).toContain("stopped by the edge alone: 1: sqli-union");
    expect(out.join("\n")).toContain("read by nothing behind it: 0");
  });
});

describe("pnpm lab", () => {
  it("prints the table, the counts and the report's place, and ends with 0", async () => {
    const runLab: World["runLab"] = async (only, _closers, tell) => {
      tell(`only ${only.join()}`);
      return result(weak, stageResult());
    };
    expect(await main(["--only", "sqli-union", "--json", "deep/lab.json"], world({ runLab }))).toBe(0);
    expect(err[0]).toMatch(/^ {3}\d\.\ds {2}only sqli-union$/);
    expect(out.join("\n").split("\n")).toEqual([
      "attack      paper   weak       prod     layer",
      "----------  ------  ---------  -------  --------------------",
      "sqli-union  IV.1.B  exploited  blocked  function:search-term",
      "",
      expect.stringContaining("weak: 1 attacks: 1 exploited; legitimate requests served: 1 of 1"),
      expect.stringContaining("prod: 1 attacks: 1 blocked"),
      "report: /lab/report/index.html",
      "as expected, in 4.2 s",
    ]);
    expect((await read("deep/lab.json")).stages.length).toBe(2);
    expect(await readdir(join(directory, "deep"))).toEqual(["lab.json"]);
  });

  it("goes no further after Ctrl-C", async () => {
    const runLab: World["runLab"] = async (_only, closers, tell) => {
      await closers.stop();
      tell("the next step");
      return result(weak);
    };
    expect(await main([], world({ runLab }))).toBe(1);
    expect(err).toEqual(["lab: stopped"]);
  });

  it("ends with 1 when prod falls", async () => {
    const runLab = async () => result(stageResult({ attacks: [exploited] }));
    expect(await main([], world({ runLab, colours: true, writeReport: async () => [] }))).toBe(1);
    expect(out.join("\n")).toContain("prod: sqli-union is exploited: read");
    expect(out.join("\n")).toContain("NOT as expected: 1 of the above");
    expect(out.join("\n")).toContain("\u001b[31mexploited");
  });

  it("ends with 1 and one sentence when it cannot run", async () => {
    const runLab = () => Promise.reject(new Error("Python 3.10 or newer is missing."));
    expect(await main([], world({ runLab }))).toBe(1);
    expect(err).toEqual(["Python 3.10 or newer is missing."]);
  });

  it("ends with 2 when it is not understood", async () => {
    expect(await main(["fly"], world())).toBe(2);
    expect(err[0]).toContain('there is no command "fly"');
  });

  it("helps", async () => {
    expect(await main(["--help"], world())).toBe(0);
    expect(out).toEqual([HELP]);
  });
});

describe("pnpm lab attack", () => {
  it("asks the running stage and judges its answer", async () => {
    const state = { stage: "prod", pid: 1, url: "http://127.0.0.1:1", token: "word" };
    const asked: unknown[] = [];
    const code = await main(
      ["attack", "--stage", "prod", "--only", "sqli-union", "--json", "attack.json"],
      world({
        readState: async (_directory, stage) => ({ ...state, stage }),
        askForAttack: async (address, only) => {
          asked.push(address, only);
          return stageResult();
        },
      }),
    );
    expect(code).toBe(0);
    expect(asked).toEqual([state, ["sqli-union"]]);
    expect(await read("attack.json")).toMatchObject({ stages: [{ stage: "prod" }] });
  });
});

describe("pnpm lab layers", () => {
  const attack = { id: "sqli-union", defences: ["function:search-term"] } as const;

  it("ends with 0 when every step met what the attacks claim", async () => {
    const runLayers = async () => [peelStep(attack, [], attackResult())];
    expect(await main(["layers"], world({ runLayers }))).toBe(0);
    expect(out).toEqual(["1 steps, 0 otherwise than the attacks claim"]);
  });

  it("ends with 1 when one did not", async () => {
    const runLayers = async () => [peelStep(attack, [], exploited)];
    expect(await main(["layers"], world({ runLayers }))).toBe(1);
  });
});

describe("pnpm lab up", () => {
  it("prints and writes where the stage is and who may call it, until it is stopped", async () => {
    let stopped = false;
    const stop = async () => {
      stopped = true;
    };
    const code = await main(["up", "weak", "--json", "up.json"], world({ up: async () => session, stopped: stop }));
    expect([code, stopped]).toEqual([0, true]);
    expect(await read("up.json")).toEqual({
      stage: "weak",
      baseUrl: "http://127.0.0.1:2/gateway",
      edgeUrl: "http://127.0.0.1:1",
      emulatorUrl: "http://127.0.0.1:2",
      users: [
        expect.objectContaining({ name: "alice", company: "acme", groups: ["partner", "company:acme"] }),
        expect.objectContaining({ name: "bob", company: "globex" }),
        {
          name: "carol",
          company: null,
          groups: ["admin"],
          accessToken: USERS.carol.accessToken,
          idToken: USERS.carol.idToken,
        },
      ],
      apiKey: "key-1",
    });
    expect(out[0]).toContain("weak is running; Ctrl-C ends it.");
    expect(out[0]).toContain("API key   key-1");
    expect(out[0]).toContain("carol, no company, groups admin");
    expect(out[0]).toContain(USERS.bob.accessToken);
  });

  it("has no API key where the stage has none, and writes no file unasked", async () => {
    const prod = { ...session, stage: { ...session.stage, stage: "prod", outputs: {} } } as unknown as StageSession;
    expect(await main(["up", "prod"], world({ up: async () => prod }))).toBe(0);
    expect(out[0]).not.toContain("API key");
  });
});

describe("the real world", () => {
  it("is this process, which runs until it is stopped", async () => {
    const real = realWorld();
    const said: unknown[] = [];
    const spies = [
      vi.spyOn(console, "log").mockImplementation((text) => said.push(text)),
      vi.spyOn(console, "error").mockImplementation((text) => said.push(text)),
    ];
    real.out("result");
    real.err("progress");
    for (const spy of spies) spy.mockRestore();
    expect(said).toEqual(["result", "progress"]);
    expect(real.directory).toBe(process.env.INIT_CWD ?? process.cwd());
    expect(real.colours).toBe(process.stdout.isTTY === true && process.env.NO_COLOR === undefined);

    let stopped = false;
    const closers = new Closers();
    const waiting = real.stopped(closers).then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    await closers.stop();
    await waiting;
  });
});
