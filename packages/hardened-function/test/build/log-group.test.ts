import { describe, expect, it } from "vitest";
import { record } from "../support.ts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

describe("the log group", () => {
  it("is outside /aws/lambda, named after project, stack and function, and kept for a year", async () => {
    const recording = await record({}, { project: "shop", stack: "dev" });

    expect(recording.one(LOG_GROUP).inputs).toEqual({
      name: "/palisade/shop-dev/orders",
      retentionInDays: 365,
      tags: { "palisade:component": "HardenedFunction", "palisade:name": "orders" },
    });
  });

  it("takes the retention and the key that are given", async () => {
    const recording = await record({ logRetentionDays: 30, kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" });

    expect(recording.one(LOG_GROUP).inputs).toMatchObject({
      retentionInDays: 30,
      kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1",
    });
  });
});
