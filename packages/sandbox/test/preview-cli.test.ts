import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** What `pnpm preview` runs. */
const [command, ...options] = (
  JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as { scripts: { preview: string } }
).scripts.preview.split(" ");
/** Tells the seconds of processor time, which another process on the same machine does not lengthen much. */
const METER = 'process.on("exit",()=>console.error("cpu "+Object.values(process.cpuUsage()).reduce((a,b)=>a+b)/1e6))';

test("pnpm preview prod starts without a loader, finds nothing and stays within its budget", () => {
  expect(command).toBe("node");
  const args = ["--import", `data:text/javascript,${encodeURIComponent(METER)}`, ...options, "prod"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  expect(stdout).toContain("Stage prod\n");
  expect(stdout).toContain("Policy (profile prod): 0 mandatory and 0 advisory findings, ");
  expect(status).toBe(0);
  const seconds = Number(/^cpu ([\d.]+)$/m.exec(stderr)?.[1]);
  // 4.4 on the machine of docs/budgets.md; before its modules were kept compiled and stack traces were left out it was 7.2.
  expect(seconds).toBeGreaterThan(0.5);
  expect(seconds).toBeLessThan(12);
}, 120_000);

test("says where in a program a finding was made, from the sources as they are", () => {
  const { stdout, status } = spawnSync(process.execPath, [...options, "weak"], { cwd: ROOT, encoding: "utf8" });
  expect(status).toBe(1);
  const lines = readFileSync(`${ROOT}stacks/weak/api.ts`, "utf8").split("\n");
  const line = lines.findIndex((each) => each.includes('new aws.apigateway.RestApi("weak-api"')) + 1;
  expect(stdout).toContain(`      at stacks/weak/api.ts:${line}\n`);
}, 120_000);
