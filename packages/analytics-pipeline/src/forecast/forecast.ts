import { arnIn, childName, NAME_RULES, type PolicyStatement, physicalName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarm, jobAlarm } from "../alarms.ts";
import type { Buckets } from "../buckets.ts";
import { type PipelineContext, roleWith } from "../context.ts";
import { FIXED, GLUE_VERSION, WORKER_TYPE } from "../defaults.ts";
import { type CleaningJob, createJobLogs, glueRunStatements, jobArn, RUN_ARGUMENTS } from "../job.ts";
import { packagePath, pythonModules } from "../schema.ts";
import { bucketKeyStatement, listStatement } from "../statements.ts";
import type { ForecastSettings } from "./settings.ts";
import { createTraining, type TrainingNames } from "./training.ts";

/** Under this folder of the job's bucket are features and models. */
export const FORECAST_FOLDER = "forecast/";

/**
 * A forecast of calls an hour, by route and by database: a model is trained by schedule, and each day the day before is scored. Between its uses it costs nothing but the alarm and its
 * storage: the endpoint is serverless, and training is paid by the second. forecast/README.md is the contract with its code.
 *
 * @returns the endpoint's name; the endpoint is there after the first training.
 */
export function createForecast(
  context: PipelineContext,
  settings: ForecastSettings,
  buckets: Buckets,
  { security }: CleaningJob,
): pulumi.Output<string> {
  const { name, args, prefix, child, place } = context;
  const short = physicalName(prefix, { ...NAME_RULES.databaseCluster, maximumLength: 24 });
  const names: TrainingNames = { short, endpoint: `${short}-forecast` };
  const job = featureJob(context, settings, buckets, security, names);
  createTraining(context, settings, buckets, job, names);

  const starter = roleWith(
    context,
    "forecast-scoring",
    "Starts the scoring of a day",
    trustDocument({ service: "scheduler.amazonaws.com", sourceAccount: place.accountId }),
    [{ sid: "Start", actions: ["glue:StartJobRun"], resources: [jobArn(context, job)] }],
  );
  new aws.scheduler.Schedule(
    childName(name, "forecast-scoring"),
    {
      description: "Scores the last day",
      scheduleExpression: settings.scoringSchedule,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: pulumi.interpolate`arn:${place.partition}:scheduler:::aws-sdk:glue:startJobRun`,
        roleArn: starter.role.arn,
        input: pulumi.jsonStringify({ JobName: job.name, Arguments: { "--mode": "score" } }),
        retryPolicy: { maximumRetryAttempts: 3 },
      },
    },
    { ...child, dependsOn: [starter.policy] },
  );
  if (args.alarmTopicArn !== undefined) {
    jobAlarm(context, "forecast-job", job, args.alarmTopicArn);
    createAlarm(context, "forecast-gap", args.alarmTopicArn, {
      alarmDescription: "What was called differs from the forecast by more than the limit",
      namespace: FIXED.METRIC_NAMESPACE,
      metricName: "ForecastGap",
      dimensions: { Pipeline: prefix },
      statistic: "Maximum",
      period: 3600,
      threshold: settings.gapLimit,
    });
  }
  return pulumi.output(names.endpoint);
}

