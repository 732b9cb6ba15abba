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
  const program = () => ({ arn: new aws.sns.Topic("alarms").arn });
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
])("refuses %j before it loads anything", async (args, received) => {
  const load = () => Promise.reject(new Error("loaded"));
  expect(await previewCommand(args, load, print)).toBe(2);
  expect(errors).toEqual([
    `preview: received ${received}; allowed: one of weak, dev, prod, account. For example: pnpm preview prod`,
  ]);
});
