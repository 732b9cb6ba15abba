import {
  CreateIdentitySourceCommand,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  DeleteIdentitySourceCommand,
  DeletePolicyCommand,
  DeletePolicyStoreCommand,
  GetSchemaCommand,
  PutSchemaCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateIdentitySourceCommand,
  UpdatePolicyStoreCommand,
} from "@aws-sdk/client-verifiedpermissions";
import { handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing } from "./values.ts";

interface PolicyStoreInputs {
  validationSettings: { mode: "STRICT" | "OFF" };
  deletionProtection?: "ENABLED" | "DISABLED";
  description?: string;
  tags?: Record<string, string>;
}

const policyStore = handler<PolicyStoreInputs>({
  async create({ validationSettings, deletionProtection, description, tags }, { clients }) {
    const made = await clients.verifiedPermissions.send(
      new CreatePolicyStoreCommand({ validationSettings, deletionProtection, description, tags }),
    );
    return storeState(String(made.policyStoreId), String(made.arn));
  },
  async update(id, olds, { validationSettings, deletionProtection, description, tags = {} }, { clients }) {
    const resourceArn = String(olds.arn);
    const gone = Object.keys((olds.tags as PolicyStoreInputs["tags"]) ?? {}).filter((key) => !(key in tags));
    await clients.verifiedPermissions.send(new UntagResourceCommand({ resourceArn, tagKeys: gone }));
    await clients.verifiedPermissions.send(new TagResourceCommand({ resourceArn, tags }));
    await clients.verifiedPermissions.send(
      new UpdatePolicyStoreCommand({
        policyStoreId: id,
        validationSettings,
        deletionProtection: deletionProtection ?? "DISABLED",
        description,
      }),
    );
    return storeState(id, resourceArn);
  },
  async delete(id, _olds, { clients }) {
    await clients.verifiedPermissions.send(new DeletePolicyStoreCommand({ policyStoreId: id }));
  },
});

function storeState(id: string, arn: string) {
  return { id, outputs: { policyStoreId: id, arn } };
}

interface SchemaInputs {
  policyStoreId: string;
  definition: { value: string };
}

const schema = handler<SchemaInputs>({
  replaceOnChanges: ["policyStoreId"],
  async create(inputs, ctx) {
    const { namespaces } = await ctx.clients.verifiedPermissions.send(
      new PutSchemaCommand({ policyStoreId: inputs.policyStoreId, definition: { cedarJson: inputs.definition.value } }),
    );
    return { id: inputs.policyStoreId, outputs: { namespaces } };
  },
  async update(id, _olds, news, { clients }) {
    const { namespaces } = await clients.verifiedPermissions.send(
      new PutSchemaCommand({ policyStoreId: id, definition: { cedarJson: news.definition.value } }),
    );
    return { id, outputs: { namespaces } };
  },
  async delete(id, _olds, { clients }) {
    // The API has no DeleteSchema: the provider puts an empty one.
    await ignoreMissing(
      (async () => {
        await clients.verifiedPermissions.send(new GetSchemaCommand({ policyStoreId: id }));
        await clients.verifiedPermissions.send(
          new PutSchemaCommand({ policyStoreId: id, definition: { cedarJson: "{}" } }),
        );
      })(),
    );
  },
});

interface PolicyInputs {
  policyStoreId: string;
  definition: { static?: { statement: string; description?: string } };
}

const policy = handler<PolicyInputs>({
  // On AWS a static policy's action and conditions change in place; its effect, principal and resource replace it.
  replaceOnChanges: ["policyStoreId", "definition"],
  async create({ policyStoreId, definition }, { clients, name }) {
    if (definition.static === undefined) throw new Error(`${name} is no static policy; the sandbox has no other`);
    const made = await clients.verifiedPermissions.send(
      new CreatePolicyCommand({ policyStoreId, definition: { static: definition.static } }),
    );
    const { policyId, createdDate } = made;
    return { id: `${policyId},${policyStoreId}`, outputs: { policyId, createdDate: createdDate?.toISOString() } };
  },
  async delete(_id, olds, { clients }) {
    const { policyStoreId, policyId } = olds as { policyStoreId: string; policyId: string };
    await ignoreMissing(clients.verifiedPermissions.send(new DeletePolicyCommand({ policyStoreId, policyId })));
  },
});

interface IdentitySourceInputs {
  policyStoreId: string;
  principalEntityType?: string;
  configuration: { cognitoUserPoolConfiguration?: Properties };
}

const identitySource = handler<IdentitySourceInputs>({
  replaceOnChanges: ["policyStoreId"],
  async create(inputs, { clients, name }) {
    const { policyStoreId, principalEntityType } = inputs;
    const { identitySourceId } = await clients.verifiedPermissions.send(
      new CreateIdentitySourceCommand({ policyStoreId, principalEntityType, configuration: poolOf(inputs, name) }),
    );
    return { id: `${policyStoreId}:${identitySourceId}`, outputs: {} };
  },
  async update(id, _olds, news, { clients, name }) {
    const [policyStoreId, identitySourceId] = id.split(":");
    await clients.verifiedPermissions.send(
      new UpdateIdentitySourceCommand({
        policyStoreId,
        identitySourceId,
        principalEntityType: news.principalEntityType,
        updateConfiguration: poolOf(news, name),
      }),
    );
    return { id, outputs: {} };
  },
  async delete(id, _olds, { clients }) {
    const [policyStoreId, identitySourceId] = id.split(":");
    await ignoreMissing(
      clients.verifiedPermissions.send(new DeleteIdentitySourceCommand({ policyStoreId, identitySourceId })),
    );
  },
});

function poolOf({ configuration }: IdentitySourceInputs, name: string) {
  const { cognitoUserPoolConfiguration } = configuration;
  if (cognitoUserPoolConfiguration === undefined) {
    throw new Error(`${name} is no Cognito user pool; the sandbox has no other identity source`);
  }
  // The provider's shape is the API's.
  return {
    cognitoUserPoolConfiguration: cognitoUserPoolConfiguration as {
      userPoolArn: string;
      clientIds?: string[];
      groupConfiguration?: { groupEntityType: string };
    },
  };
}

/** Verified Permissions: served by the sandbox itself (`permissions/`), with the real Cedar engine. Policy templates are declared. */
export const verifiedpermissions: ServiceHandlers = {
  types: {
    "aws:verifiedpermissions/policyStore:PolicyStore": policyStore,
    "aws:verifiedpermissions/schema:Schema": schema,
    "aws:verifiedpermissions/policy:Policy": policy,
    "aws:verifiedpermissions/identitySource:IdentitySource": identitySource,
  },
};
