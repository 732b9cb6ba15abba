import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Buckets } from "./buckets.ts";
import type { Catalog } from "./catalog.ts";
import type { PipelineContext } from "./context.ts";
import { namedQueries } from "./schema.ts";

/** Makes the workgroup in which the table is queried, and the queries that answer what is asked most. */
export function createWorkgroup(
  { name, args, settings, place, prefix, loweredTags, child }: PipelineContext,
  { results, ready }: Buckets,
  { database }: Catalog,
): aws.athena.Workgroup {
  const { kmsKeyArn } = args;
  const workgroup = new aws.athena.Workgroup(
    childName(name, "workgroup"),
    {
      name: prefix,
      description: "Questions about calls of APIs and databases",
      forceDestroy: settings.deletable,
      configuration: {
        // A user's own settings could choose another place, and no encryption.
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true, // Security Hub Athena.4
        bytesScannedCutoffPerQuery: settings.scanLimitBytes,
        requesterPaysEnabled: false,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: pulumi.interpolate`s3://${results.bucket.id}/results/`,
          expectedBucketOwner: place.accountId,
          encryptionConfiguration:
            kmsKeyArn === undefined ? { encryptionOption: "SSE_S3" } : { encryptionOption: "SSE_KMS", kmsKeyArn },
        },
      },
      tags: loweredTags(...settings.lowered),
    },
    { ...child, dependsOn: ready },
  );
  for (const { key, title, sql } of namedQueries()) {
    new aws.athena.NamedQuery(
      childName(name, `query-${key.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`),
      { name: key, description: title, database: database.name, workgroup: workgroup.name, query: sql },
      child,
    );
  }
  return workgroup;
}
