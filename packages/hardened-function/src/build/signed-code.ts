import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CodeSigningRef } from "../code-signing/args.ts";

/** Where Lambda reads a function's code from. */
export interface SignedCode {
  s3Bucket: pulumi.Output<string>;
  s3Key: pulumi.Output<string>;
}

/**
 * Uploads the code and has it signed. New bytes are a new version of the object, that is a new signing job, whose result has a new
 * key, so that the function is deployed anew; the same bytes are none of these.
 *
 * @param owner whose part of the bucket it is: the team, else `platform`
 */
export function signCode(
  name: string,
  code: pulumi.asset.Archive,
  { signingProfileName, codeBucketName }: CodeSigningRef,
  owner: string,
  child: pulumi.CustomResourceOptions,
): SignedCode {
  const unsigned = new aws.s3.BucketObjectv2(
    childName(name, "unsigned-code"),
    { bucket: codeBucketName, key: `unsigned/${owner}/${name}.zip`, source: code },
    child,
  );
  const job = new aws.signer.SigningJob(
    childName(name, "signing"),
    {
      profileName: signingProfileName,
      source: { s3: { bucket: unsigned.bucket, key: unsigned.key, version: unsigned.versionId } },
      destination: { s3: { bucket: codeBucketName, prefix: `signed/${owner}/${name}/` } },
      // A job that failed must fail the deployment: there is nothing to deploy.
      ignoreSigningJobFailure: false,
    },
    child,
  );
  const signed = job.signedObjects.apply((objects) => {
    const place = objects[0]?.s3s[0];
    if (place === undefined) throw new Error(`the signing job of ${name} names no signed object`);
    return place;
  });
  return { s3Bucket: signed.bucket, s3Key: signed.key };
}
