/**
 * `pnpm fuzz [target...]`: coverage-guided fuzzing with Jazzer.js. It begins with the corpus in `functions/fuzz/corpus` and goes on
 * for some time; what makes the code do something new is kept in `report/fuzz`, what breaks a sentence is a `crash-…` file there.
 *
 *   pnpm fuzz                       each target for 60 seconds
 *   pnpm fuzz --seconds 600 json    one target for ten minutes
 *
 * Exits with 1 when a sentence does not hold, and with 2 when the fuzzer cannot run here: its library needs glibc 2.38 (see node.ts).
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { nodeFor } from "./node.ts";
import { TARGETS } from "./targets.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const WORK = join(ROOT, "report/fuzz");
const CORPUS = join(import.meta.dirname, "corpus");
// The longest input that is tried, in bytes: what the limits refuse by length alone is no place to look.
const MAX_LENGTH = 4096;

const { values, positionals } = parseArgs({
  options: { seconds: { type: "string", default: "60" } },
  allowPositionals: true,
});
const known = TARGETS.map(({ name }) => name);
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`fuzz: no target ${unknown.join(", ")}; the targets are ${known.join(", ")}`);

const jazzer = dirname(createRequire(import.meta.url).resolve("@jazzer.js/core/package.json"));
const found = nodeFor(jazzer);
if ("reason" in found) {
  console.error(`fuzz: NOT RUN, Jazzer.js cannot be loaded here: ${found.reason}`);
  process.exit(2);
}

let broken = 0;
for (const { name, sentence } of TARGETS.filter(
  (target) => positionals.length === 0 || positionals.includes(target.name),
)) {
  console.log(`\n${name}: ${sentence}`);
  const entry = await bundled(name);
  const kept = join(WORK, name);
  mkdirSync(kept, { recursive: true });
  const { status } = spawnSync(
    found.node,
    [
      ...[join(jazzer, "dist/cli.js"), entry, kept, join(CORPUS, name)],
      // Coverage of the bundle, and neither of Node's nor of the fuzzer's own modules.
      ...["--includes", entry, "--"],
      ...[
        `-max_total_time=${values.seconds}`,
        `-max_len=${MAX_LENGTH}`,
        `-artifact_prefix=${kept}/`,
        "-print_final_stats=1",
      ],
    ],
    { stdio: "inherit", cwd: ROOT },
  );
  if (status !== 0) broken += 1;
}
console.log(`\n${broken === 0 ? "every sentence held" : `${broken} targets broke their sentence: see report/fuzz`}`);
process.exitCode = broken === 0 ? 0 : 1;

/** A target as one CommonJS file, which is what Jazzer.js instruments. */
async function bundled(name: string): Promise<string> {
  const entry = join(WORK, `${name}.cjs`);
  const { outputFiles } = await build({
    stdin: {
      contents: `import { runTarget } from "./targets.ts"; export const fuzz = (data) => runTarget(${JSON.stringify(name)}, data);`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    write: false,
    logLevel: "error",
  });
  mkdirSync(WORK, { recursive: true });
  writeFileSync(entry, outputFiles[0]?.contents ?? "");
  return entry;
}
