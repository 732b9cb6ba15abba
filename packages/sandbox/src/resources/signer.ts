import { setTimeout as sleep } from "node:timers/promises";
import {
  CancelSigningProfileCommand,
  DescribeSigningJobCommand,
  GetSigningProfileCommand,
  PutSigningProfileCommand,
  StartSigningJobCommand,
  type ValidityType,
} from "@aws-sdk/client-signer";
import { SandboxError } from "../errors.ts";
import { handler, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing } from "./values.ts";

interface ProfileInputs {
  name?: string;
  namePrefix?: string;
  platformId: string;
  signatureValidityPeriod?: { type: string; value: number };
  tags?: Record<string, string>;
}

const signingProfile = handler<ProfileInputs>({
  replaceOnChanges: ["name", "namePrefix", "platformId", "signatureValidityPeriod", "signingMaterial"],
  async create(inputs, { clients, physicalName }) {
    // Signer takes letters, digits and underscores only, and the suffix of a physical name is digits and letters.
    const suffix = physicalName(64).split("-").at(-1);
    const name = inputs.name ?? `${inputs.namePrefix ?? "terraform_"}${suffix}`;
    const period = inputs.signatureValidityPeriod;
    await clients.signer.send(
      new PutSigningProfileCommand({
        profileName: name,
        platformId: inputs.platformId,
        signatureValidityPeriod: period && { type: period.type as ValidityType, value: period.value },
        tags: inputs.tags,
      }),
    );
    const made = await clients.signer.send(new GetSigningProfileCommand({ profileName: name }));
    return {
      id: name,
      outputs: {
        name,
        arn: made.arn,
        version: made.profileVersion,
        versionArn: made.profileVersionArn,
        status: made.status,
      },
    };
  },
  async update(id, olds) {
    // Only tags may change in place.
    return { id, outputs: { name: id, arn: olds.arn, version: olds.version, versionArn: olds.versionArn } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.signer.send(new CancelSigningProfileCommand({ profileName: id })));
  },
});

interface JobInputs {
  profileName: string;
  source: { s3: { bucket: string; key: string; version: string } };
  destination: { s3: { bucket: string; prefix?: string } };
  ignoreSigningJobFailure?: boolean;
}

const POLLS = 100;

/** A signing job: it is run, and waited for, when it is created; nothing of it is undone. */
const signingJob = handler<JobInputs>({
  replaceOnChanges: ["profileName", "source", "destination", "ignoreSigningJobFailure"],
  async create(inputs, { clients, name }) {
    const { bucket: bucketName, key, version } = inputs.source.s3;
    const { jobId = "" } = await clients.signer.send(
      new StartSigningJobCommand({
        profileName: inputs.profileName,
        source: { s3: { bucketName, key, version } },
        destination: { s3: { bucketName: inputs.destination.s3.bucket, prefix: inputs.destination.s3.prefix } },
      }),
    );
    for (let poll = 0; poll < POLLS; poll++) {
      const job = await clients.signer.send(new DescribeSigningJobCommand({ jobId }));
      if (job.status === "Succeeded" || (job.status === "Failed" && inputs.ignoreSigningJobFailure)) {
        const place = job.signedObject?.s3;
        const signedObjects = place ? [{ s3s: [{ bucket: place.bucketName, key: place.key }] }] : [];
        return { id: jobId, outputs: { jobId, status: job.status, signedObjects } };
      }
      if (job.status === "Failed") {
        throw new SandboxError(
          `aws.signer.SigningJob "${name}" failed: ${job.statusReason}.`,
          "Look at what it signs.",
        );
      }
      await sleep(20);
    }
    throw new SandboxError(`aws.signer.SigningJob "${name}" has not ended.`, "Look at the emulator's log.");
  },
});

/** Signer: profiles, each with a key of its own in the emulator, and jobs that sign with it (`emulator/code_signing.py`). */
export const signer: ServiceHandlers = {
  types: {
    "aws:signer/signingProfile:SigningProfile": signingProfile,
    "aws:signer/signingJob:SigningJob": signingJob,
  },
};
