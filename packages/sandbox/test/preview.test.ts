import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { previewStage, previewText } from "../src/preview.ts";

class Group extends pulumi.ComponentResource {
  constructor(name: string) {
    super("palisade:index:Group", name);
    new aws.sns.Topic(`${name}-topic`, {}, { parent: this });
    this.registerOutputs({});
  }
}

test("a preview shows the tree and the counts, and leaves unknown what only AWS knows", async () => {
  const unknown: string[] = [];
  const preview = await previewStage({
    stage: "dev",
    config: { "palisade:a": "b", "aws:region": "eu-central-1" },
    program: () => {
      new Group("group");
      const topic = new aws.sns.Topic("alarms", { displayName: new pulumi.Config("palisade").require("a") });
      topic.arn.apply((arn) => unknown.push(arn));
      new aws.guardduty.Detector("detector", { enable: true });
      return { region: aws.getRegionOutput().region, preview: pulumi.runtime.isDryRun() };
    },
  });
  expect(unknown).toEqual([]);
  expect(preview.counts).toEqual({ emulated: 2, declared: 1, components: 1 });
  expect(previewText(preview)).toBe(
    [
      "Stage dev",
      "  aws:guardduty/detector:Detector  detector  (declared: the sandbox does not emulate it)",
      "  aws:sns/topic:Topic  alarms",
      "  palisade:index:Group  group",
      "    aws:sns/topic:Topic  group-topic",
      "",
      "3 resources in 1 components: 2 the sandbox emulates, 1 it declares only.",
      "Policy findings are not part of this preview yet: the policy pack is a later part of Palisade.",
    ].join("\n"),
  );
});

test("what the program throws is thrown", async () => {
  const thrown = previewStage({ stage: "dev", config: {}, program: () => Promise.reject(new Error("no such stage")) });
  await expect(thrown).rejects.toThrow("no such stage");
  const unknown = previewStage({ stage: "dev", config: {}, program: () => aws.ec2.getAmi({}) });
  await expect(unknown).rejects.toThrow("which the sandbox has no answer for");
});
