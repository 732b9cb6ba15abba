/** Code signing on the emulator: what Signer signs is deployed, and nothing else. */
import { buffer } from "node:stream/consumers";
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteFunctionCodeSigningConfigCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { DescribeSigningJobCommand, StartSigningJobCommand } from "@aws-sdk/client-signer";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { type Emulated, type Made, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
let bucket: Made;
let profile: Made;
let otherProfile: Made;
let config: Made;
let roleArn: string;
let lambda: Made;

const SIGNATURE = "META-INF/palisade-signature.json";

const sourceOf = (answer: string) => `export const handler = async () => ${JSON.stringify(answer)};`;

const program = (answer: string) =>
  new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(sourceOf(answer)) });

beforeAll(async () => {
  emulated = await startEmulated();
  const { create, sandbox } = emulated;
  bucket = await create("aws:s3/bucket:Bucket", { forceDestroy: true, tags: { team: "x" } }, "code");
  await create(
    "aws:s3/bucketVersioning:BucketVersioning",
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    "versioning",
  );
  const platformId = "AWSLambda-SHA384-ECDSA";
  profile = await create("aws:signer/signingProfile:SigningProfile", { namePrefix: "ours_", platformId }, "profile");
  otherProfile = await create(
    "aws:signer/signingProfile:SigningProfile",
    { namePrefix: "theirs_", platformId },
    "other",
  );
  config = await create(
    "aws:lambda/codeSigningConfig:CodeSigningConfig",
    {
      description: "ours only",
      allowedPublishers: { signingProfileVersionArns: [profile.outputs.versionArn] },
      policies: { untrustedArtifactOnDeployment: "Enforce" },
    },
    "config",
  );
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await sandbox.clients.iam.send(
    new CreateRoleCommand({
      RoleName: "signed",
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    }),
  );
  roleArn = Role?.Arn ?? "";
  const place = await signed(program("first"), profile.id);
  lambda = await create("aws:lambda/function:Function", functionInputs(place), "greeter");
}, 180_000);

afterAll(() => emulated?.sandbox.close());

function functionInputs(code: Record<string, unknown>) {
  const fixed = { runtime: "nodejs24.x", handler: "index.handler", role: roleArn };
  return { ...fixed, codeSigningConfigArn: config.id, ...code };
}

/** Uploads and signs as a HardenedFunction does. */
async function signed(code: pulumi.asset.Archive, profileName: string) {
  const source = await emulated.create(
    "aws:s3/bucketObjectv2:BucketObjectv2",
    { bucket: bucket.id, key: "unsigned/greeter.zip", source: code },
    "object",
  );
  const job = await emulated.create(
    "aws:signer/signingJob:SigningJob",
    {
      profileName,
      source: { s3: { bucket: bucket.id, key: "unsigned/greeter.zip", version: source.outputs.versionId } },
      destination: { s3: { bucket: bucket.id, prefix: "signed/" } },
    },
    "job",
  );
  const [{ s3s }] = job.outputs.signedObjects as [{ s3s: [{ bucket: string; key: string }] }];
  return { s3Bucket: s3s[0].bucket, s3Key: s3s[0].key };
}

async function answer(): Promise<string> {
  const { Payload } = await emulated.sandbox.clients.lambda.send(new InvokeCommand({ FunctionName: lambda.id }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

async function zip(files: Record<string, string | Uint8Array>): Promise<Uint8Array> {
  const made = new ZipFile();
  for (const [name, content] of Object.entries(files)) made.addBuffer(Buffer.from(content), name);
  made.end();
  return buffer(made.outputStream as NodeJS.ReadableStream);
}

/** The signature entry of a signed zip, which is stored in it as it is. */
async function signatureOf(answer: string): Promise<Uint8Array> {
  const bytes = Buffer.from(await signedBytes(await signed(program(answer), profile.id)));
  const at = bytes.indexOf('{"manifest"');
  return bytes.subarray(at, bytes.indexOf("}", at) + 1);
}

const update = (ZipFile_: Uint8Array) =>
  emulated.sandbox.clients.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: lambda.id, ZipFile: ZipFile_ }));

async function signedBytes(place: { s3Bucket: string; s3Key: string }): Promise<Uint8Array> {
  const object = await emulated.sandbox.clients.s3.send(
    new GetObjectCommand({ Bucket: place.s3Bucket, Key: place.s3Key }),
  );
  return (await object.Body?.transformToByteArray()) ?? new Uint8Array();
}

describe("code that the trusted profile signed", () => {
  test("is deployed and runs, at first and when it changes", async () => {
    expect(await answer()).toBe("first");

    const place = await signed(program("second"), profile.id);
    await lambda.update(functionInputs(place));

    expect(await answer()).toBe("second");
    expect(await outcome(update(await signedBytes(place)))).toBe("ok");
  });
});

