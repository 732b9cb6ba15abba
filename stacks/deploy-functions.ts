import type { NetworkPlacement, PolicyStatement } from "@palisade/core";
import { bundle, bundleDetails } from "@palisade/functions/bundle";
import type { HardenedDatabase, IdempotencyTable } from "@palisade/hardened-database";
import { HardenedFunction } from "@palisade/hardened-function";
import { operationsOf, type UserPool } from "@palisade/secure-gateway";
import * as pulumi from "@pulumi/pulumi";
import type { StageConfig } from "./config.ts";
import { FUNCTIONS, type FunctionSpec } from "./functions.ts";
import type { StageData } from "./stages/stage.ts";

/** What the functions of a stage are made from. */
export interface FunctionContext {
  stage: StageData;
  config: StageConfig;
  users: UserPool;
  database: HardenedDatabase;
  idempotency: IdempotencyTable;
}

/** Environment, rights and place of one function. */
interface Needs {
  environment: Record<string, pulumi.Input<string>>;
  statements: PolicyStatement[];
  network?: NetworkPlacement;
}

/** What a function needs beside its database user. */
const EXTRAS: Record<string, (context: FunctionContext) => Needs> = {
  orders: ({ database, idempotency }) => ({
    environment: { IDEMPOTENCY_TABLE: idempotency.tableName },
    statements: [idempotency.statement("GetItem", "PutItem", "DeleteItem")],
    network: database.placement("dynamodb"),
  }),
  session: ({ users }) => ({
    environment: { USER_POOL_ID: users.userPoolId, CLIENT_ID: users.sessionClientId },
    statements: [
      {
        sid: "SignInAndOut",
        actions: ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminUserGlobalSignOut"],
        resources: [users.userPoolArn],
      },
    ],
  }),
};

/** Deploys the functions behind the API's operations, by their key. */
export async function apiFunctions(
  context: FunctionContext,
  dependsOn: pulumi.Resource[],
): Promise<Record<string, HardenedFunction>> {
  const deployed: Record<string, HardenedFunction> = {};
  const zips = await Promise.all(Object.keys(FUNCTIONS).map((key) => bundle(key)));
  for (const [index, [key, spec]] of Object.entries(FUNCTIONS).entries()) {
    const { databaseTimeoutSeconds, timeoutSeconds } = context.stage.functions;
    const usesDatabase = spec.databaseUser !== undefined;
    deployed[key] = new HardenedFunction(
      key,
      {
        ...common(context.stage),
        code: new pulumi.asset.FileArchive(zips[index] as string),
        description: spec.description,
        timeoutSeconds: usesDatabase ? databaseTimeoutSeconds : timeoutSeconds,
        ...needsOf(context, key, spec),
      },
      { dependsOn: usesDatabase ? dependsOn : [] },
    );
  }
  return deployed;
}

function needsOf(context: FunctionContext, key: string, { databaseUser }: FunctionSpec): Needs {
  const extra = EXTRAS[key]?.(context) ?? { environment: {}, statements: [] };
  if (databaseUser === undefined) return extra;
  return {
    ...extra,
    environment: { ...databaseEnvironment(context), DATABASE_USER: databaseUser, ...extra.environment },
    statements: [context.database.connectStatement(databaseUser), ...extra.statements],
    network: extra.network ?? context.database.placement(),
  };
}

/** Deploys the function that decides who may call: outside of the network, with no right to anything. */
export async function authorizerFunction(
  { stage, config, users }: FunctionContext,
  document: Record<string, unknown>,
): Promise<HardenedFunction> {
  return new HardenedFunction("authorizer", {
    ...common(stage),
    code: new pulumi.asset.FileArchive(await bundle("authorizer")),
    description: "Decides which operations a caller may call",
    timeoutSeconds: stage.functions.timeoutSeconds,
    environment: {
      USER_POOL_ID: users.userPoolId,
      CLIENT_IDS: users.clientIds.apply((ids) => ids.join(",")),
      // The one scope that Cognito gives to an access token of a sign-in by its API.
      REQUIRED_SCOPES: "aws.cognito.signin.user.admin",
      OPERATIONS: JSON.stringify(operationsOf(document)),
      ...(config.jwksUri === undefined ? {} : { JWKS_URI: config.jwksUri }),
    },
  });
}

/** The migrations function, and what identifies its migrations. */
export interface Migrations {
  deployed: HardenedFunction;
  /** SHA-256 of the bundle: it changes with the statements, and with the code that runs them. */
  version: string;
}

/** Deploys the only function that may be the master user of the database. */
export async function migrationsFunction(context: FunctionContext): Promise<Migrations> {
  const { stage, database } = context;
  const { path, sha256 } = await bundleDetails("migrations");
  const deployed = new HardenedFunction("migrations", {
    ...common(stage),
    code: new pulumi.asset.FileArchive(path),
    description: "Brings the database's schema and users up to date, on deploy",
    // A change of a large table takes its time; nobody waits for it at API Gateway.
    timeoutSeconds: 900,
    environment: { ...databaseEnvironment(context), MASTER_SECRET_ARN: database.masterSecretArn },
    statements: database.masterSecretStatements(),
    network: database.placement("secretsManager"),
  });
  return { deployed, version: sha256 };
}

function databaseEnvironment({ database, config }: FunctionContext): Record<string, pulumi.Input<string>> {
  return {
    DATABASE_HOST: database.clusterEndpoint,
    DATABASE_PORT: pulumi.interpolate`${database.port}`,
    DATABASE_NAME: database.databaseName,
    DATABASE_CA: config.databaseCa,
  };
}

function common(stage: StageData) {
  return { memoryMegabytes: stage.functions.memoryMegabytes, logRetentionDays: stage.logRetentionDays };
}
