import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { beforeEach, expect, test } from "vitest";
import { previewCommand } from "../src/preview-command.ts";

let out: string[];
let errors: string[];
const print = { out: (text: string) => out.push(text), error: (text: string) => errors.push(text) };
beforeEach(() => {
  out = [];
  errors = [];
});

test("prints the stage's preview", async () => {
  const program = () => ({ arn: new aws.sns.Topic("alarms", { kmsMasterKeyId: "alias/aws/sns" }).arn });
  expect(await previewCommand(["dev"], async () => program, print)).toBe(0);
  expect(out[0]).toMatch(/^Stage dev\n {2}aws:sns\/topic:Topic {2}alarms\n/);
  expect(errors).toEqual([]);
});

test("says what the program threw", async () => {
  const program = () => {
    throw new Error("the program's own sentence");
  };
  expect(await previewCommand(["prod"], async () => program, print)).toBe(1);
  expect([out, errors]).toEqual([[], ["the program's own sentence"]]);
});

test.each([
  [[], "no stage"],
  [["staging"], "staging"],
  [["prod", "--all"], "prod --all"],
  [["prod", "--json"], "prod --json"],
  [["prod", "--json", "a", "b"], "prod --json a b"],
])("refuses %j before it loads anything", async (args, received) => {
  const load = () => Promise.reject(new Error("loaded"));
  expect(await previewCommand(args, load, print)).toBe(2);
  expect(errors).toEqual([
    `preview: received ${received}; allowed: one of weak, dev, prod, account, then --json FILE or nothing. For example: pnpm preview prod`,
  ]);
});

test("a mandatory finding is exit code 1, an advisory one is not; --json writes all of it", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "preview-")), "preview.json");
  const open = () => {
    new aws.iam.RolePolicy("all", {
      role: "role",
      policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
    });
  };
  expect(await previewCommand(["dev", "--json", file], async () => open, print)).toBe(1);
  const { stage, counts, policy } = JSON.parse(await readFile(file, "utf8"));
  expect([stage, counts]).toEqual(["dev", { emulated: 1, declared: 0, components: 0 }]);
  expect(policy.findings[0]).toMatchObject({ rule: "iam-no-administrator", level: "mandatory", name: "all" });
  const tagged = () => {
    new aws.sns.Topic("topic", { kmsMasterKeyId: "alias/a", tags: { "palisade:lowered:a": "a reason" } });
  };
  expect(await previewCommand(["dev"], async () => tagged, print)).toBe(0);
  expect(out.at(-1)).toContain("0 mandatory and 1 advisory findings");
});
