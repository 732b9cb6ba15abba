import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type AttackJob, askForAttack, type ControlServer, startControl } from "../src/control.ts";
import { stageResult } from "./support.ts";

let control: ControlServer | undefined;
afterEach(async () => {
  await control?.close();
  control = undefined;
});

const ask = (address: { url: string; token: string }, lines: string[] = []) =>
  askForAttack(address, ["no-token"], (line) => lines.push(line));

describe("the control of a running stage", () => {
  it("attacks what is asked for, tells of it, and answers the result", async () => {
    const asked: string[][] = [];
    const job: AttackJob = async (only, tell) => {
      asked.push([...only]);
      tell("first");
      tell("second");
      return stageResult();
    };
    control = await startControl("word", job);
    const lines: string[] = [];
    expect(await ask(control, lines)).toEqual(stageResult());
    expect([asked, lines]).toEqual([[["no-token"]], ["first", "second"]]);
  });

  it("passes on why an attack failed", async () => {
    control = await startControl("word", () => Promise.reject(new Error("the emulator is gone")));
    await expect(ask(control)).rejects.toThrow("lab: the emulator is gone");
  });

  it("takes no order without the word", async () => {
    let asked = false;
    control = await startControl("word", async () => {
      asked = true;
      return stageResult();
    });
    await expect(ask({ url: control.url, token: "guess" })).rejects.toThrow(
      "lab: the stage ended before its attack was done (status 403); start it again with lab up.",
    );
    expect((await fetch(control.url)).status).toBe(403);
    expect(asked).toBe(false);
  });

  it("attacks for one at a time, and again afterwards", async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    control = await startControl("word", async () => {
      await held;
      return stageResult();
    });
    const first = ask(control);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(ask(control)).rejects.toThrow(
      "lab: the stage is being attacked by another command; wait until it is done.",
    );
    release();
    expect(await first).toEqual(stageResult());
    expect(await ask(control)).toEqual(stageResult());
  });

  it("is not waited for when nobody is there", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(ask({ url: `http://127.0.0.1:${port}/attack`, token: "word" })).rejects.toThrow("ECONNREFUSED");
  });
});
