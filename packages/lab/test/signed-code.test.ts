import { expect, it } from "vitest";
import { codePlace } from "../src/signed-code.ts";
import { type FakeCommand, fakeStage } from "./fake-stage.ts";

const FILE = import.meta.filename;
const codeSigning = { configArn: "arn:csc", profileName: "p1", bucketName: "code" };

function stage(job: object) {
  const command = ({ name }: FakeCommand) => {
    if (name === "PutObject") return { VersionId: "v1" };
    return name === "StartSigningJob" ? { jobId: "j1" } : job;
  };
  return fakeStage({ outputs: { codeSigning }, command });
}

it("is the zip itself where the stage takes any code", async () => {
  const one = fakeStage();
  expect((await codePlace(one, FILE)).ZipFile?.length).toBeGreaterThan(100);
  expect(one.commands).toEqual([]);
});

it("is the object that the stage's own profile signed, where the stage takes no other", async () => {
  const one = stage({ signedObject: { s3: { bucketName: "code", key: "signed/lab/j1.zip" } } });
  expect(await codePlace(one, FILE)).toEqual({ S3Bucket: "code", S3Key: "signed/lab/j1.zip" });
  expect(one.commands.map(({ name }) => name)).toEqual(["PutObject", "StartSigningJob", "DescribeSigningJob"]);
  expect(one.commands[1]?.input).toEqual({
    profileName: "p1",
    source: { s3: { bucketName: "code", key: "unsigned/lab/code.zip", version: "v1" } },
    destination: { s3: { bucketName: "code", prefix: "signed/lab/" } },
  });
});

it("is none where the job failed", async () => {
  await expect(codePlace(stage({ statusReason: "no zip" }), FILE)).rejects.toThrow("was not signed: no zip");
});
