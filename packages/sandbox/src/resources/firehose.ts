import { CreateDeliveryStreamCommand, DeleteDeliveryStreamCommand } from "@aws-sdk/client-firehose";
import { SandboxError } from "../errors.ts";
import { handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase, tagList } from "./values.ts";

interface StreamInputs extends Properties {
  name?: string;
  destination: string;
  extendedS3Configuration: Properties & { bufferingSize?: number; bufferingInterval?: number };
  serverSideEncryption?: { enabled?: boolean; keyType?: "AWS_OWNED_CMK" | "CUSTOMER_MANAGED_CMK"; keyArn?: string };
  tags?: Record<string, string>;
}

const SPELLING = {
  bucketArn: "BucketARN",
  roleArn: "RoleARN",
  cloudwatchLoggingOptions: "CloudWatchLoggingOptions",
};

const stream = handler<StreamInputs>({
  // What the API could change in place, this handler does not.
  replaceOnChanges: ["name", "destination", "extendedS3Configuration", "serverSideEncryption"],
  async create(inputs, ctx) {
    if (inputs.destination !== "extended_s3") {
      throw new SandboxError(
        `The sandbox has no way of Firehose's into ${inputs.destination}: the emulator would take its records and deliver none.`,
        "Leave the stream out: of the account's stage, remove palisade:siem.",
      );
    }
    const name = inputs.name ?? ctx.physicalName(64);
    const { bufferingSize, bufferingInterval, kmsKeyArn, ...destination } = inputs.extendedS3Configuration;
    const encryption = inputs.serverSideEncryption;
    await ctx.clients.firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: name,
        DeliveryStreamType: "DirectPut",
        ExtendedS3DestinationConfiguration: {
          ...pascalCase(destination, SPELLING),
          BufferingHints: { SizeInMBs: bufferingSize, IntervalInSeconds: bufferingInterval },
          ...(kmsKeyArn !== undefined && {
            EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: String(kmsKeyArn) } },
          }),
        },
        ...(encryption?.enabled && {
          DeliveryStreamEncryptionConfigurationInput: { KeyType: encryption.keyType, KeyARN: encryption.keyArn },
        }),
        Tags: tagList(inputs.tags),
      }),
    );
    const arn = `arn:${ctx.partition}:firehose:${ctx.region}:${ctx.accountId}:deliverystream/${name}`;
    return { id: arn, outputs: { name, arn } };
  },
  async delete(_id, olds, { clients }) {
    await ignoreMissing(
      clients.firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName: String(olds.name) })),
    );
  },
});

/** Amazon Data Firehose into S3: the emulator delivers each record at once. */
export const firehose: ServiceHandlers = {
  types: { "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": stream },
};
