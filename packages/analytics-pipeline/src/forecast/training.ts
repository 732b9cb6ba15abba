import { arnIn, childName, type PolicyStatement, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Buckets } from "../buckets.ts";
import { type PipelineContext, roleWith } from "../context.ts";
import { jobArn } from "../job.ts";
import { readJson } from "../schema.ts";
import { bucketKeyStatement, listStatement } from "../statements.ts";
import { FORECAST_FOLDER } from "./forecast.ts";
import type { ForecastSettings } from "./settings.ts";
import { trainingDefinition } from "./state-machine.ts";

/** Names that are known before the resources are made. */
export interface TrainingNames {
  /** What every training job, model and configuration begins with, at most 24 characters. */
  short: string;
  endpoint: string;
}

/** SageMaker's built-in XGBoost. https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html */
const REPOSITORY = "sagemaker-xgboost";
const IMAGE_TAG = "1.7-1";

/** What trains a model by schedule: a state machine, which makes the first endpoint and later gives it each new model. */
export function createTraining(
  context: PipelineContext,
  settings: ForecastSettings,
  buckets: Buckets,
  job: aws.glue.Job,
  names: TrainingNames,
): void {
  const { name, args, settings: pipeline, place, prefix, tags, child } = context;
  // The account of the image differs by region; the provider knows the list.
  const image = aws.sagemaker.getPrebuiltEcrImageOutput(
    { repositoryName: REPOSITORY, imageTag: IMAGE_TAG, region: place.region },
    child,
  ).registryPath;
  const model = modelRole(context, buckets, names, image);
  const log = new aws.cloudwatch.LogGroup(
    childName(name, "forecast-training-log"),
    {
      // Step Functions wants this beginning where many machines log.
      // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      name: `/aws/vendedlogs/states/${prefix}-forecast`,
      retentionInDays: pipeline.logRetentionDays,
      kmsKeyId: args.kmsKeyArn,
      tags,
    },
    child,
  );
  const runner = roleWith(
    context,
    "forecast-training",
    "Trains a model and gives it to the endpoint",
    trustDocument({ service: "states.amazonaws.com", sourceAccount: place.accountId }),
    trainingStatements(context, job, names, model.role.arn),
  );
  const machine = new aws.sfn.StateMachine(
    childName(name, "forecast-training"),
    {
      name: `${prefix}-forecast`,
      type: "STANDARD",
      roleArn: runner.role.arn,
      // Security Hub StepFunctions.1
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: false,
        logDestination: pulumi.interpolate`${log.arn}:*`,
      },
      tracingConfiguration: { enabled: true },
      // Encrypted with AWS's own key: it is told no more than where features and models are.
      definition: pulumi.jsonStringify(
        trainingDefinition({
          ...names,
          jobName: job.name,
          folder: pulumi.interpolate`s3://${buckets.job.bucket.id}/${FORECAST_FOLDER}`,
          partition: place.partition,
          image,
          roleArn: model.role.arn,
          kmsKeyArn: args.kmsKeyArn,
          hyperparameters: readJson("forecast", "hyperparameters.json"),
          memoryMegabytes: settings.endpointMemoryMegabytes,
          instanceType: settings.trainingInstanceType,
        }),
      ),
      tags,
    },
    { ...child, dependsOn: [runner.policy, model.policy] },
  );
  const starter = roleWith(
    context,
    "forecast-schedule",
    "Starts a training",
    trustDocument({ service: "scheduler.amazonaws.com", sourceAccount: place.accountId }),
    [{ sid: "Start", actions: ["states:StartExecution"], resources: [machine.arn] }],
  );
  new aws.scheduler.Schedule(
    childName(name, "forecast-schedule"),
    {
      description: "Trains a model; the first run makes the endpoint",
      scheduleExpression: settings.trainingSchedule,
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: machine.arn, roleArn: starter.role.arn, input: "{}", retryPolicy: { maximumRetryAttempts: 3 } },
    },
    { ...child, dependsOn: [starter.policy] },
  );
}

