import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { expectNamesPrefixed, expectPartitionSafe, recordStack, stringsOf } from "../src/index.ts";
import { Pair } from "./support.ts";

describe("expectNamesPrefixed", () => {
  it("accepts a component whose children have its name and are below it", async () => {
    const recording = await recordStack(() => new Pair("pair"));

    expect(() => expectNamesPrefixed(recording, recording.one("palisade:index:Pair"))).not.toThrow();
  });

  it("refuses a child with another name, and one without a parent", async () => {
    const recording = await recordStack(() => {
      const pair = new Pair("pair");
      new aws.sns.Topic("alarms", {}, { parent: pair });
      new aws.sns.Topic("pair-lost");
    });

    expect(() => expectNamesPrefixed(recording, recording.one("palisade:index:Pair"))).toThrow(
      "children that break the naming rule:\n" +
        '  aws:sns/topic:Topic "alarms": its name does not begin with "pair-"\n' +
        '  aws:sns/topic:Topic "pair-lost": it has no parent of type palisade:index:Pair',
    );
  });
});

describe("expectPartitionSafe", () => {
  const place = { partition: "aws-cn", region: "cn-north-1" };

  it("accepts inputs made from the mocks' answers", async () => {
    const recording = await recordStack(
      () => new aws.sns.Topic("t", { displayName: aws.getPartitionOutput().partition }),
      { place },
    );

    expect(() => expectPartitionSafe(recording)).not.toThrow();
  });

  it("refuses a partition and a region that were written down", async () => {
    const recording = await recordStack(
      () =>
        new aws.iam.Role("r", {
          assumeRolePolicy: "{}",
          permissionsBoundary: "arn:aws:iam::111122223333:policy/x",
          tags: { home: "us-east-1" },
        }),
      { place },
    );

    expect(() => expectPartitionSafe(recording)).toThrow(
      "inputs with a partition or region written down:\n" +
        '  aws:iam/role:Role "r" permissionsBoundary: arn:aws:iam::111122223333:policy/x\n' +
        '  aws:iam/role:Role "r" tags.home: us-east-1',
    );
  });
});

describe("stringsOf", () => {
  it("finds every string with its path", () => {
    expect(stringsOf({ a: "x", b: [1, "y", { c: "z" }], d: null, e: true })).toEqual([
      { path: "a", text: "x" },
      { path: "b.1", text: "y" },
      { path: "b.2.c", text: "z" },
    ]);
  });
});
