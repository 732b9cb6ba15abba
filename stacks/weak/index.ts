/**
 * The weak stage: the paper's starting point, in plain `aws.*` resources. Vulnerable on purpose; see README.md.
 * What is marked WEAK is a flaw that the lab exploits or that prod answers.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FunctionOutputs, StageOutputs } from "../outputs.ts";
import { createApi } from "./api.ts";
import { createDatabase, DATABASE_NAME } from "./database.ts";
import { refuseOutsideSandbox } from "./guard.ts";
import { createDevelopers, createFunctions, createRole, createThreatCaller, type Lambdas } from "./lambdas.ts";
import { createUsers } from "./users.ts";

/** What weak has besides: the secret that is none of the API's functions' business. */
export interface WeakOutputs extends StageOutputs {
  paymentsSecretArn: pulumi.Output<string>;
}

/** WEAK: a password in the source, used where `palisade:databasePassword` is not set. */
const DATABASE_PASSWORD = "palisade-admin-2024";

/**
 * Declares the stage.
 *
 * @throws Error outside the sandbox; see `refuseOutsideSandbox`
 */
export async function weak(): Promise<WeakOutputs> {
  const config = new pulumi.Config("palisade");
  refuseOutsideSandbox({
    emulatorUrl: config.get("emulatorUrl"),
    iKnowThisIsVulnerable: config.getBoolean("iKnowThisIsVulnerable"),
  });
  const users = createUsers();
  const database = createDatabase(config.get("databasePassword") ?? DATABASE_PASSWORD);
  const role = createRole();
  const environment = { ...database.environment, CLIENT_ID: users.client.id };
  const functions = createFunctions(role, environment);
  createTables(functions, database.instance);
  const { restApi, stage, apiKey } = createApi(functions);
  return {
    stage: "weak",
    restApiId: restApi.id,
    stageName: stage.stageName,
    apiUrl: stage.invokeUrl,
    userPoolId: users.pool.id,
    clientIds: { machine: users.client.id, session: users.client.id },
    functions: functionOutputs(functions, role),
    database: {
      clusterIdentifier: database.cluster.clusterIdentifier,
      endpoint: database.cluster.endpoint,
      port: database.cluster.port,
      name: DATABASE_NAME,
    },
    teamRoleArns: createDevelopers().arn.apply((arn) => ({ catalog: arn, orders: arn, identity: arn })),
    apiKey: apiKey.value,
    threatCallerName: createThreatCaller(role, environment, config.get("threatSink")).name,
    paymentsSecretArn: createPaymentsSecret(),
  };
}

function createTables(functions: Lambdas, instance: aws.rds.ClusterInstance): void {
  new aws.lambda.Invocation(
    "weak-setup",
    { functionName: functions.setup.name, input: "{}" },
    { dependsOn: [instance] },
  );
}

/** The secret of a payments function that is not part of this API: what an over-privileged role gives away. */
function createPaymentsSecret(): pulumi.Output<string> {
  const secret = new aws.secretsmanager.Secret("weak-payments", {
    name: "weak/payments",
    description: "Key of the payment provider; for the payments function alone",
    recoveryWindowInDays: 0,
  });
  new aws.secretsmanager.SecretVersion("weak-payments", {
    secretId: secret.id,
    secretString: JSON.stringify({ provider: "example-pay", key: "not-a-real-key-4b1d" }),
  });
  return secret.arn;
}

function functionOutputs(functions: Lambdas, role: aws.iam.Role): Record<string, FunctionOutputs> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, fn]) => [
      name,
      // WEAK: no log group is declared: Lambda makes one that keeps everything for ever.
      { functionName: fn.name, roleName: role.name, logGroupName: pulumi.interpolate`/aws/lambda/${fn.name}` },
    ]),
  );
}
