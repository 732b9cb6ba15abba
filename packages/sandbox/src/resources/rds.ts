import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  CreateDBClusterParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBClusterParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBClusterParametersCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBSubnetGroupCommand,
} from "@aws-sdk/client-rds";
import { CreateSecretCommand, DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { SandboxError } from "../errors.ts";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, tagList } from "./values.ts";

interface ClusterInputs {
  clusterIdentifier?: string;
  engine: string;
  engineVersion?: string;
  databaseName?: string;
  masterUsername?: string;
  masterPassword?: string;
  manageMasterUserPassword?: boolean;
  masterUserSecretKmsKeyId?: string;
  iamDatabaseAuthenticationEnabled?: boolean;
  dbClusterParameterGroupName?: string;
}

/** 26 letters and digits, as RDS makes resource ids. */
function resourceId(): string {
  const letters = [...randomBytes(26)].map((byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32]);
  return `cluster-${letters.join("")}`;
}

/** What RDS does with `manageMasterUserPassword`: a password that nobody chose, in a secret of its own. */
async function manageMasterPassword(
  identifier: string,
  masterUsername: string,
  inputs: ClusterInputs,
  { clients }: HandlerContext,
): Promise<{ password: string; secrets: Properties[] }> {
  const password = randomBytes(21).toString("base64url");
  const { ARN } = await clients.secretsManager.send(
    new CreateSecretCommand({
      // docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html: the name begins with `rds!cluster-`.
      Name: `rds!cluster-${identifier}-${randomBytes(3).toString("hex")}`,
      Description: `The secret associated with the cluster ${identifier}`,
      KmsKeyId: inputs.masterUserSecretKmsKeyId,
      SecretString: JSON.stringify({ username: masterUsername, password }),
    }),
  );
  return {
    password,
    secrets: [{ secretArn: ARN, secretStatus: "active", kmsKeyId: inputs.masterUserSecretKmsKeyId ?? "" }],
  };
}

async function parametersOf(group: string | undefined, { clients }: HandlerContext): Promise<Record<string, string>> {
  if (!group) return {};
  const { Parameters = [] } = await clients.rds.send(
    new DescribeDBClusterParametersCommand({ DBClusterParameterGroupName: group }),
  );
  return Object.fromEntries(
    Parameters.flatMap(({ ParameterName, ParameterValue }) =>
      ParameterName && ParameterValue !== undefined ? [[ParameterName, ParameterValue]] : [],
    ),
  );
}

/**
 * A cluster: a real MySQL-compatible server of this sandbox. Aurora's storage, encryption at rest, backups, scaling and log
 * exports are declared.
 */
const cluster = handler<ClusterInputs>({
  replaceOnChanges: [
    "availabilityZones",
    "clusterIdentifier",
    "clusterIdentifierPrefix",
    "databaseName",
    "engine",
    "engineMode",
    "kmsKeyId",
    "masterUsername",
    "storageEncrypted",
  ],
  async create(inputs, ctx) {
    if (!/mysql|mariadb/.test(inputs.engine)) {
      throw new SandboxError(
        `The sandbox has a server for Aurora MySQL only, and the engine is ${inputs.engine}.`,
        "Use the engine aurora-mysql.",
      );
    }
    const identifier = inputs.clusterIdentifier ?? ctx.physicalName(63);
    const masterUsername = inputs.masterUsername ?? "admin";
    const clusterResourceId = resourceId();
    const managed = inputs.manageMasterUserPassword
      ? await manageMasterPassword(identifier, masterUsername, inputs, ctx)
      : undefined;
    const iamEnabled = inputs.iamDatabaseAuthenticationEnabled ?? false;
    const server = await ctx.startDatabase({
      directory: join(ctx.directory, `database-${identifier}`),
      clusterIdentifier: identifier,
      databaseName: inputs.databaseName ?? "mysql",
      masterUsername,
      masterPassword: managed?.password ?? inputs.masterPassword ?? "",
      parameters: await parametersOf(inputs.dbClusterParameterGroupName, ctx),
      iam: iamEnabled
        ? {
            enabled: true,
            emulatorUrl: ctx.emulatorUrl,
            region: ctx.region,
            accountId: ctx.accountId,
            clusterResourceId,
          }
        : undefined,
    });
    return {
      id: identifier,
      outputs: {
        clusterIdentifier: identifier,
        clusterResourceId,
        arn: `arn:${ctx.partition}:rds:${ctx.region}:${ctx.accountId}:cluster:${identifier}`,
        endpoint: server.host,
        readerEndpoint: server.host,
        port: server.port,
        masterUsername,
        databaseName: inputs.databaseName,
        masterUserSecrets: managed?.secrets ?? [],
        engineVersion: inputs.engineVersion ?? "8.0.mysql_aurora.3.08.2",
        engineVersionActual: inputs.engineVersion ?? "8.0.mysql_aurora.3.08.2",
      },
    };
  },
  async update(id, olds) {
    // Nothing that may change in place is emulated; the server and its address stay.
    const kept = ["clusterIdentifier", "clusterResourceId", "arn", "endpoint", "readerEndpoint", "port"];
    const rest = ["masterUsername", "databaseName", "masterUserSecrets", "engineVersion", "engineVersionActual"];
    return { id, outputs: Object.fromEntries([...kept, ...rest].map((key) => [key, olds[key]])) };
  },
  async delete(_id, olds, { clients }) {
    // The server itself ends with the sandbox.
    for (const { secretArn } of (olds.masterUserSecrets as { secretArn: string }[] | undefined) ?? []) {
      await ignoreMissing(
        clients.secretsManager.send(new DeleteSecretCommand({ SecretId: secretArn, ForceDeleteWithoutRecovery: true })),
      );
    }
  },
});

