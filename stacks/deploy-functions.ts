import { bundle, bundleDetails } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { operationsOf } from "@palisade/secure-gateway";
import * as pulumi from "@pulumi/pulumi";
import { FUNCTIONS, type FunctionContext, type FunctionSpec, type Needs } from "./functions.ts";

/** The functions behind the API's operations. */
export interface ApiFunctions {
  /** By their key, the folder in `functions/src`. */
  byKey: Record<string, HardenedFunction>;
  /** By the id of each operation that they serve. */
  byOperation: Record<string, HardenedFunction>;
}

/** Deploys the functions behind the API's operations; those that use the database wait for `dependsOn`. */
export async function apiFunctions(context: FunctionContext, dependsOn: pulumi.Resource[]): Promise<ApiFunctions> {
  const { databaseTimeoutSeconds, timeoutSeconds } = context.stage.functions;
  const functions: ApiFunctions = { byKey: {}, byOperation: {} };
  const specs = Object.entries(FUNCTIONS);
  const zips = await Promise.all(specs.map(([key]) => bundle(key)));
  for (const [index, [key, spec]] of specs.entries()) {
    const usesDatabase = spec.databaseUser !== undefined;
    const deployed = new HardenedFunction(
      key,
      {
        ...common(context),
        team: spec.team,
        code: new pulumi.asset.FileArchive(zips[index] as string),
        description: spec.description,
        timeoutSeconds: usesDatabase ? databaseTimeoutSeconds : timeoutSeconds,
        ...withPage(context, needsOf(context, spec)),
      },
      { dependsOn: usesDatabase ? dependsOn : [] },
    );
    functions.byKey[key] = deployed;
    for (const operationId of spec.operations) functions.byOperation[operationId] = deployed;
  }
  return functions;
}

/** Tells a function which page of another origin may read its answers, where the stage has one. */
function withPage({ config: { corsOrigin } }: FunctionContext, needs: Needs): Needs {
  return corsOrigin === undefined
    ? needs
    : { ...needs, environment: { ...needs.environment, CORS_ORIGIN: corsOrigin } };
}

function needsOf(context: FunctionContext, { databaseUser, more }: FunctionSpec): Needs {
  const extra = more?.(context) ?? { environment: {}, statements: [] };
  if (databaseUser === undefined) return extra;
  return {
    environment: { ...databaseEnvironment(context), DATABASE_USER: databaseUser, ...extra.environment },
    statements: [context.database.connectStatement(databaseUser), ...extra.statements],
    network: extra.network ?? context.database.placement(),
  };
}

/** Deploys the function that decides who may call: outside of the network, with no right but to ask the policies and to read what was revoked. */
export async function authorizerFunction(
  context: FunctionContext,
  document: Record<string, unknown>,
): Promise<HardenedFunction> {
  const { stage, config, users, permissions, revocations } = context;
  return new HardenedFunction("authorizer", {
    ...common(context),
    code: new pulumi.asset.FileArchive(await bundle("authorizer")),
    description: "Decides which operations a caller may call",
    timeoutSeconds: stage.functions.timeoutSeconds,
    environment: {
      USER_POOL_ID: users.userPoolId,
      CLIENT_IDS: users.clientIds.apply((ids) => ids.join(",")),
      // The one scope that Cognito gives to an access token of a sign-in by its API.
      REQUIRED_SCOPES: "aws.cognito.signin.user.admin",
      OPERATIONS: JSON.stringify(operationsOf(document).filter(({ identityHeader }) => identityHeader !== undefined)),
      ...(config.jwksUri === undefined ? {} : { JWKS_URI: config.jwksUri }),
      POLICY_STORE_ID: permissions.policyStoreId,
      REVOCATION_TABLE: revocations.tableName,
      RESULT_TTL_SECONDS: String(stage.gateway.authorizerResultTtlSeconds),
      DECISION_SECONDS: String(stage.gateway.authorizerDecisionSeconds),
      // What it lets pass is the end of the session that the decision is about.
      UNKEPT_OPERATIONS: "signOut",
    },
    statements: [permissions.statement(), revocations.statement("BatchGetItem")],
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
  const { database } = context;
  const { path, sha256 } = await bundleDetails("migrations");
  const deployed = new HardenedFunction("migrations", {
    ...common(context),
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

/** What every function of the stage is given. The authorizer and the migrations have no team: the platform's own change them. */
function common({ stage, foundation }: FunctionContext) {
  return {
    memoryMegabytes: stage.functions.memoryMegabytes,
    logRetentionDays: stage.logRetentionDays,
    kmsKeyArn: foundation.kmsKeyArn,
    codeSigning: foundation.codeSigning,
    permissionsBoundaryArn: foundation.teams.functionBoundaryArn,
  };
}
