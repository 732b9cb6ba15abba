import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { type HandlerContext, handler, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, tagList } from "./values.ts";

interface SecretInputs {
  name?: string;
  description?: string;
  kmsKeyId?: string;
  recoveryWindowInDays?: number;
  tags?: Record<string, string>;
}

const secret = handler<SecretInputs>({
  replaceOnChanges: ["name", "namePrefix"],
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(512);
    const { ARN } = await clients.secretsManager.send(
      new CreateSecretCommand({
        Name: name,
        Description: inputs.description,
        KmsKeyId: inputs.kmsKeyId,
        Tags: tagList(inputs.tags),
      }),
    );
    return { id: ARN as string, outputs: { name, arn: ARN } };
  },
  async update(id, olds, news, { clients }) {
    await clients.secretsManager.send(
      new UpdateSecretCommand({ SecretId: id, Description: news.description, KmsKeyId: news.kmsKeyId }),
    );
    return { id, outputs: { name: olds.name, arn: id } };
  },
  async delete(id, olds, { clients }) {
    // The provider takes 0 for "at once".
    const days = (olds.recoveryWindowInDays as number | undefined) ?? 30;
    const how = days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days };
    await ignoreMissing(clients.secretsManager.send(new DeleteSecretCommand({ SecretId: id, ...how })));
  },
});

interface VersionInputs {
  secretId: string;
  secretString?: string;
  secretBinary?: string;
  versionStages?: string[];
}

async function putValue(inputs: VersionInputs, { clients }: HandlerContext): Promise<string> {
  const { VersionId } = await clients.secretsManager.send(
    new PutSecretValueCommand({
      SecretId: inputs.secretId,
      SecretString: inputs.secretString,
      SecretBinary: inputs.secretBinary === undefined ? undefined : Buffer.from(inputs.secretBinary, "base64"),
      VersionStages: inputs.versionStages,
    }),
  );
  return VersionId as string;
}

const secretVersion = handler<VersionInputs>({
  replaceOnChanges: ["secretId", "secretString", "secretBinary"],
  async create(inputs, ctx) {
    const versionId = await putValue(inputs, ctx);
    return { id: `${inputs.secretId}|${versionId}`, outputs: { arn: inputs.secretId, versionId } };
  },
});

/** Secrets Manager. */
export const secretsmanager: ServiceHandlers = {
  types: {
    "aws:secretsmanager/secret:Secret": secret,
    "aws:secretsmanager/secretVersion:SecretVersion": secretVersion,
  },
};