function featureJob(
  context: PipelineContext,
  settings: ForecastSettings,
  { clean, job: bucket, ready }: Buckets,
  security: aws.glue.SecurityConfiguration,
  { endpoint }: TrainingNames,
): aws.glue.Job {
  const { name, place, prefix, tags, child, settings: pipeline } = context;
  const folder = `${FIXED.JOB_PREFIX}${FORECAST_FOLDER}`;
  const upload = (part: string, key: string, source: pulumi.asset.Asset | pulumi.asset.Archive) => {
    const object = new aws.s3.BucketObjectv2(
      childName(name, part),
      { bucket: bucket.bucket.id, key: `${folder}${key}`, source, tags },
      { ...child, dependsOn: ready },
    );
    return pulumi.interpolate`s3://${bucket.bucket.id}/${object.key}`;
  };
  const script = packagePath("forecast", "glue_forecast.py");
  const modules = pythonModules("forecast", "palisade_forecast");
  const logs = createJobLogs(context, "forecast");
  const { role, policy } = roleWith(
    context,
    "forecast-job",
    "Counts calls by the hour, and compares them with the forecast",
    trustDocument({ service: "glue.amazonaws.com", sourceAccount: place.accountId }),
    [...featureStatements(context, clean.bucket, bucket.bucket, endpoint), ...glueRunStatements(context, logs)],
  );
  return new aws.glue.Job(
    childName(name, "forecast-job"),
    {
      name: `${prefix}-forecast`,
      description: "Features of the forecast, and its gap to what came",
      roleArn: role.arn,
      glueVersion: GLUE_VERSION, // Security Hub Glue.4
      command: {
        name: "glueetl",
        pythonVersion: "3",
        scriptLocation: upload("forecast-script", "glue_forecast.py", new pulumi.asset.FileAsset(script)),
      },
      workerType: WORKER_TYPE,
      numberOfWorkers: 2,
      timeout: pipeline.timeoutMinutes,
      maxRetries: 0, // Who starts it tries again.
      executionProperty: { maxConcurrentRuns: 2 }, // A training and a scoring.
      jobRunQueuingEnabled: true,
      securityConfiguration: security.name,
      defaultArguments: {
        ...RUN_ARGUMENTS,
        "--custom-logGroup-prefix": logs.prefix,
        "--extra-py-files": upload(
          "forecast-modules",
          "palisade_forecast.zip",
          new pulumi.asset.AssetArchive(
            Object.fromEntries(modules.map(({ path, file }) => [path, new pulumi.asset.FileAsset(file)])),
          ),
        ),
        "--job-bookmark-option": "job-bookmark-disable",
        "--clean": pulumi.interpolate`s3://${clean.bucket.id}/`,
        "--history_weeks": String(settings.historyWeeks),
        "--forecasts": pulumi.interpolate`s3://${clean.bucket.id}/clean/forecast/`,
        "--endpoint": endpoint,
        "--metric_namespace": FIXED.METRIC_NAMESPACE,
        "--pipeline": prefix,
      },
      tags,
    },
    { ...child, dependsOn: [policy, ...logs.groups, ...ready] },
  );
}

function featureStatements(
  { args, place }: PipelineContext,
  clean: aws.s3.Bucket,
  job: aws.s3.Bucket,
  endpoint: string,
): PolicyStatement[] {
  return [
    {
      sid: "ReadEvents",
      actions: ["s3:GetObject"],
      resources: [
        pulumi.interpolate`${clean.arn}/clean/events/*`,
        pulumi.interpolate`${job.arn}/${FIXED.JOB_PREFIX}${FORECAST_FOLDER}*`,
      ],
      wildcardReason: "the clean files are named by the job; the second folder has this job's code alone",
    },
    {
      sid: "WriteFeatures",
      actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [
        pulumi.interpolate`${job.arn}/${FORECAST_FOLDER}features/*`,
        pulumi.interpolate`${clean.arn}/clean/forecast/*`,
      ],
      wildcardReason: "a training's features have a folder of their own, named when it runs",
    },
    listStatement("ListEvents", clean.arn, ["clean/events/", "clean/forecast/"]),
    listStatement("ListFeatures", job.arn, [`${FORECAST_FOLDER}features/`]),
    {
      sid: "AskForecast",
      actions: ["sagemaker:InvokeEndpoint"],
      resources: [arnIn(place, "sagemaker", `endpoint/${endpoint}`)],
    },
    ...(args.kmsKeyArn === undefined ? [] : [bucketKeyStatement(args.kmsKeyArn, place, "UseKey")]),
  ];
}
