import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findState, readState, removeState, writeState } from "../src/state.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lab-state-"));
});
afterAll(() => rm(directory, { recursive: true }));

const state = { stage: "prod", pid: process.pid, url: "http://127.0.0.1:1/attack", token: "word" };

describe("the note of a running stage", () => {
  it("is found again, is its owner's alone, and goes", async () => {
    await writeState(directory, state);
    expect(await readState(directory, "prod")).toEqual(state);
    expect((await stat(join(directory, "prod.json"))).mode & 0o777).toBe(0o600);
    await removeState(directory, "prod");
    await removeState(directory, "prod");
    expect(await findState(directory, "prod")).toBeUndefined();
  });

  it("does not count when its process is gone", async () => {
    await writeState(directory, { ...state, stage: "weak", pid: 2 ** 22 + 1 });
    expect(await findState(directory, "weak")).toBeUndefined();
    await expect(readState(directory, "weak")).rejects.toThrow(
      "lab: weak is not running; start it in another terminal: pnpm lab up weak",
    );
  });
});