/** What the container of a model may do: read features, write and read models, log. It has no network. */
function modelRole(context: PipelineContext, { job }: Buckets, { short }: TrainingNames, image: pulumi.Output<string>) {
  const { args, place } = context;
  const registry = image.apply((path) => path.split(".")[0] as string);
  return roleWith(
    context,
    "forecast-model",
    "Trains and serves the model",
    trustDocument({ service: "sagemaker.amazonaws.com", sourceAccount: place.accountId }),
    [
      {
        sid: "ReadAndWriteModel",
        actions: ["s3:GetObject", "s3:PutObject"],
        resources: [pulumi.interpolate`${job.bucket.arn}/${FORECAST_FOLDER}*`],
        wildcardReason: "a training's features and model have a folder of their own, named when it runs",
      },
      listStatement("ListFeatures", job.bucket.arn, [FORECAST_FOLDER]),
      {
        sid: "Log",
        actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: [
          arnIn(place, "logs", "log-group:/aws/sagemaker/TrainingJobs:*"),
          arnIn(place, "logs", `log-group:/aws/sagemaker/Endpoints/${short}-forecast:*`),
        ],
        wildcardReason: "SageMaker names its groups and streams itself",
      },
      {
        sid: "PullImage",
        actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: [
          pulumi.interpolate`arn:${place.partition}:ecr:${place.region}:${registry}:repository/${REPOSITORY}`,
        ],
      },
      {
        sid: "SignInToRegistry",
        actions: ["ecr:GetAuthorizationToken"],
        resources: ["*"],
        wildcardReason: "the action has no resource",
      },
      ...(args.kmsKeyArn === undefined
        ? []
        : [
            bucketKeyStatement(args.kmsKeyArn, place, "UseKey"),
            {
              sid: "EncryptVolume",
              actions: ["kms:CreateGrant"],
              resources: [args.kmsKeyArn],
              conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
            },
          ]),
    ],
  );
}

function trainingStatements(
  context: PipelineContext,
  job: aws.glue.Job,
  { short, endpoint }: TrainingNames,
  modelRoleArn: pulumi.Output<string>,
): PolicyStatement[] {
  const { args, place } = context;
  const own = (kind: string) => arnIn(place, "sagemaker", `${kind}/${short}-*`);
  // https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
  return [
    {
      sid: "Count",
      actions: ["glue:BatchStopJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:StartJobRun"],
      resources: [jobArn(context, job)],
    },
    {
      sid: "Train",
      actions: [
        "sagemaker:AddTags",
        "sagemaker:CreateEndpointConfig",
        "sagemaker:CreateModel",
        "sagemaker:CreateTrainingJob",
        "sagemaker:DescribeTrainingJob",
        "sagemaker:StopTrainingJob",
      ],
      resources: [own("training-job"), own("model"), own("endpoint-config")],
      wildcardReason: "a training's names end in an id of its own; they begin with the pipeline's",
    },
    {
      sid: "Serve",
      actions: ["sagemaker:CreateEndpoint", "sagemaker:DescribeEndpoint", "sagemaker:UpdateEndpoint"],
      resources: [arnIn(place, "sagemaker", `endpoint/${endpoint}`), own("endpoint-config")],
      wildcardReason: "a training's configuration ends in an id of its own; it begins with the pipeline's name",
    },
    {
      sid: "HandRole",
      actions: ["iam:PassRole"],
      resources: [modelRoleArn],
      conditions: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    },
    {
      sid: "HearOfEnd",
      actions: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      resources: [arnIn(place, "events", "rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule")],
    },
    {
      sid: "Log",
      actions: [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ],
      resources: ["*"],
      wildcardReason:
        "deliveries of logs have no ARN: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html",
    },
    {
      sid: "Trace",
      actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
      resources: ["*"],
      wildcardReason: "X-Ray has no resource to name",
    },
    ...(args.kmsKeyArn === undefined
      ? []
      : [
          {
            sid: "EncryptTraining",
            actions: ["kms:CreateGrant", "kms:DescribeKey"],
            resources: [args.kmsKeyArn],
            conditions: {
              StringEquals: { "kms:ViaService": pulumi.interpolate`sagemaker.${place.region}.amazonaws.com` },
            },
          },
        ]),
  ];
}
