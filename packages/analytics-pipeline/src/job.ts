import { arnIn, childName, NAME_RULES, type PolicyStatement, physicalName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Buckets } from "./buckets.ts";
import { type PipelineContext, roleWith } from "./context.ts";
import { FIXED, GLUE_VERSION, WORKER_TYPE } from "./defaults.ts";
import { packagePath, pythonModules } from "./schema.ts";
import type { WiredSource } from "./sources/delivery.ts";
import { bucketKeyStatement, listStatement } from "./statements.ts";

/** The job that cleans, and what the rest needs of it. */
export interface CleaningJob {
  job: aws.glue.Job;
  roleArn: pulumi.Output<string>;
  /** Encrypts what a job writes. */
  security: aws.glue.SecurityConfiguration;
}

/** Makes the job: its code, its role, its logs, and how all that it writes is encrypted. */
export function createJob(context: PipelineContext, buckets: Buckets, sources: WiredSource[]): CleaningJob {
  const { name, args, settings, place, prefix, tags, child } = context;
  const code = uploadCode(context, buckets);
  const security = securityConfiguration(context);
  const logs = createJobLogs(context, "job");
  const reader = roleWith(
    context,
    "job",
    "Reads the raw records and writes the clean ones",
    trustDocument({ service: "glue.amazonaws.com", sourceAccount: place.accountId }),
    [...jobStatements(context, buckets, sources), ...glueRunStatements(context, logs)],
  );
  const job = new aws.glue.Job(
    childName(name, "job"),
    {
      name: `${prefix}-clean`,
      description: "Cleans the records of calls and writes them by day",
      roleArn: reader.role.arn,
      glueVersion: GLUE_VERSION, // Security Hub Glue.4
      command: { name: "glueetl", pythonVersion: "3", scriptLocation: code.script },
      workerType: WORKER_TYPE,
      numberOfWorkers: settings.maximumWorkers,
      timeout: settings.timeoutMinutes,
      // What failed is read again by the next run, which begins where the manifest ends.
      maxRetries: 0,
      // One run at a time: the job replaces a day's file whole. What is started meanwhile waits.
      executionProperty: { maxConcurrentRuns: 1 },
      jobRunQueuingEnabled: true,
      securityConfiguration: security.name,
      defaultArguments: {
        ...RUN_ARGUMENTS,
        "--custom-logGroup-prefix": logs.prefix,
        "--extra-py-files": code.modules,
        // The job keeps a manifest of its own, which also knows a file that was delivered twice.
        "--job-bookmark-option": "job-bookmark-disable",
        "--sources": pulumi.jsonStringify(
          Object.fromEntries(
            sources.map(({ source, bucketName, prefix: folder }) => [
              source,
              pulumi.interpolate`s3://${bucketName}/${folder}`,
            ]),
          ),
        ),
        "--clean": s3Folder(buckets.clean.bucket),
        "--quarantine": s3Folder(buckets.raw.bucket),
        "--state": s3Folder(buckets.job.bucket),
        "--quarantine_share_limit": String(settings.quarantineShareLimit),
        ...(args.pseudonymSecretArn !== undefined && { "--hash_key_secret": args.pseudonymSecretArn }),
      },
      tags,
    },
    { ...child, dependsOn: [reader.policy, ...logs.groups, ...buckets.ready] },
  );
  return { job, roleArn: reader.role.arn, security };
}

/** What every run of Glue is told. https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */
export const RUN_ARGUMENTS = {
  "--job-language": "python",
  "--enable-auto-scaling": "true",
  "--enable-metrics": "true",
  "--enable-observability-metrics": "true",
  "--conf": "spark.sql.session.timeZone=UTC",
} as const;

const s3Folder = (bucket: aws.s3.Bucket) => pulumi.interpolate`s3://${bucket.id}/`;

/** The script, and one zip with the modules that it imports and the table's schema. */
function uploadCode({ name, tags, child }: PipelineContext, { job, ready }: Buckets) {
  const options = { ...child, dependsOn: ready };
  const script = new aws.s3.BucketObjectv2(
    childName(name, "job-script"),
    {
      bucket: job.bucket.id,
      key: `${FIXED.JOB_PREFIX}glue_job.py`,
      source: new pulumi.asset.FileAsset(packagePath("job", "glue_job.py")),
      tags,
    },
    options,
  );
  const files = Object.fromEntries(
    pythonModules("job", "palisade_etl").map(({ path, file }) => [path, new pulumi.asset.FileAsset(file)]),
  );
  const modules = new aws.s3.BucketObjectv2(
    childName(name, "job-modules"),
    {
      bucket: job.bucket.id,
      key: `${FIXED.JOB_PREFIX}palisade_etl.zip`,
      source: new pulumi.asset.AssetArchive({
        ...files,
        "schema.json": new pulumi.asset.FileAsset(packagePath("job", "schema.json")),
      }),
      tags,
    },
    options,
  );
  return {
    script: pulumi.interpolate`s3://${job.bucket.id}/${script.key}`,
    modules: pulumi.interpolate`s3://${job.bucket.id}/${modules.key}`,
  };
}

/**
 * How Glue encrypts what a run writes: files, its logs, its bookmarks. Without a key of the stage's own S3's key encrypts the files, and CloudWatch's the logs: Glue has
 * no other mode for them.
 * https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html
 */
