import {
  CreateNamedQueryCommand,
  CreateWorkGroupCommand,
  DeleteNamedQueryCommand,
  DeleteWorkGroupCommand,
  UpdateWorkGroupCommand,
} from "@aws-sdk/client-athena";
import { handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase, tagList } from "./values.ts";

interface WorkgroupInputs extends Properties {
  name?: string;
  description?: string;
  configuration?: Properties;
  tags?: Record<string, string>;
}

/** Names that the provider spells otherwise than the API. */
const SPELLING = {
  enforceWorkgroupConfiguration: "EnforceWorkGroupConfiguration",
  publishCloudwatchMetricsEnabled: "PublishCloudWatchMetricsEnabled",
  kmsKeyArn: "KmsKey",
};

const workgroup = handler<WorkgroupInputs>({
  replaceOnChanges: ["name"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(128);
    await ctx.clients.athena.send(
      new CreateWorkGroupCommand({
        Name: name,
        Description: inputs.description,
        Configuration: pascalCase(inputs.configuration, SPELLING),
        Tags: tagList(inputs.tags),
      }),
    );
    const arn = `arn:${ctx.partition}:athena:${ctx.region}:${ctx.accountId}:workgroup/${name}`;
    return { id: name, outputs: { name, arn } };
  },
  async update(id, olds, news, { clients }) {
    const { resultConfiguration, ...configuration } = news.configuration ?? {};
    await clients.athena.send(
      new UpdateWorkGroupCommand({
        WorkGroup: id,
        Description: news.description,
        ConfigurationUpdates: {
          ...pascalCase(configuration, SPELLING),
          ResultConfigurationUpdates: pascalCase(resultConfiguration, SPELLING),
        },
      }),
    );
    return { id, outputs: { name: id, arn: olds.arn } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(
      clients.athena.send(new DeleteWorkGroupCommand({ WorkGroup: id, RecursiveDeleteOption: true })),
    );
  },
});

interface NamedQueryInputs {
  name?: string;
  description?: string;
  database: string;
  query: string;
  workgroup?: string;
}

const namedQuery = handler<NamedQueryInputs>({
  replaceOnChanges: ["name", "description", "database", "query", "workgroup"],
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(128);
    const { NamedQueryId = "" } = await clients.athena.send(
      new CreateNamedQueryCommand({
        Name: name,
        Description: inputs.description,
        Database: inputs.database,
        QueryString: inputs.query,
        WorkGroup: inputs.workgroup,
      }),
    );
    return { id: NamedQueryId, outputs: { name } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.athena.send(new DeleteNamedQueryCommand({ NamedQueryId: id })));
  },
});

/** Amazon Athena: workgroups and named queries. Queries run on the emulator's DuckDB; a workgroup's limit of bytes is stored and not enforced. */
export const athena: ServiceHandlers = {
  types: { "aws:athena/workgroup:Workgroup": workgroup, "aws:athena/namedQuery:NamedQuery": namedQuery },
};
