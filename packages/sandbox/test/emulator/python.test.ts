import { expect, test } from "vitest";
import { findPython, type RunPython } from "../../src/emulator/python.ts";

function pythons(found: Record<string, { version: number[]; venv: boolean }>): RunPython {
  return async (command) => {
    const python = found[command];
    if (!python) throw new Error("ENOENT");
    return JSON.stringify({ ...python, path: `/usr/bin/${command}` });
  };
}

test("the first Python that is new enough is taken", async () => {
  const run = pythons({
    python3: { version: [3, 9, 2], venv: true },
    "python3.12": { version: [3, 12, 1], venv: true },
    "python3.11": { version: [3, 11, 4], venv: true },
  });
  expect(await findPython(run)).toEqual({ path: "/usr/bin/python3.12", version: [3, 12, 1] });
});

test("without Python", async () => {
  await expect(findPython(pythons({}))).rejects.toThrow(
    "The emulator needs Python 3.10 or newer, and there is no python3 on PATH. Install it (Debian and Ubuntu: apt-get install python3 python3-venv; macOS: brew install python) and run the command again.",
  );
});

test("with a Python that is too old", async () => {
  const run = pythons({ python3: { version: [3, 9, 2], venv: true }, python: { version: [2, 7, 18], venv: true } });
  await expect(findPython(run)).rejects.toThrow(
    "The emulator needs Python 3.10 or newer, and python3 is 3.9.2, python is 2.7.18. Install it (Debian",
  );
});

test("with a Python without venv, as Debian ships it", async () => {
  await expect(findPython(pythons({ python3: { version: [3, 13, 0], venv: false } }))).rejects.toThrow(
    "python3 (3.13.0) has no venv module, which the emulator is installed with. Install it (Debian and Ubuntu: apt-get install python3-venv) and run the command again.",
  );
});

test("this machine's Python is found", async () => {
  const { version } = await findPython();
  expect(version[0]).toBe(3);
  expect(version[1]).toBeGreaterThanOrEqual(10);
});
