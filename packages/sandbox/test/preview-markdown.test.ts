import * as aws from "@pulumi/aws";
import { expect, test } from "vitest";
import { previewStage } from "../src/preview.ts";
import { previewMarkdown } from "../src/preview-markdown.ts";

const program = (names: string[]) => () => {
  for (const name of names) new aws.sns.Topic(name, {});
  new aws.kms.Key("key", { enableKeyRotation: true, tags: { "palisade:lowered:a": "a | reason @team" } });
  new aws.quicksight.Folder("folder", { folderId: "f" });
};

test("the comment says what is wrong, what changed, what is accepted and what it costs; names are no Markdown", async () => {
  const { saved } = await previewStage({ stage: "dev", config: {}, program: program(["a", "gone"]) });
  const suppressions = [
    { rule: "sns-encrypted", resource: "b", reason: "holds no message", expires: "2999-12-31" },
    { rule: "sns-encrypted", resource: "none", reason: "is not there", expires: "2999-12-31" },
    { rule: "sns-encrypted", resource: "a", reason: "was long ago", expires: "2020-12-31" },
  ];
  const now = new Date("2026-11-24T00:00:00Z");
  const names = ["a", "b", "<b>*x*|@you</b>"];
  const preview = await previewStage({ stage: "dev", config: {}, program: program(names), suppressions, saved, now });
  const text = previewMarkdown(preview);
  const [title, , summary] = text.split("\n");
  expect(title).toBe("### Preview of `dev`: **2 mandatory findings**");
  expect(summary).toBe(
    "5 resources in 0 components. 2 findings (profile dev), 1 lowered floor, 1 suppressed, 0 not evaluated. " +
      "Idle it costs $1.00 a month (list prices of eu-central-1, 2026-11-24).",
  );
  expect(text).toContain(
    "\n| medium | [sns-encrypted](https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html) | a | " +
      "its messages are not encrypted; set kmsMasterKeyId | `packages/sandbox/test/preview-markdown.test.ts:7` |\n",
  );
  expect(text).toContain("| &lt;b>&#42;x&#42;&#124;&#64;you&lt;/b> |");
  expect(text).toContain("\n| added | aws:sns/topic:Topic | b |  |\n");
  expect(text).toContain("\n| removed | aws:sns/topic:Topic | gone |  |\n");
  expect(text).toContain("\n1 new findings, 1 resolved.\n");
  expect(text).toContain("\n**The suppression of sns-encrypted on a has expired on 2020-12-31.**\n");
  expect(text).toContain("\nThe suppression of sns-encrypted on none matches no finding: take it out.\n");
  expect(text).toContain("| key | the floor a is lowered: a &#124; reason &#64;team |");
  expect(text).toContain("| sns-encrypted | b | holds no message | 2999-12-31 |");
  expect(text).toContain("| key (Key) | $1.00 | 1 key | 0.03 per 10,000 calls; 1 a month more after each");
  expect(text).toContain("\nNot priced: 1 aws:quicksight/folder:Folder.\n");
});

test("a comment stays below GitHub's limit: the JSON has the rest", async () => {
  const names = Array.from({ length: 120 }, (_each, index) => `topic-${index}`);
  const text = previewMarkdown(await previewStage({ stage: "dev", config: {}, program: program(names) }));
  expect(text).toContain("\n… and 70 more: the JSON has them all.\n");
  expect(text.length).toBeLessThan(65_536);
});
