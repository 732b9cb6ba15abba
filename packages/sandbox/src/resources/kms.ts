import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  EnableKeyRotationCommand,
  type KeySpec,
  type KeyUsageType,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { handler, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, policyJson } from "./values.ts";

interface KeyInputs {
  description?: string;
  policy?: unknown;
  keyUsage?: string;
  customerMasterKeySpec?: string;
  enableKeyRotation?: boolean;
  deletionWindowInDays?: number;
  multiRegion?: boolean;
  tags?: Record<string, string>;
}

const key = handler<KeyInputs>({
  replaceOnChanges: ["customKeyStoreId", "customerMasterKeySpec", "description", "keyUsage", "multiRegion", "xksKeyId"],
  async create(inputs, { clients }) {
    const { KeyMetadata } = await clients.kms.send(
      new CreateKeyCommand({
        Description: inputs.description,
        Policy: inputs.policy === undefined ? undefined : policyJson(inputs.policy),
        KeyUsage: inputs.keyUsage as KeyUsageType | undefined,
        KeySpec: inputs.customerMasterKeySpec as KeySpec | undefined,
        MultiRegion: inputs.multiRegion,
        Tags: inputs.tags && Object.entries(inputs.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      }),
    );
    const id = KeyMetadata?.KeyId as string;
    if (inputs.enableKeyRotation) await clients.kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    return { id, outputs: { arn: KeyMetadata?.Arn, keyId: id } };
  },
  async update(id, olds, news, { clients }) {
    if (news.policy !== undefined) {
      await clients.kms.send(
        new PutKeyPolicyCommand({ KeyId: id, PolicyName: "default", Policy: policyJson(news.policy) }),
      );
    }
    if (news.enableKeyRotation) await clients.kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    return { id, outputs: { arn: olds.arn, keyId: id } };
  },
  async delete(id, olds, { clients }) {
    // KMS deletes no key at once: it is scheduled, after 30 days if nothing else is said.
    const days = (olds.deletionWindowInDays as number | undefined) ?? 30;
    await ignoreMissing(clients.kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: days })));
  },
});

const alias = handler<{ name?: string; targetKeyId: string }>({
  replaceOnChanges: ["name", "namePrefix"],
  async create(inputs, { clients, physicalName, partition, region, accountId }) {
    const name = inputs.name ?? `alias/${physicalName(200)}`;
    await clients.kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: inputs.targetKeyId }));
    return { id: name, outputs: { name, arn: `arn:${partition}:kms:${region}:${accountId}:${name}` } };
  },
  async update(id, olds, news, { clients }) {
    await clients.kms.send(new UpdateAliasCommand({ AliasName: id, TargetKeyId: news.targetKeyId }));
    return { id, outputs: { name: id, arn: olds.arn } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.kms.send(new DeleteAliasCommand({ AliasName: id })));
  },
});

/** KMS keys and aliases. */
export const kms: ServiceHandlers = { types: { "aws:kms/key:Key": key, "aws:kms/alias:Alias": alias } };
