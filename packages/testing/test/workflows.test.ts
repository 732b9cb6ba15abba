import { existsSync, globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

/** The workflows run what is there: scripts of the manifests, files of the repository, options that `pnpm preview` reads. */
const root = resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(resolve(root, file), "utf8");
const workflows = globSync(".github/workflows/*.yml", { cwd: root });
/** pnpm's own commands. */
const OWN = ["install", "exec", "publish", "-r"];

function scripts(manifest: string): string[] {
  return Object.keys(JSON.parse(read(manifest)).scripts ?? {});
}

test("there are the workflows that the repository speaks of", () => {
  expect(workflows.map((file) => file.split("/").at(-1)).sort()).toEqual([
    "ci.yml",
    "deep.yml",
    "preview.yml",
    "publish.yml",
  ]);
});

test.each(workflows)("%s runs scripts and files that exist", (file) => {
  const text = read(file);
  const wrong: string[] = [];
  for (const [, filter, command] of text.matchAll(/pnpm@10 (?:--filter @palisade\/(\S+) )?(\S+)/g)) {
    const known =
      filter === undefined ? [...OWN, ...scripts("package.json")] : scripts(`packages/${filter}/package.json`);
    if (!known.includes(command as string)) wrong.push(`${filter ?? ""} ${command}`);
  }
  for (const [, path] of text.matchAll(/(?:tsx|bash) (\.ci\/[\w./-]+)/g)) {
    if (!existsSync(resolve(root, path as string))) wrong.push(path as string);
  }
  expect(wrong).toEqual([]);
});

test.each(workflows)("%s pins each action to a commit and asks for no more than to read", (file) => {
  const text = read(file);
  for (const [, reference] of text.matchAll(/uses: (\S+)/g)) expect(reference).toMatch(/@[0-9a-f]{40}$/);
  expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  expect(text.startsWith("# PROCESS: ")).toBe(true);
});

test("preview.yml gives pnpm preview options that it has", () => {
  const command = read("packages/sandbox/src/preview-command.ts");
  const called = read(".github/workflows/preview.yml").match(/pnpm@10 preview [^|>]+/g) ?? [];
  const options = called.flatMap((text) => [...text.matchAll(/--([\w-]+)/g)].map(([, option]) => option as string));
  expect(options.length).toBeGreaterThanOrEqual(5);
  expect(options.filter((option) => !new RegExp(`"?${option}"?: \\{|--${option}`).test(command))).toEqual([]);
});