describe("other code is refused, and the function stays as it is", () => {
  test.each<[string, () => Promise<Uint8Array>, string]>([
    ["unsigned", () => zip({ "index.mjs": "1" }), "CodeVerificationFailedException"],
    [
      "signed by another profile",
      async () => signedBytes(await signed(program("theirs"), otherProfile.id)),
      "CodeVerificationFailedException",
    ],
    [
      "with a file added after its signing",
      async () => zip({ "index.mjs": sourceOf("ours"), "more.mjs": "1", [SIGNATURE]: await signatureOf("ours") }),
      "InvalidCodeSignatureException",
    ],
    [
      "with a signature that nobody made",
      () => zip({ "index.mjs": "1", [SIGNATURE]: '{"manifest":"e30=","signature":"AA=="}' }),
      "InvalidCodeSignatureException",
    ],
    [
      "with a signature that is no JSON",
      () => zip({ "index.mjs": "1", [SIGNATURE]: "x" }),
      "InvalidCodeSignatureException",
    ],
  ])("%s", async (_what, bytes, error) => {
    const before = await answer();

    expect(await outcome(update(await bytes()))).toBe(error);
    expect(await answer()).toBe(before);
  });

  test("with the signature of other code", async () => {
    const signature = await signatureOf("ours");

    expect(await outcome(update(await zip({ "index.mjs": sourceOf("ours"), [SIGNATURE]: signature })))).toBe("ok");
    expect(await outcome(update(await zip({ "index.mjs": sourceOf("theirs"), [SIGNATURE]: signature })))).toBe(
      "InvalidCodeSignatureException",
    );
  });

  test("at its creation, too", async () => {
    const create = emulated.create("aws:lambda/function:Function", functionInputs({ code: program("third") }), "third");

    expect(await outcome(create)).toBe("CodeVerificationFailedException");
  });

  test("and CloudTrail says so", async () => {
    await outcome(update(await zip({ "index.mjs": "1" })));

    const { Events = [] } = await emulated.sandbox.clients.cloudTrail.send(new LookupEventsCommand({}));
    const codes = Events.map(({ CloudTrailEvent = "{}" }) => JSON.parse(CloudTrailEvent).errorCode);
    expect(codes).toContain("CodeVerificationFailedException");
  });
});

test("a zip that is signed already is not signed again", async () => {
  const place = await signed(program("ours"), profile.id);
  const { signer } = emulated.sandbox.clients;
  const s3 = { bucketName: bucket.id };
  const { jobId } = await signer.send(
    new StartSigningJobCommand({
      profileName: profile.id,
      source: { s3: { ...s3, key: place.s3Key, version: "null" } },
      destination: { s3: { ...s3, prefix: "twice/" } },
    }),
  );

  expect(await signer.send(new DescribeSigningJobCommand({ jobId }))).toMatchObject({
    status: "Failed",
    statusReason: "the zip is signed already",
  });
});

describe("a configuration", () => {
  test("that only warns lets unsigned code pass, and none that was changed", async () => {
    const inputs = {
      allowedPublishers: { signingProfileVersionArns: [profile.outputs.versionArn] },
      policies: { untrustedArtifactOnDeployment: "Warn" },
    };
    await config.update(inputs);
    expect(await outcome(update(await zip({ "index.mjs": "export const handler = async () => 'warned';" })))).toBe(
      "ok",
    );
    expect(await outcome(update(await zip({ "index.mjs": "1", [SIGNATURE]: "x" })))).toBe(
      "InvalidCodeSignatureException",
    );
    await config.update({ ...inputs, policies: { untrustedArtifactOnDeployment: "Enforce" } });
    expect(await outcome(update(await zip({ "index.mjs": "1" })))).toBe("CodeVerificationFailedException");
  });

  test("is not taken away by who may only change code", async () => {
    const { iam, sts } = emulated.sandbox.clients;
    const trust = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "sts:AssumeRole" };
    const may = { Effect: "Allow", Action: ["lambda:UpdateFunctionCode", "lambda:GetFunction*"], Resource: "*" };
    const document = (Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
    const role = await iam.send(
      new CreateRoleCommand({ RoleName: "coder", AssumeRolePolicyDocument: document([trust]) }),
    );
    await iam.send(new PutRolePolicyCommand({ RoleName: "coder", PolicyName: "own", PolicyDocument: document([may]) }));
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role.Role?.Arn, RoleSessionName: "thief" }),
    );
    const thief = new LambdaClient({
      endpoint: emulated.sandbox.emulatorUrl,
      region: "us-east-1",
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken,
      },
    });

    const remove = new DeleteFunctionCodeSigningConfigCommand({ FunctionName: lambda.id });
    expect(await outcome(thief.send(remove))).toMatch(/AccessDenied/);
    const replace = new UpdateFunctionCodeCommand({
      FunctionName: lambda.id,
      ZipFile: await zip({ "index.mjs": "1" }),
    });
    expect(await outcome(thief.send(replace))).toBe("CodeVerificationFailedException");
    thief.destroy();
  });

  test("counts for a function only as long as it has one", async () => {
    const { codeSigningConfigArn: _, ...unsigned } = functionInputs({ code: program("unsigned") });
    await lambda.update(unsigned);
    expect(await answer()).toBe("unsigned");

    lambda = { ...lambda, state: { ...lambda.state, codeSigningConfigArn: undefined } };
  });

  test("that does not exist makes no function", async () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0000000000000000a";
    const inputs = { ...functionInputs({ code: program("x") }), codeSigningConfigArn: arn };

    expect(await outcome(emulated.create("aws:lambda/function:Function", inputs, "none"))).toBe(
      "CodeSigningConfigNotFoundException",
    );
  });
});

test("what was made is deleted, a bucket with its objects", async () => {
  await config.delete();
  await config.delete();
  await profile.delete();
  await otherProfile.delete();
  await bucket.delete();
  await bucket.delete();
});
