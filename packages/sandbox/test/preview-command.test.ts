import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { HELP, previewCommand } from "../src/preview-command.ts";

let out: string[];
let errors: string[];
const print = { out: (text: string) => out.push(text), error: (text: string) => errors.push(text) };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "preview-"));
  out = [];
  errors = [];
});

test("prints the stage's preview", async () => {
  const program = () => ({ arn: new aws.sns.Topic("alarms", { kmsMasterKeyId: "alias/aws/sns" }).arn });
  expect(await previewCommand(["dev"], async () => program, print)).toBe(0);
  expect(out[0]).toMatch(/^Stage dev\n {2}aws:sns\/topic:Topic {2}alarms\n/);
  expect(errors).toEqual([]);
});

class Random extends pulumi.CustomResource {}

test("--terraform writes a plan for other tools, and says what is not in it", async () => {
  const file = join(folder, "plan.json");
  const program = () => {
    new aws.sns.Topic("alarms", { kmsMasterKeyId: "alias/aws/sns" });
    new Random("random:index/randomId:RandomId", "suffix", {});
  };
  expect(await previewCommand(["dev", "--terraform", file], async () => program, print)).toBe(0);
  const { planned_values } = JSON.parse(await readFile(file, "utf8"));
  expect(planned_values.root_module.resources).toEqual([
    expect.objectContaining({ address: "aws_sns_topic.alarms", values: { kms_master_key_id: "alias/aws/sns" } }),
  ]);
  expect(out.slice(1)).toEqual([
    `Not in ${file}: random:index/randomId:RandomId suffix. Terraform has no such resource: it is Pulumi's own, or a component whose children only its provider knows.`,
  ]);
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
    `preview: received ${received}; allowed: one of weak, dev, prod, account, then options (pnpm preview --help). For example: pnpm preview prod`,
  ]);
});

test("a mandatory finding is exit code 1, an advisory one is not; --json writes all of it", async () => {
  const file = join(folder, "preview.json");
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
  expect(out.at(-1)).toContain("0 mandatory and 0 advisory findings, 1 lowered floors, 0 suppressed");
});

test("--help says every option and loads nothing", async () => {
  const load = () => Promise.reject(new Error("loaded"));
  expect(await previewCommand(["--help"], load, print)).toBe(0);
  expect(out).toEqual([HELP]);
  for (const option of ["--json", "--sarif", "--markdown", "--save", "--saved", "--suppressions", "--pack-config"]) {
    expect(HELP).toContain(`\n  ${option} `);
  }
});

const topic = (display: string) => async () => () => {
  new aws.sns.Topic("alarms", { displayName: display, kmsMasterKeyId: "alias/aws/sns" });
};

test("--save keeps a preview, and the next one says what is different", async () => {
  const saved = join(folder, "kept/dev.json");
  expect(await previewCommand(["dev", "--save", "--saved", saved], topic("one"), print)).toBe(0);
  expect(out.at(-1)).not.toContain("saved preview");
  expect(await previewCommand(["dev", "--saved", saved], topic("one"), print)).toBe(0);
  expect(out.at(-1)).toContain("\nNothing is different from the saved preview.\n");
  expect(await previewCommand(["dev", "--saved", saved], topic("two"), print)).toBe(0);
  expect(out.at(-1)).toContain(
    "\nSince the saved preview: 0 added, 0 removed, 1 changed.\n  ~ aws:sns/topic:Topic  alarms: displayName\n",
  );
  await writeFile(saved, '{"version":1,"stage":"prod"}');
  expect(await previewCommand(["dev", "--saved", saved], topic("two"), print)).toBe(1);
  expect(errors).toEqual([
    `${saved} is no saved preview of dev, but of prod. Name another file with --saved, or write it anew: pnpm preview dev --save`,
  ]);
});

test("a suppression of the file accepts its finding; an expired one fails; the pack's configuration is written", async () => {
  const open = async () => () => {
    new aws.sns.Topic("alarms", {});
  };
  const file = join(folder, "suppressions.yaml");
  const entry = (expires: string) =>
    `suppressions:\n  - { stage: dev, rule: sns-encrypted, resource: alarms, reason: "names of machines, OPS-1", expires: ${expires} }\n`;
  await writeFile(file, entry("2999-01-31"));
  const pack = join(folder, "pack.json");
  expect(await previewCommand(["dev", "--suppressions", file, "--pack-config", pack], open, print)).toBe(0);
  expect(out.at(-1)).toContain(
    "\nSUPPRESSED\n  sns-encrypted  alarms: its messages are not encrypted; set kmsMasterKeyId; until 2999-01-31: names of machines, OPS-1",
  );
  expect(JSON.parse(await readFile(pack, "utf8"))).toEqual({
    "sns-encrypted": {
      suppressions: [{ resource: "alarms", reason: "names of machines, OPS-1", expires: "2999-01-31" }],
    },
  });
  await writeFile(file, entry("2020-01-31"));
  expect(await previewCommand(["dev", "--suppressions", file], open, print)).toBe(1);
  expect(out.at(-1)).toContain(
    "The suppression of sns-encrypted on alarms has expired on 2020-01-31: mend the finding, or write a new reason and day.",
  );
  // Expired, it fails even where its finding is gone.
  expect(await previewCommand(["dev", "--suppressions", file], topic("one"), print)).toBe(1);
  await writeFile(file, entry("2999-01-31"));
  expect(await previewCommand(["dev", "--suppressions", file], topic("one"), print)).toBe(0);
  expect(out.at(-1)).toContain(
    "The suppression of sns-encrypted on alarms matches no finding: take it out of stacks/suppressions.yaml.",
  );
});