function securityConfiguration({ name, args, child }: PipelineContext): aws.glue.SecurityConfiguration {
  const { kmsKeyArn } = args;
  return new aws.glue.SecurityConfiguration(
    childName(name, "security"),
    {
      encryptionConfiguration:
        kmsKeyArn === undefined
          ? {
              s3Encryption: { s3EncryptionMode: "SSE-S3" },
              cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
              jobBookmarksEncryption: { jobBookmarksEncryptionMode: "DISABLED" },
            }
          : {
              s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn },
              cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn },
              jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn },
            },
    },
    child,
  );
}

/** The log groups of a job of Glue 5, which it names `<prefix>/output` and `<prefix>/error`. */
export interface JobLogs {
  prefix: string;
  groups: aws.cloudwatch.LogGroup[];
}

/** Makes them before Glue would, without an end of retention. https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html */
export function createJobLogs({ name, args, settings, prefix, tags, child }: PipelineContext, part: string): JobLogs {
  const logPrefix = `/palisade/${physicalName(`${prefix}-${part}`, { ...NAME_RULES.logGroup, maximumLength: 380 })}`;
  const groups = ["output", "error"].map(
    (kind) =>
      new aws.cloudwatch.LogGroup(
        childName(name, `${part}-${kind}-log`),
        {
          name: `${logPrefix}/${kind}`,
          retentionInDays: settings.logRetentionDays,
          kmsKeyId: args.kmsKeyArn,
          tags,
        },
        child,
      ),
  );
  return { prefix: logPrefix, groups };
}

/** What every job of Glue does beside its work: it logs, and counts. */
export function glueRunStatements({ args }: PipelineContext, { groups }: JobLogs): PolicyStatement[] {
  return [
    {
      sid: "WriteLogs",
      // A job with a security configuration sets the group's key itself.
      // https://docs.aws.amazon.com/glue/latest/dg/set-up-encryption.html
      actions: ["logs:AssociateKmsKey", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: groups.map(({ arn }) => pulumi.interpolate`${arn}:*`),
      wildcardReason: "Glue names the streams after its runs; the groups are the job's own",
    },
    {
      sid: "Count",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      conditions: { StringEquals: { "cloudwatch:namespace": ["Glue", FIXED.METRIC_NAMESPACE] } },
      wildcardReason: "a metric has no ARN; the condition names the namespaces",
    },
    ...(args.kmsKeyArn === undefined
      ? []
      : [
          {
            // Glue encrypts its logs' stream and bookmarks itself, not through another service.
            sid: "EncryptRun",
            actions: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
            resources: [args.kmsKeyArn],
          },
        ]),
  ];
}

function jobStatements(
  { args, place }: PipelineContext,
  { raw, clean, job }: Buckets,
  sources: WiredSource[],
): PolicyStatement[] {
  const { kmsKeyArn, pseudonymSecretArn } = args;
  const keys = sources.flatMap((source) => (source.kmsKeyArn === undefined ? [] : [source.kmsKeyArn]));
  return [
    {
      sid: "ReadRaw",
      actions: ["s3:GetObject"],
      resources: sources.map(({ bucketArn, prefix }) => pulumi.interpolate`${bucketArn}/${prefix}*`),
      wildcardReason: "the raw files are named by who delivers them; the folders are the sources' own",
    },
    ...sources.map(({ source, bucketArn, prefix }) =>
      listStatement(`List${source.replace(/\W/g, "")}`, bucketArn, [prefix]),
    ),
    {
      sid: "Write",
      actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [
        pulumi.interpolate`${clean.bucket.arn}/clean/*`,
        pulumi.interpolate`${raw.bucket.arn}/quarantine/*`,
        pulumi.interpolate`${job.bucket.arn}/runs/*`,
        pulumi.interpolate`${job.bucket.arn}/staging/*`,
      ],
      wildcardReason: "Spark names its files itself; the folders are the job's own, and its code is in none of them",
    },
    {
      sid: "ReadCode",
      actions: ["s3:GetObject"],
      resources: ["glue_job.py", "palisade_etl.zip"].map(
        (file) => pulumi.interpolate`${job.bucket.arn}/${FIXED.JOB_PREFIX}${file}`,
      ),
    },
    listStatement("ListClean", clean.bucket.arn, ["clean/"]),
    listStatement("ListQuarantine", raw.bucket.arn, ["quarantine/"]),
    listStatement("ListState", job.bucket.arn, ["runs/", "staging/"]),
    ...(kmsKeyArn === undefined ? [] : [bucketKeyStatement(kmsKeyArn, place, "UseKey")]),
    ...(keys.length === 0
      ? []
      : [
          {
            ...bucketKeyStatement(keys[0] as pulumi.Input<string>, place, "ReadTrail", ["kms:Decrypt"]),
            resources: keys,
          },
        ]),
    ...(pseudonymSecretArn === undefined
      ? []
      : [
          {
            sid: "ReadPseudonymKey",
            actions: ["secretsmanager:GetSecretValue"],
            resources: [pseudonymSecretArn],
          },
        ]),
  ];
}

/** The ARN of a job, by its name. */
export function jobArn({ place }: PipelineContext, job: aws.glue.Job): pulumi.Output<string> {
  return arnIn(place, "glue", pulumi.interpolate`job/${job.name}`);
}
