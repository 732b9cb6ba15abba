import type * as pulumi from "@pulumi/pulumi";

/** What the lab and the sandbox need to know of one deployed function. */
export interface FunctionOutputs {
  functionName: pulumi.Input<string>;
  /** Name (not ARN) of the function's execution role. */
  roleName: pulumi.Input<string>;
  logGroupName: pulumi.Input<string>;
}

/** What is needed to reach a stage's database. */
export interface DatabaseOutputs {
  clusterIdentifier: pulumi.Input<string>;
  /** Host name of the writer. */
  endpoint: pulumi.Input<string>;
  port: pulumi.Input<number>;
  /** Name of the database (schema) that the functions use. */
  name: pulumi.Input<string>;
  /** ARN of the secret that holds the master user's password; absent where the stage has none (weak). */
  masterSecretArn?: pulumi.Input<string>;
}

/** What a deployment of code needs where code is signed. */
export interface CodeSigningOutputs {
  configArn: pulumi.Input<string>;
  profileName: pulumi.Input<string>;
  bucketName: pulumi.Input<string>;
}

/** Where a stage's calls are asked for. */
export interface AnalyticsOutputs {
  /** Name of Athena's workgroup. */
  workgroupName: pulumi.Input<string>;
  /** Name of the catalog's database. */
  databaseName: pulumi.Input<string>;
  /** Name of the table of the events. */
  tableName: pulumi.Input<string>;
  cleanBucketName: pulumi.Input<string>;
  rawBucketName: pulumi.Input<string>;
  /** S3 URI of each source's raw files, by the source. */
  sources: pulumi.Input<Record<string, string>>;
}

/** The app clients of the user pool. */
export interface ClientIdOutputs {
  /** Clients that send `Authorization: Bearer`. */
  machine: pulumi.Input<string>;
  /** The client that `POST /session` signs people in with. */
  session: pulumi.Input<string>;
}

/**
 * The outputs of a stage with an API (`weak`, `dev` and `prod`): what `pulumi stack output` prints, and what the lab and
 * the sandbox read. The keys of `functions` are the folder names of `functions/src` (`catalog`, `order-import`, ...).
 */
export interface StageOutputs {
  /** Name of the stage: `weak`, `dev` or `prod`. */
  stage: string;
  restApiId: pulumi.Input<string>;
  /** Name of the API Gateway stage that is deployed: the first segment of the path of `apiUrl`. */
  stageName: pulumi.Input<string>;
  /** The API's invoke URL, stage included, without a trailing slash. */
  apiUrl: pulumi.Input<string>;
  /** Absent where the stage has no user pool. */
  userPoolId?: pulumi.Input<string>;
  /** Absent where the stage has no user pool. */
  clientIds?: ClientIdOutputs;
  functions: Record<string, FunctionOutputs>;
  /** Absent where the stage has no access log (weak). */
  accessLogGroupName?: pulumi.Input<string>;
  database: DatabaseOutputs;
  /** Name of the DynamoDB table of idempotency keys; absent where there is none (weak). */
  idempotencyTable?: pulumi.Input<string>;
  /** Who signs the functions' code, and where; absent where any code runs (weak). */
  codeSigning?: CodeSigningOutputs;
  /** ARNs of the roles that may change functions, by the team. */
  teamRoleArns?: pulumi.Input<Record<string, string>>;
  /** ARN of the topic that is told of alarms; absent where nobody is. */
  alarmTopicArn?: pulumi.Input<string>;
  /** Name of the DynamoDB table of revoked tokens; absent where there is none (weak). */
  revocationTable?: pulumi.Input<string>;
  /** The partners' page: its URL and its distribution; absent where there is none. */
  page?: { url: pulumi.Input<string>; distributionId: pulumi.Input<string> };
  /** The records of calls; absent where nothing is recorded (weak). */
  analytics?: AnalyticsOutputs;
  /** Value of the API key that `weak` takes for authorization; absent elsewhere. */
  apiKey?: pulumi.Input<string>;
  /** Name of the function that calls a malicious address (weak); elsewhere it is the account's. */
  threatCallerName?: pulumi.Input<string>;
}

/** A stage's outputs once deployed: every value is known. */
export type ResolvedStageOutputs = pulumi.Unwrap<StageOutputs>;

/** The outputs of the `account` stage, which owns what exists once per account and region. */
export interface AccountOutputs {
  stage: string;
  /** ARN of the role that API Gateway writes every API's logs with. */
  gatewayLogRoleArn: pulumi.Input<string>;
  /** ARN of the topic that people listen to for findings and alarms. */
  findingTopicArn: pulumi.Input<string>;
  /** Name of the bucket of the audit trail. */
  trailBucketName: pulumi.Input<string>;
  /** ARN of the key of the trail's files: with the bucket's name it is what a stage's analytics are told (`palisade:trailBucketName`, `palisade:trailKeyArn`). */
  trailKeyArn: pulumi.Input<string>;
  /** Name of the log group of every finding. */
  findingLogGroupName: pulumi.Input<string>;
  /** Name of the function that calls a listed address, to see that people are told; absent where `palisade:simulateThreats` gives no reason. */
  threatCallerName?: pulumi.Input<string>;
  /** URL of the dashboard of what is logged; absent where `palisade:siem` is not set. */
  siemDashboardsUrl?: pulumi.Input<string>;
}
