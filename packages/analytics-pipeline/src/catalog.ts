import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Buckets } from "./buckets.ts";
import type { PipelineContext } from "./context.ts";
import { tableSchema } from "./schema.ts";
import { SOURCES } from "./source-names.ts";

/** The database and the table of the clean events. */
export interface Catalog {
  database: aws.glue.CatalogDatabase;
  table: aws.glue.CatalogTable;
  /** Where the table's files are. */
  location: pulumi.Output<string>;
}

/**
 * Makes them. The partitions are computed, not listed: no crawler, no partition to add, and a query reads only the days that it names.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
export function createCatalog(context: PipelineContext, { clean }: Buckets): Catalog {
  const { name, args, settings, prefix, child, tags } = context;
  const schema = tableSchema();
  const location = pulumi.interpolate`s3://${clean.bucket.id}/clean/events/`;
  const database = new aws.glue.CatalogDatabase(
    childName(name, "database"),
    {
      // Athena's names have no hyphen.
      name: prefix.toLowerCase().replace(/[^a-z0-9]+/g, "_"),
      description: "Calls of APIs and databases",
      // With Lake Formation nobody is granted a new table but by a grant.
      ...(args.lakeFormation !== undefined && { createTableDefaultPermissions: [{ permissions: [], principal: {} }] }),
      tags,
    },
    child,
  );
  const table = new aws.glue.CatalogTable(
    childName(name, "events"),
    {
      databaseName: database.name,
      name: schema.table,
      description: "Every call, by source and day",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        EXTERNAL: "TRUE",
        classification: "parquet",
        "projection.enabled": "true",
        "projection.source.type": "enum",
        "projection.source.values": SOURCES.join(","),
        "projection.day.type": "date",
        "projection.day.format": "yyyy-MM-dd",
        "projection.day.range": `NOW-${settings.cleanRetentionDays}DAYS,NOW+1DAYS`,
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
        "storage.location.template": pulumi.interpolate`${location}source=\${source}/day=\${day}/`,
      },
      partitionKeys: schema.partitions,
      storageDescriptor: {
        location,
        columns: schema.columns,
        inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
      },
    },
    child,
  );
  new aws.glue.DataQualityRuleset(
    childName(name, "rules"),
    {
      name: `${prefix}-rules`,
      description: "What every day of the table must be",
      ruleset: args.dataQualityRules ?? defaultRules(),
      targetTable: { databaseName: database.name, tableName: table.name },
      tags,
    },
    child,
  );
  if (args.encryptAccountCatalog !== undefined) encryptCatalog(context);
  return { database, table, location };
}

/** https://docs.aws.amazon.com/glue/latest/dg/dqdl.html */
export function defaultRules(): string {
  const sources = SOURCES.map((source) => `"${source}"`).join(", ");
  const rules = [
    "RowCount > 0",
    'IsComplete "event_id"',
    'IsComplete "event_time"',
    'Uniqueness "event_id" > 0.99',
    `ColumnValues "source" in [ ${sources} ]`,
    'ColumnDataType "event_time" = "Timestamp"',
  ];
  return `Rules = [\n  ${rules.join(",\n  ")}\n]`;
}

/** The account's setting for every table of the region: on purpose, and kept when the stack is destroyed, so that nothing becomes unreadable. */
function encryptCatalog({ name, args, child }: PipelineContext): void {
  const keyArn = args.kmsKeyArn;
  new aws.glue.DataCatalogEncryptionSettings(
    childName(name, "catalog-encryption"),
    {
      dataCatalogEncryptionSettings: {
        encryptionAtRest: { catalogEncryptionMode: "SSE-KMS", sseAwsKmsKeyId: keyArn },
        connectionPasswordEncryption: { returnConnectionPasswordEncrypted: true, awsKmsKeyId: keyArn },
      },
    },
    { ...child, retainOnDelete: true },
  );
}
