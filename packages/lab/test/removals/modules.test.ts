import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { replaceModules } from "../../src/removals/modules.ts";
import { type FakeCommand, fakeStage } from "../fake-stage.ts";

let bundleDirectory: string;
beforeAll(async () => {
  bundleDirectory = await mkdtemp(join(tmpdir(), "lab-modules-"));
});
afterAll(() => rm(bundleDirectory, { recursive: true }));

function stage(command: (command: FakeCommand) => unknown) {
  return Object.assign(fakeStage({ command }), { bundleDirectory });
}
const aliases = { Aliases: [{ Name: "live", FunctionVersion: "1" }, { Name: "unfinished" }] };

describe("a function whose modules are replaced", () => {
  it("is published, and its alias moved there and back; the version goes with its process", async () => {
    const updating = [{ LastUpdateStatus: "InProgress" }, { LastUpdateStatus: "Successful" }];
    const one = stage(({ name, input }) => {
      if (name === "ListAliases") return aliases;
      if (name === "UpdateFunctionCode") return input.Publish ? { Version: "7" } : {};
      return name === "GetFunctionConfiguration" ? updating.shift() : {};
    });
    const restore = await replaceModules(one, "orders", ["function:company-check", "function:group-check"]);
    const code = (command: FakeCommand | undefined) => Buffer.from(command?.input.ZipFile as Uint8Array);
    const published = one.commands.find(({ name }) => name === "UpdateFunctionCode");
    expect(one.commands.at(-1)).toEqual({
      name: "UpdateAlias",
      input: { FunctionName: "orders-1", Name: "live", FunctionVersion: "7" },
    });
    expect(updating).toEqual([]);
    await restore();
    expect(one.commands.slice(-3).map(({ name }) => name)).toEqual([
      "UpdateAlias",
      "DeleteFunction",
      "UpdateFunctionCode",
    ]);
    expect(one.commands.at(-3)?.input).toEqual({ FunctionName: "orders-1", Name: "live", FunctionVersion: "1" });
    expect(one.commands.at(-2)?.input).toEqual({ FunctionName: "orders-1", Qualifier: "7" });
    expect(code(one.commands.at(-1)).equals(code(published))).toBe(false);
  });

  it("may have no alias", async () => {
    const one = stage(({ name }) => (name === "UpdateFunctionCode" ? { Version: "2" } : {}));
    await (await replaceModules(one, "orders", ["function:company-check"]))();
    expect(one.commands.map(({ name }) => name)).not.toContain("UpdateAlias");
  });

  it("must be published", async () => {
    await expect(
      replaceModules(
        stage(() => ({})),
        "orders",
        ["function:company-check"],
      ),
    ).rejects.toThrow("Lambda published no version of orders-1");
  });

  it("must be in place within five seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      const one = stage(({ name }) =>
        name === "GetFunctionConfiguration" ? { LastUpdateStatus: "InProgress" } : { Version: "2" },
      );
      const failed = expect(replaceModules(one, "orders", ["function:company-check"])).rejects.toThrow(
        "the code of orders-1 was not in place within 5 seconds",
      );
      const ticking = setInterval(() => vi.advanceTimersByTime(25), 0);
      await failed;
      clearInterval(ticking);
    } finally {
      vi.useRealTimers();
    }
  });

  it("has no stand-in for what is no module of it", async () => {
    const one = stage(() => ({}));
    await expect(replaceModules(one, "orders", ["function:search-term"])).rejects.toThrow(
      'bundle: replace of "orders": shared/defences/search-term.ts is not part of it',
    );
    await expect(replaceModules(one, "orders", ["iam:role"])).rejects.toThrow("iam:role");
  });
});
