import { readFile } from "node:fs/promises";
import type { UpdateFunctionCodeCommandInput } from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { DescribeSigningJobCommand, StartSigningJobCommand } from "@aws-sdk/client-signer";
import type { RunningStage } from "./stage.ts";

/** Where UpdateFunctionCode takes a function's code from. */
export type CodePlace = Pick<UpdateFunctionCodeCommandInput, "ZipFile" | "S3Bucket" | "S3Key">;

/**
 * A zip as the stage's own pipeline deploys it: signed by the stage's profile where the stage takes signed code only, else as it is. What
 * the lab changes in a stage, it changes as its owner.
 */
export async function codePlace(stage: RunningStage, path: string): Promise<CodePlace> {
  const ZipFile = await readFile(path);
  const signing = stage.outputs.codeSigning;
  if (!signing) return { ZipFile };
  const { s3, signer } = stage.clients;
  const source = { Bucket: signing.bucketName, Key: "unsigned/lab/code.zip" };
  const { VersionId } = await s3.send(new PutObjectCommand({ ...source, Body: ZipFile }));
  const { jobId } = await signer.send(
    new StartSigningJobCommand({
      profileName: signing.profileName,
      source: { s3: { bucketName: source.Bucket, key: source.Key, version: VersionId } },
      destination: { s3: { bucketName: source.Bucket, prefix: "signed/lab/" } },
    }),
  );
  const { signedObject, statusReason } = await signer.send(new DescribeSigningJobCommand({ jobId }));
  if (!signedObject?.s3) throw new Error(`the code of ${path} was not signed: ${statusReason}`);
  return { S3Bucket: signedObject.s3.bucketName, S3Key: signedObject.s3.key };
}
