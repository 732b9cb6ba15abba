import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  BUNDLE_DIR,
  type Bundle,
  bundle,
  bundleDetails,
  bundleEntry,
  bundleEntryDetails,
  functionNames,
} from "../../build/bundle.ts";
import { readZip } from "../support/zip.ts";

/** Bytes of the code, and of the code gzipped. A function that outgrows them grew by an import: look at `inputs`. */
const BUDGETS: Record<string, [number, number]> = {
  admin: [1_150_000, 420_000],
  authorizer: [60_000, 20_000],
  carts: [1_150_000, 420_000],
  catalog: [1_150_000, 420_000],
  migrations: [1_150_000, 420_000],
  "order-import": [1_200_000, 430_000],
  orders: [1_150_000, 420_000],
  partners: [6_000, 3_000],
  receipt: [1_150_000, 420_000],
  "finding-notifier": [30_000, 12_000],
  "finding-response": [40_000, 14_000],
  "threat-simulator": [6_000, 3_000],
  // jose, for the code of the pool's own page, and the signed calls.
  session: [42_000, 15_000],
};

let folder: string;
const built = new Map<string, Bundle>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "palisade-bundle-"));
  for (const name of functionNames()) built.set(name, await bundleDetails(name, { outDir: folder }));
  // Ten bundles, on a machine that other tests keep busy.
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const codeOf = (path: string) => String(readZip(readFileSync(path)).get("index.mjs"));

describe.each(Object.entries(BUDGETS))("the bundle of %s", (name, [codeBytes, gzipBytes]) => {
  const details = () => built.get(name) as Bundle;

  test("keeps to its budget", () => {
    expect(details().codeBytes).toBeLessThanOrEqual(codeBytes);
    expect(details().gzipBytes).toBeLessThanOrEqual(gzipBytes);
  });

  test("is one file", () => {
    expect([...readZip(readFileSync(details().path)).keys()]).toEqual(["index.mjs"]);
  });

  test.each([
    ["a path of the machine that built it", resolve(import.meta.dirname, "../../..")],
    ["a source map", "sourceMappingURL"],
    ["tests", "vitest"],
    ["TypeScript's sources", "functions/src"],
    ["the SDK", "@aws-sdk/"],
    ["the libraries of the weak stage", "node-serialize"],
    ["a private key", "PRIVATE KEY-----"],
  ])("holds no sign of %s", (_what, text) => {
    expect(codeOf(details().path).includes(text)).toBe(false);
  });

  test("is made of its own function, the shared modules and nothing of the tests", () => {
    const own = details().inputs.filter((input) => !input.startsWith("node_modules/"));
    const modules = new RegExp(`^functions/(src/(${name}|shared)/|build/unused-https-stand-in\\.ts$)`);
    for (const input of own) expect(input).toMatch(modules);
    expect(own.some((input) => /\.env|\.test\.|\.zip/.test(input))).toBe(false);
  });
});

test("the authorizer is made of two libraries: one that verifies tokens, one that signs its calls", () => {
  const packages = (built.get("authorizer") as Bundle).inputs
    .map((input) => /node_modules\/\.pnpm\/[^/]+\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1])
    .filter((name) => name !== undefined);
  expect([...new Set(packages)]).toEqual(["aws-jwt-verify", "aws4fetch"]);
});

