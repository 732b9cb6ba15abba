/**
 * CloudTrail's digest files: the hash of each log file, signed, each naming the one before.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */

import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

/** A log file that was delivered. */
export interface DigestedFile {
  s3Bucket: string;
  s3Object: string;
  /** SHA-256 of the file as it was before it was compressed, in hexadecimal. */
  hashValue: string;
  hashAlgorithm: "SHA-256";
  newestEventTime: string;
  oldestEventTime: string;
}

/** The digest before, by which the chain goes on. */
export interface DigestLink {
  bucket: string;
  key: string;
  hash: string;
  signature: string;
}

/** A digest file. */
export interface Digest {
  key: string;
  body: Buffer;
  /** Its signature, in hexadecimal, which is the object's metadata `signature`. */
  signature: string;
  link: DigestLink;
}

/** The key that a trail's digests are signed with: CloudTrail has one for each region, and tells of it by ListPublicKeys. */
export interface DigestKey {
  privateKey: KeyObject;
  /** The public key as ListPublicKeys gives it: PKCS #1, DER. */
  publicKey: Buffer;
  /** MD5 of the public key, in hexadecimal: how CloudTrail names a key. */
  fingerprint: string;
}

/** Makes a key, of the sandbox's own: AWS's is AWS's. */
export function createDigestKey(): DigestKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const der = publicKey.export({ type: "pkcs1", format: "der" });
  return { privateKey, publicKey: der, fingerprint: createHash("md5").update(der).digest("hex") };
}

/** The SHA-256 of some bytes, in hexadecimal. */
export function sha256(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Writes a digest over the log files since the last one. */
export async function writeDigest(parts: {
  accountId: string;
  bucket: string;
  key: string;
  /** ISO 8601, in whole seconds. */
  startTime: string;
  endTime: string;
  files: readonly DigestedFile[];
  previous: DigestLink | undefined;
  signingKey: DigestKey;
}): Promise<Digest> {
  const { accountId, bucket, key, startTime, endTime, files, previous, signingKey } = parts;
  const content = JSON.stringify({
    awsAccountId: accountId,
    digestStartTime: startTime,
    digestEndTime: endTime,
    digestS3Bucket: bucket,
    digestS3Object: key,
    digestPublicKeyFingerprint: signingKey.fingerprint,
    digestSignatureAlgorithm: "SHA256withRSA",
    newestEventTime: latest(files),
    oldestEventTime: earliest(files),
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.hash ?? null,
    previousDigestHashAlgorithm: previous === undefined ? null : "SHA-256",
    previousDigestSignature: previous?.signature ?? null,
    logFiles: files,
  });
  const body = await compress(Buffer.from(content));
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
  const hash = sha256(content);
  const signed = [endTime, `${bucket}/${key}`, hash, previous?.signature ?? "null"].join("\n");
  const signature = createSign("RSA-SHA256").update(signed).sign(signingKey.privateKey).toString("hex");
  return { key, body, signature, link: { bucket, key, hash, signature } };
}

function latest(files: readonly DigestedFile[]): string | null {
  return (
    files
      .map(({ newestEventTime }) => newestEventTime)
      .sort()
      .at(-1) ?? null
  );
}

function earliest(files: readonly DigestedFile[]): string | null {
  return (
    files
      .map(({ oldestEventTime }) => oldestEventTime)
      .sort()
      .at(0) ?? null
  );
}