interface InstanceInputs {
  identifier?: string;
  clusterIdentifier: string;
  instanceClass: string;
}

/** An instance of a cluster: a name, since the cluster is one server here whatever the number of its instances. */
const clusterInstance = handler<InstanceInputs>({
  replaceOnChanges: ["clusterIdentifier", "engine", "identifier", "identifierPrefix"],
  async create(inputs, { physicalName, partition, region, accountId }) {
    const identifier = inputs.identifier ?? physicalName(63);
    return {
      id: identifier,
      outputs: { identifier, arn: `arn:${partition}:rds:${region}:${accountId}:db:${identifier}` },
    };
  },
  async update(id, olds) {
    return { id, outputs: { identifier: olds.identifier, arn: olds.arn } };
  },
});

interface SubnetGroupInputs {
  name?: string;
  description?: string;
  subnetIds: string[];
  tags?: Record<string, string>;
}

const subnetGroup = handler<SubnetGroupInputs>({
  replaceOnChanges: ["name", "namePrefix"],
  async create(inputs, { clients, physicalName, partition, region, accountId }) {
    const name = (inputs.name ?? physicalName(255)).toLowerCase();
    await clients.rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: name,
        DBSubnetGroupDescription: inputs.description ?? "Managed by Pulumi",
        SubnetIds: inputs.subnetIds,
        Tags: tagList(inputs.tags),
      }),
    );
    return { id: name, outputs: { name, arn: `arn:${partition}:rds:${region}:${accountId}:subgrp:${name}` } };
  },
  async update(id, olds, news, { clients }) {
    await clients.rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName: id, SubnetIds: news.subnetIds }));
    return { id, outputs: { name: id, arn: olds.arn } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id })));
  },
});

interface ParameterGroupInputs {
  name?: string;
  family: string;
  description?: string;
  parameters?: { name: string; value: string; applyMethod?: "immediate" | "pending-reboot" }[];
  tags?: Record<string, string>;
}

async function putParameters(name: string, inputs: ParameterGroupInputs, { clients }: HandlerContext): Promise<void> {
  if (!inputs.parameters?.length) return;
  await clients.rds.send(
    new ModifyDBClusterParameterGroupCommand({
      DBClusterParameterGroupName: name,
      Parameters: inputs.parameters.map((parameter) => ({
        ParameterName: parameter.name,
        ParameterValue: parameter.value,
        ApplyMethod: parameter.applyMethod ?? "immediate",
      })),
    }),
  );
}

/** Stored on the emulator, where the cluster reads those that its server has. */
const clusterParameterGroup = handler<ParameterGroupInputs>({
  replaceOnChanges: ["description", "family", "name", "namePrefix"],
  async create(inputs, ctx) {
    const name = (inputs.name ?? ctx.physicalName(255)).toLowerCase();
    await ctx.clients.rds.send(
      new CreateDBClusterParameterGroupCommand({
        DBClusterParameterGroupName: name,
        DBParameterGroupFamily: inputs.family,
        Description: inputs.description ?? "Managed by Pulumi",
        Tags: tagList(inputs.tags),
      }),
    );
    await putParameters(name, inputs, ctx);
    const arn = `arn:${ctx.partition}:rds:${ctx.region}:${ctx.accountId}:cluster-pg:${name}`;
    return { id: name, outputs: { name, arn } };
  },
  async update(id, olds, news, ctx) {
    await putParameters(id, news, ctx);
    return { id, outputs: { name: id, arn: olds.arn } };
  },
  async delete(id, _olds, { clients }) {
    const at = { DBClusterParameterGroupName: id };
    await ignoreMissing(clients.rds.send(new DeleteDBClusterParameterGroupCommand(at)));
  },
});

/** RDS: a cluster is a real server; what is around it is stored. */
export const rds: ServiceHandlers = {
  types: {
    "aws:rds/cluster:Cluster": cluster,
    "aws:rds/clusterInstance:ClusterInstance": clusterInstance,
    "aws:rds/subnetGroup:SubnetGroup": subnetGroup,
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": clusterParameterGroup,
  },
};
