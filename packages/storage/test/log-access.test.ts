import { recordStack } from "@palisade/testing";
import { expect, it } from "vitest";
import { allowOnBucket, guardedBucket, logAccess } from "../src/index.ts";
import { Owner } from "./support.ts";

it("logs the requests to each bucket where S3 may write for that bucket of this account only", async () => {
  const recording = await recordStack(
    () =>
      new Owner("trail", (parent) => {
        const bucket = (role: string) => guardedBucket("trail", role, { tags: {}, noncurrentDays: 30 }, { parent });
        const sources = ["logs", "code"].map((role) => ({ guarded: bucket(role), prefix: `${role}/` }));
        for (const { guarded } of sources) allowOnBucket(guarded, []);
        logAccess(bucket("access-logs"), sources, "111122223333");
      }),
  );
  const target = recording.one("aws:s3/bucket:Bucket", "trail-access-logs");
  const policy = recording.one("aws:s3/bucketPolicy:BucketPolicy", "trail-access-logs-policy");

  const statements = JSON.parse(String(policy.inputs.policy)).Statement;
  expect(statements.map(({ Sid }: { Sid: string }) => Sid)).toEqual(["AccessLogslogs", "AccessLogscode", "TlsOnly"]);
  expect(statements[0]).toEqual({
    Sid: "AccessLogslogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${target.outputs.arn}/logs/*`,
    Condition: {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": recording.one("aws:s3/bucket:Bucket", "trail-logs").outputs.arn },
    },
  });
  for (const role of ["logs", "code"]) {
    const logging = recording.one("aws:s3/bucketLogging:BucketLogging", `trail-${role}-logging`);
    expect(logging.inputs).toEqual({
      bucket: recording.one("aws:s3/bucket:Bucket", `trail-${role}`).id,
      targetBucket: target.id,
      targetPrefix: `${role}/`,
    });
    expect(logging.options.dependsOn).toContain(policy.urn);
  }
});
