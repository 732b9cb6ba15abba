import { childName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LakeFormationArgs } from "./args.ts";
import type { Buckets } from "./buckets.ts";
import type { Catalog } from "./catalog.ts";
import { type PipelineContext, roleWith } from "./context.ts";
import { bucketKeyStatement, listStatement } from "./statements.ts";

/**
 * Permissions by Lake Formation: the readers are handed credentials for the table's files by a role that nobody else assumes, and need none for the bucket.
 * https://docs.aws.amazon.com/lake-formation/latest/dg/registration-role.html
 */
export function createLakeFormation(
  context: PipelineContext,
  { readerArns }: LakeFormationArgs,
  { clean }: Buckets,
  { database, table }: Catalog,
): void {
  const { name, args, place, child } = context;
  const files = pulumi.interpolate`${clean.bucket.arn}/clean/events`;
  const registrar = roleWith(
    context,
    "lake",
    "Hands out the files of the table for Lake Formation",
    trustDocument({ service: "lakeformation.amazonaws.com", sourceAccount: place.accountId }),
    [
      {
        sid: "ReadFiles",
        actions: ["s3:GetObject"],
        resources: [pulumi.interpolate`${files}/*`],
        wildcardReason: "Lake Formation narrows it to the files of a query",
      },
      listStatement("ListFiles", clean.bucket.arn, ["clean/events/"]),
      ...(args.kmsKeyArn === undefined ? [] : [bucketKeyStatement(args.kmsKeyArn, place, "ReadKey", ["kms:Decrypt"])]),
    ],
  );
  const location = new aws.lakeformation.Resource(
    childName(name, "lake-location"),
    { arn: files, roleArn: registrar.role.arn, useServiceLinkedRole: false, hybridAccessEnabled: false },
    { ...child, dependsOn: [registrar.policy] },
  );
  readerArns.forEach((principal, index) => {
    new aws.lakeformation.Permissions(
      childName(name, `lake-reader-${index + 1}`),
      {
        principal,
        permissions: ["SELECT", "DESCRIBE"],
        table: { databaseName: database.name, name: table.name },
      },
      { ...child, dependsOn: [location] },
    );
  });
}
