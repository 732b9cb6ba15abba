import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openContexts } from "../../src/gateway/contexts.ts";

const AT = { restApiId: "api1", stageName: "live" };
const line = (requestId: string, more: Record<string, string> = {}) =>
  `${JSON.stringify({ apiId: "api1", stage: "live", requestId, ...more })}\n`;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-contexts-"));
  file = join(folder, "contexts.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("each request is told until it is forgotten, of this stage alone, as the file grows", async () => {
  await writeFile(file, line("r1", { "authorizer.principalId": "ann" }) + line("r2", { stage: "bare" }));
  await appendFile(file, line("r3", { apiId: "api2" }));
  const contexts = openContexts(file, AT);
  expect(contexts.of("r1")).toBeUndefined();
  await contexts.read();
  expect(contexts.of("r1")).toEqual({
    apiId: "api1",
    stage: "live",
    requestId: "r1",
    "authorizer.principalId": "ann",
  });
  contexts.forget("r1");
  for (const id of ["r1", "r2", "r3", "r4"]) expect(contexts.of(id)).toBeUndefined();
  await appendFile(file, line("r4") + line("r5"));
  await contexts.read();
  expect([contexts.of("r5")?.requestId, contexts.of("r4")?.requestId]).toEqual(["r5", "r4"]);
});

test("a line that is half there is read when it is whole", async () => {
  const whole = line("r1", { "authorizer.principalId": "Zoë" });
  const cut = Buffer.from(whole).indexOf(0xc3) + 1;
  await writeFile(file, Buffer.from(whole).subarray(0, cut));
  const contexts = openContexts(file, AT);
  await contexts.read();
  expect(contexts.of("r1")).toBeUndefined();
  await appendFile(file, Buffer.from(whole).subarray(cut));
  await contexts.read();
  expect(contexts.of("r1")).toMatchObject({ "authorizer.principalId": "Zoë" });
});

test("more than a chunk is read, and of requests that nobody asks for the oldest go first", async () => {
  const count = 20_002;
  const lines = Array.from({ length: count }, (_, index) => line(`r${index}`, { path: "x".repeat(40) }));
  await writeFile(file, lines.join("") + line(""));
  const contexts = openContexts(file, AT);
  await contexts.read();
  expect(["r0", "r2", "r3", `r${count - 1}`].map((id) => contexts.of(id)?.requestId)).toEqual([
    undefined,
    undefined,
    "r3",
    `r${count - 1}`,
  ]);
});

test("without the file there is no log, and it says so", async () => {
  await expect(openContexts(file, AT).read()).rejects.toThrow(
    "The emulator's file of requests cannot be read: ENOENT: no such file or directory",
  );
});
