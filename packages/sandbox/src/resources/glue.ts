import {
  CreateDatabaseCommand,
  CreateJobCommand,
  CreateSecurityConfigurationCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeleteJobCommand,
  DeleteSecurityConfigurationCommand,
  DeleteTableCommand,
  UpdateDatabaseCommand,
  UpdateJobCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-glue";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase, pick } from "./values.ts";

interface DatabaseInputs extends Properties {
  name?: string;
  tags?: Record<string, string>;
}

const databaseInput = (name: string, inputs: Properties) => ({
  Name: name,
  ...pascalCase(pick(inputs, ["description", "locationUri", "createTableDefaultPermissions"])),
  Parameters: inputs.parameters as Record<string, string> | undefined,
});

/** The provider's id of what is in the catalog: the catalog's, which is the account's, and the names. */
const catalogId = ({ accountId }: HandlerContext, ...names: string[]) => [accountId, ...names].join(":");

const database = handler<DatabaseInputs>({
  replaceOnChanges: ["catalogId", "name"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(255).toLowerCase();
    await ctx.clients.glue.send(
      new CreateDatabaseCommand({ DatabaseInput: databaseInput(name, inputs), Tags: inputs.tags }),
    );
    return {
      id: catalogId(ctx, name),
      outputs: {
        name,
        catalogId: ctx.accountId,
        arn: `arn:${ctx.partition}:glue:${ctx.region}:${ctx.accountId}:database/${name}`,
      },
    };
  },
  async update(id, olds, news, { clients }) {
    const name = String(olds.name);
    await clients.glue.send(new UpdateDatabaseCommand({ Name: name, DatabaseInput: databaseInput(name, news) }));
    return { id, outputs: { name, catalogId: olds.catalogId, arn: olds.arn } };
  },
  async delete(_id, olds, { clients }) {
    await ignoreMissing(clients.glue.send(new DeleteDatabaseCommand({ Name: String(olds.name) })));
  },
});

interface TableInputs extends Properties {
  databaseName: string;
  name?: string;
}

/** The provider's input in the API's shape. Parameters have names of their own. */
function tableInput(name: string, inputs: Properties) {
  const { serDeInfo, ...storage } = (inputs.storageDescriptor ?? {}) as Properties & { serDeInfo?: Properties };
  return {
    Name: name,
    ...pascalCase(pick(inputs, ["description", "owner", "tableType", "partitionKeys"])),
    Parameters: inputs.parameters as Record<string, string> | undefined,
    StorageDescriptor: {
      ...pascalCase(storage),
      ...(serDeInfo !== undefined && {
        SerdeInfo: {
          SerializationLibrary: serDeInfo.serializationLibrary as string | undefined,
          Parameters: serDeInfo.parameters as Record<string, string> | undefined,
        },
      }),
    },
  };
}

const table = handler<TableInputs>({
  replaceOnChanges: ["catalogId", "databaseName", "name"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(255).toLowerCase();
    const DatabaseName = inputs.databaseName;
    await ctx.clients.glue.send(new CreateTableCommand({ DatabaseName, TableInput: tableInput(name, inputs) }));
    return {
      id: catalogId(ctx, DatabaseName, name),
      outputs: {
        name,
        catalogId: ctx.accountId,
        arn: `arn:${ctx.partition}:glue:${ctx.region}:${ctx.accountId}:table/${DatabaseName}/${name}`,
      },
    };
  },
  async update(id, olds, news, { clients }) {
    const name = String(olds.name);
    const TableInput = tableInput(name, news);
    await clients.glue.send(new UpdateTableCommand({ DatabaseName: news.databaseName, TableInput }));
    return { id, outputs: { name, catalogId: olds.catalogId, arn: olds.arn } };
  },
  async delete(_id, olds, { clients }) {
    const named = { DatabaseName: String(olds.databaseName), Name: String(olds.name) };
    await ignoreMissing(clients.glue.send(new DeleteTableCommand(named)));
  },
});

interface JobInputs extends Properties {
  name?: string;
  roleArn: string;
  command: Properties;
  tags?: Record<string, string>;
}

function jobInput(inputs: JobInputs) {
  return {
    ...pascalCase(
      pick(inputs, [
        "description",
        "glueVersion",
        "workerType",
        "numberOfWorkers",
        "timeout",
        "maxRetries",
        "securityConfiguration",
        "executionProperty",
        "jobRunQueuingEnabled",
        "command",
      ]),
    ),
    Role: inputs.roleArn,
    DefaultArguments: inputs.defaultArguments as Record<string, string> | undefined,
  };
}

const job = handler<JobInputs>({
  replaceOnChanges: ["name"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(255);
    await ctx.clients.glue.send(new CreateJobCommand({ Name: name, ...jobInput(inputs), Tags: inputs.tags }));
    return { id: name, outputs: { name, arn: `arn:${ctx.partition}:glue:${ctx.region}:${ctx.accountId}:job/${name}` } };
  },
  async update(id, olds, news, { clients }) {
    await clients.glue.send(new UpdateJobCommand({ JobName: id, JobUpdate: jobInput(news) }));
    return { id, outputs: { name: id, arn: olds.arn } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.glue.send(new DeleteJobCommand({ JobName: id })));
  },
});

interface SecurityInputs {
  name?: string;
  encryptionConfiguration: Record<"cloudwatchEncryption" | "jobBookmarksEncryption" | "s3Encryption", Properties>;
}

const securityConfiguration = handler<SecurityInputs>({
  // AWS has no change of one.
  replaceOnChanges: ["name", "encryptionConfiguration"],
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(255);
    const { cloudwatchEncryption, jobBookmarksEncryption, s3Encryption } = inputs.encryptionConfiguration;
    await clients.glue.send(
      new CreateSecurityConfigurationCommand({
        Name: name,
        EncryptionConfiguration: {
          CloudWatchEncryption: pascalCase(cloudwatchEncryption, {
            cloudwatchEncryptionMode: "CloudWatchEncryptionMode",
          }),
          JobBookmarksEncryption: pascalCase(jobBookmarksEncryption),
          S3Encryption: [pascalCase(s3Encryption)],
        },
      }),
    );
    return { id: name, outputs: { name } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.glue.send(new DeleteSecurityConfigurationCommand({ Name: id })));
  },
});

/** AWS Glue: the catalog, which Athena reads, and jobs, which nothing here runs: the lab runs their code itself. Triggers are declared. */
export const glue: ServiceHandlers = {
  types: {
    "aws:glue/catalogDatabase:CatalogDatabase": database,
    "aws:glue/catalogTable:CatalogTable": table,
    "aws:glue/job:Job": job,
    "aws:glue/securityConfiguration:SecurityConfiguration": securityConfiguration,
  },
};
