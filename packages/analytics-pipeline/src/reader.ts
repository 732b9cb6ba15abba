import { arnIn, type PolicyStatement } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import type { Buckets } from "./buckets.ts";
import type { Catalog } from "./catalog.ts";
import type { PipelineContext } from "./context.ts";
import { bucketKeyStatement, listStatement } from "./statements.ts";

/**
 * What a role needs that queries the table in the workgroup, and nothing more. With Lake Formation the table's files are handed out by it, and the role needs
 * its data access in the place of the bucket.
 */
export function readerStatements(
  context: PipelineContext,
  { clean, results }: Buckets,
  { database, table }: Catalog,
  workgroupArn: pulumi.Input<string>,
): PolicyStatement[] {
  const { args, place } = context;
  const managed = args.lakeFormation !== undefined;
  return [
    {
      sid: "Ask",
      actions: [
        "athena:BatchGetNamedQuery",
        "athena:GetNamedQuery",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetQueryResultsStream",
        "athena:GetWorkGroup",
        "athena:ListNamedQueries",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      resources: [workgroupArn],
    },
    {
      sid: "KnowTable",
      actions: ["glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
      resources: [
        arnIn(place, "glue", "catalog"),
        arnIn(place, "glue", pulumi.interpolate`database/${database.name}`),
        arnIn(place, "glue", pulumi.interpolate`table/${database.name}/${table.name}`),
      ],
    },
    ...(managed
      ? [
          {
            sid: "LakeFormation",
            actions: ["lakeformation:GetDataAccess"],
            resources: ["*"],
            wildcardReason: "the action has no resource: what it hands out is Lake Formation's own grant",
          },
        ]
      : [
          {
            sid: "ReadEvents",
            actions: ["s3:GetObject"],
            resources: [pulumi.interpolate`${clean.bucket.arn}/clean/events/*`],
            wildcardReason: "a table's files are many and named by the job; the folder is the table's own",
          },
          listStatement("ListEvents", clean.bucket.arn, ["clean/events/"]),
        ]),
    {
      sid: "KeepResults",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      resources: [pulumi.interpolate`${results.bucket.arn}/results/*`],
      wildcardReason: "Athena names its results after its queries; the folder is the workgroup's own",
    },
    { sid: "FindResults", actions: ["s3:GetBucketLocation", "s3:ListBucket"], resources: [results.bucket.arn] },
    ...(args.kmsKeyArn === undefined ? [] : [bucketKeyStatement(args.kmsKeyArn, place, "UseKey")]),
  ];
}
