import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addressesMissing, sweep } from "../src/tools.ts";

it("what a killed lab left is removed, and nothing else", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lab-sweep-"));
  try {
    const dead = `attacker-${2 ** 22 + 1}-x1`;
    const alive = `attacker-${process.pid}-x2`;
    for (const name of [dead, alive, "chromium"]) await mkdir(join(directory, name, "profile"), { recursive: true });
    await sweep(directory);
    expect((await readdir(directory)).sort()).toEqual([alive, "chromium"]);
  } finally {
    await rm(directory, { recursive: true });
  }
});

it("an address that this machine does not have is told", async () => {
  expect(await addressesMissing("127.0.0.1")).toBeUndefined();
  expect(await addressesMissing("192.0.2.1")).toMatch(/^no request can be sent from 192\.0\.2\.1 here \(listen EADDR/);
});
