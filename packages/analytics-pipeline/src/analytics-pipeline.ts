import type { PolicyStatement } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { jobAlarm } from "./alarms.ts";
import type { AnalyticsPipelineArgs } from "./args.ts";
import { createWorkgroup } from "./athena.ts";
import { createBuckets } from "./buckets.ts";
import { createCatalog } from "./catalog.ts";
import { type PipelineContext, pipelineContext } from "./context.ts";
import { createForecast } from "./forecast/forecast.ts";
import { createJob } from "./job.ts";
import { createLakeFormation } from "./lake-formation.ts";
import { createQuickSight } from "./quicksight.ts";
import { readerStatements } from "./reader.ts";
import { apiAccess } from "./sources/api-access.ts";
import { cloudtrail } from "./sources/cloudtrail.ts";
import { databaseAudit } from "./sources/database-audit.ts";
import { createDeliveryLog, type WiredSource } from "./sources/delivery.ts";
import { waf } from "./sources/waf.ts";
import { createStarts } from "./start.ts";
import { createWarehouse } from "./warehouse.ts";

const readers = new WeakMap<AnalyticsPipeline, PolicyStatement[]>();

/**
 * Every API and database call, clean, queryable and on a page: the trail, the access log, the firewall's log and the database's audit log are cleaned by a job of AWS Glue, kept as
 * Parquet by source and day, and asked by Amazon Athena. Switches add a dashboard of QuickSight, a forecast with SageMaker, and a warehouse with Zero-ETL.
 */
export class AnalyticsPipeline extends pulumi.ComponentResource {
  /** Name of the bucket of the raw records, and of what was quarantined. */
  public readonly rawBucketName: pulumi.Output<string>;
  /** Name of the bucket of the clean events. */
  public readonly cleanBucketName: pulumi.Output<string>;
  /** Name of the bucket of what queries answer. */
  public readonly resultBucketName: pulumi.Output<string>;
  /** S3 URI of each source's raw files, by the source. */
  public readonly sourceLocations: pulumi.Output<Record<string, string>>;
  /** Name of the job that cleans. */
  public readonly jobName: pulumi.Output<string>;
  /** ARN of the role that the job runs as. */
  public readonly jobRoleArn: pulumi.Output<string>;
  /** Name of the catalog's database. */
  public readonly databaseName: pulumi.Output<string>;
  /** Name of the table of the events. */
  public readonly tableName: pulumi.Output<string>;
  /** Name of the workgroup that queries run in. */
  public readonly workgroupName: pulumi.Output<string>;
  /** ARN of the dashboard; missing without `quickSight`. */
  public readonly dashboardArn?: pulumi.Output<string>;
  /** Name of the forecast's endpoint, which the first training makes; missing without `forecast`. */
  public readonly forecastEndpointName?: pulumi.Output<string>;
  /** Name of the warehouse's workgroup; missing without `warehouse`. */
  public readonly warehouseName?: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What is read, how it is kept, and what is made of it. At least one source is needed.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: AnalyticsPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:AnalyticsPipeline", name, {}, opts);
    const context = pipelineContext(name, args, this);
    const { settings } = context;
    const buckets = createBuckets(context);
    const sources = createSources(context, buckets);
    const cleaning = createJob(context, buckets, sources);
    createStarts(context, cleaning, sources);
    const catalog = createCatalog(context, buckets);
    const workgroup = createWorkgroup(context, buckets, catalog);
    if (args.lakeFormation !== undefined) createLakeFormation(context, args.lakeFormation, buckets, catalog);
    if (args.alarmTopicArn !== undefined) jobAlarm(context, "job", cleaning.job, args.alarmTopicArn);
    readers.set(this, readerStatements(context, buckets, catalog, workgroup.arn));

    this.rawBucketName = buckets.raw.bucket.id;
    this.cleanBucketName = buckets.clean.bucket.id;
    this.resultBucketName = buckets.results.bucket.id;
    this.sourceLocations = pulumi.output(locationsOf(sources));
    this.jobName = cleaning.job.name;
    this.jobRoleArn = cleaning.roleArn;
    this.databaseName = catalog.database.name;
    this.tableName = catalog.table.name;
    this.workgroupName = workgroup.name;
    if (settings.quickSight !== undefined) {
      this.dashboardArn = createQuickSight(context, settings.quickSight, buckets, catalog, workgroup);
    }
    if (settings.forecast !== undefined) {
      this.forecastEndpointName = createForecast(context, settings.forecast, buckets, cleaning);
    }
    if (settings.warehouse !== undefined && args.warehouse !== undefined) {
      this.warehouseName = createWarehouse(context, args.warehouse, settings.warehouse).workgroupName;
    }
    this.registerOutputs({
      rawBucketName: this.rawBucketName,
      cleanBucketName: this.cleanBucketName,
      resultBucketName: this.resultBucketName,
      sourceLocations: this.sourceLocations,
      jobName: this.jobName,
      jobRoleArn: this.jobRoleArn,
      databaseName: this.databaseName,
      tableName: this.tableName,
      workgroupName: this.workgroupName,
      ...(this.dashboardArn && { dashboardArn: this.dashboardArn }),
      ...(this.forecastEndpointName && { forecastEndpointName: this.forecastEndpointName }),
      ...(this.warehouseName && { warehouseName: this.warehouseName }),
    });
  }

  /** The statements that let a role query the table in the workgroup, and read its own results. */
  readerStatements(): PolicyStatement[] {
    return readers.get(this) ?? [];
  }
}

function createSources(context: PipelineContext, buckets: ReturnType<typeof createBuckets>): WiredSource[] {
  const { apiAccessLog, firewallLog, databaseAuditLog } = context.args;
  const trail = cloudtrail(context);
  if (apiAccessLog === undefined && firewallLog === undefined && databaseAuditLog === undefined) return trail;
  const errors = createDeliveryLog(context);
  return [
    ...trail,
    ...apiAccess(context, buckets, errors),
    ...waf(context, buckets, errors),
    ...databaseAudit(context, buckets, errors),
  ];
}

function locationsOf(sources: WiredSource[]): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    sources.map(({ source, bucketName, prefix }) => [source, pulumi.interpolate`s3://${bucketName}/${prefix}`]),
  );
}
