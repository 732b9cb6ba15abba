import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  UpdateAccountCommand,
} from "@aws-sdk/client-api-gateway";
import { type HandlerContext, handler } from "../handler.ts";
import { ignoreMissing } from "../values.ts";

interface Limits {
  burstLimit?: number;
  rateLimit?: number;
}

interface UsagePlanInputs {
  name?: string;
  description?: string;
  apiStages?: { apiId: string; stage: string; throttles?: (Limits & { path: string })[] }[];
  quotaSettings?: { limit: number; offset?: number; period: "DAY" | "WEEK" | "MONTH" };
  throttleSettings?: Limits;
  tags?: Record<string, string>;
}

function planArn(id: string, { partition, region }: HandlerContext): string {
  return `arn:${partition}:apigateway:${region}::/usageplans/${id}`;
}

/** Every change replaces a plan: the emulator's UpdateUsagePlan keeps stages and numbers as texts, which it cannot use. */
export const usagePlan = handler<UsagePlanInputs>({
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName();
    const { id = "" } = await ctx.clients.apiGateway.send(
      new CreateUsagePlanCommand({
        name,
        description: inputs.description,
        apiStages: inputs.apiStages?.map(({ apiId, stage, throttles }) => ({
          apiId,
          stage,
          throttle: throttles && Object.fromEntries(throttles.map(({ path, ...limits }) => [path, limits])),
        })),
        quota: inputs.quotaSettings,
        throttle: inputs.throttleSettings,
        tags: inputs.tags,
      }),
    );
    return { id, outputs: { name, arn: planArn(id, ctx) } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.apiGateway.send(new DeleteUsagePlanCommand({ usagePlanId: id })));
  },
});

interface ApiKeyInputs {
  name?: string;
  description?: string;
  enabled?: boolean;
  value?: string;
  tags?: Record<string, string>;
}

/** Every change replaces a key: after the emulator's UpdateApiKey a disabled key still opens. */
export const apiKey = handler<ApiKeyInputs>({
  async create(inputs, { clients, physicalName, partition, region }) {
    const name = inputs.name ?? physicalName(1024);
    const { id = "", value } = await clients.apiGateway.send(
      new CreateApiKeyCommand({
        name,
        description: inputs.description,
        enabled: inputs.enabled ?? true,
        value: inputs.value,
        tags: inputs.tags,
      }),
    );
    return { id, outputs: { name, value, arn: `arn:${partition}:apigateway:${region}::/apikeys/${id}` } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.apiGateway.send(new DeleteApiKeyCommand({ apiKey: id })));
  },
});

export const usagePlanKey = handler<{ keyId: string; keyType: string; usagePlanId: string }>({
  replaceOnChanges: ["keyId", "keyType", "usagePlanId"],
  async create({ keyId, keyType, usagePlanId }, { clients }) {
    const { name, value } = await clients.apiGateway.send(
      new CreateUsagePlanKeyCommand({ keyId, keyType, usagePlanId }),
    );
    return { id: keyId, outputs: { name, value } };
  },
  async delete(id, olds, { clients }) {
    const usagePlanId = olds.usagePlanId as string;
    await ignoreMissing(clients.apiGateway.send(new DeleteUsagePlanKeyCommand({ keyId: id, usagePlanId })));
  },
});

async function setLogRole(role: string | undefined, { clients }: HandlerContext): Promise<void> {
  if (!role) return;
  await clients.apiGateway.send(
    new UpdateAccountCommand({ patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value: role }] }),
  );
}

/** The account's API Gateway settings: one in an account and region, which a deletion leaves as it is, as on AWS. */
export const account = handler<{ cloudwatchRoleArn?: string }>({
  async create(inputs, ctx) {
    await setLogRole(inputs.cloudwatchRoleArn, ctx);
    return { id: "api-gateway-account", outputs: { throttleSettings: { burstLimit: 5000, rateLimit: 10000 } } };
  },
  async update(id, olds, news, ctx) {
    await setLogRole(news.cloudwatchRoleArn, ctx);
    return { id, outputs: { throttleSettings: olds.throttleSettings } };
  },
});