test("the same sources give the same bytes, in another time zone too", async () => {
  const zone = process.env.TZ;
  for (const TZ of ["Pacific/Auckland", "America/Los_Angeles"]) {
    process.env.TZ = TZ;
    const again = await bundleDetails("authorizer", { outDir: join(folder, TZ) });
    expect(again.sha256).toBe(built.get("authorizer")?.sha256);
  }
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test("a bundle leaves its zip and its source map, and nothing unfinished", () => {
  expect(readdirSync(folder).filter((name) => name.startsWith("authorizer"))).toEqual(["authorizer.zip"]);
  const map = JSON.parse(readFileSync(built.get("authorizer")?.sourceMapPath ?? "", "utf8"));
  expect(map.sources).toEqual(expect.arrayContaining([expect.stringMatching(/authorizer\/core\.ts$/)]));
});

describe("replacing a module", () => {
  const standIn = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const company = "shared/defences/company-check.ts";
  const group = "shared/defences/group-check.ts";

  test("puts the stand-in in its place, one or several, and leaves the real bundle alone", async () => {
    const companyFree = standIn("company.ts", 'export const checkCompany = () => { console.log("stand-in-1"); };');
    const groupFree = standIn("group.ts", 'export const checkGroups = () => { console.log("stand-in-2"); };');
    const one = await bundle("orders", { outDir: folder, replace: { [company]: companyFree } });
    const both = await bundle("orders", { outDir: folder, replace: { [company]: companyFree, [group]: groupFree } });
    expect(new Set([one, both, built.get("orders")?.path]).size).toBe(3);
    const marks = [one, both, built.get("orders")?.path ?? ""].map((path) =>
      ["stand-in-1", "stand-in-2", "your company's", "Your groups may not"].map((mark) => codeOf(path).includes(mark)),
    );
    expect(marks).toEqual([
      [true, false, false, true],
      [true, true, false, false],
      [false, false, true, true],
    ]);
  });

  test("lets the stand-in import what it replaces", async () => {
    const original = resolve(import.meta.dirname, "../../src", company);
    const wrapped = standIn("wrap.ts", `export * from ${JSON.stringify(original)}; console.log("wrapped");`);
    const text = codeOf(await bundle("orders", { outDir: folder, replace: { [company]: wrapped } }));
    expect([text.includes("wrapped"), text.includes("your company's")]).toEqual([true, true]);
  });

  test("refuses a module that the function does not have", async () => {
    const other = standIn("other.ts", "export const refuseDoctype = () => {};");
    await expect(bundle("partners", { replace: { "shared/defences/xml-doctype.ts": other } })).rejects.toThrow(
      'bundle: replace of "partners": shared/defences/xml-doctype.ts is not part of it; its modules are partners/handler.ts, ' +
        "partners/operations.ts, shared/api.ts, shared/defences/cross-origin.ts, shared/defences/group-check.ts, " +
        "shared/defences/principal.ts, shared/defences/problem-details.ts, shared/defences/same-origin.ts, shared/function.ts, " +
        "shared/invocation.ts, shared/log.ts, shared/refusal.ts",
    );
  });

  test("refuses a path without a file", async () => {
    await expect(bundle("partners", { replace: { "shared/nothing.ts": "x" } })).rejects.toThrow(
      /^bundle: replace of "partners": no file .*functions\/src\/shared\/nothing\.ts; write the module's path under functions\/src or absolute, and the stand-in's path under the repository or absolute$/,
    );
  });
});

test("refuses a function that is not there", async () => {
  await expect(bundle("nothing")).rejects.toThrow(
    `bundle: no function "nothing"; the functions are ${functionNames().join(", ")}`,
  );
});

describe("bundleEntry", () => {
  test("bundles any entry, with files beside it", async () => {
    const entry = join(folder, "entry.ts");
    writeFileSync(entry, "const longName: number = 1; export const handler = () => longName;");
    const path = await bundleEntry(entry, "weak", {
      outDir: folder,
      minify: false,
      files: { "src/z.ts": entry, "a.env": entry },
    });
    const files = readZip(readFileSync(path));
    expect([...files.keys()]).toEqual(["a.env", "index.mjs", "src/z.ts"]);
    expect(String(files.get("index.mjs"))).toContain("longName");
    expect(String(files.get("src/z.ts"))).toBe(readFileSync(entry, "utf8"));
  });

  test("fails where the code does not build", async () => {
    const entry = join(folder, "broken.ts");
    writeFileSync(entry, 'import "./missing.ts";');
    await expect(bundleEntryDetails(entry, "broken", { outDir: folder })).rejects.toThrow(
      'Could not resolve "./missing.ts"',
    );
  });

  test("writes to a folder that git ignores by default", () => {
    expect(BUNDLE_DIR).toBe(resolve(import.meta.dirname, "../../.bundle"));
  });
});
