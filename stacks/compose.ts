import { EdgeFirewall } from "@palisade/edge-firewall";
import { loadOpenApi } from "@palisade/functions/openapi";
import { POLICY_FOLDER } from "@palisade/functions/policies";
import { DatabaseMigration, HardenedDatabase, IdempotencyTable } from "@palisade/hardened-database";
import { PolicyStore, RevocationTable, readPolicies, SecureGateway, UserPool } from "@palisade/secure-gateway";
import { createAnalytics } from "./analytics.ts";
import { type StageConfig, stageConfig } from "./config.ts";
import { apiFunctions, authorizerFunction, migrationsFunction } from "./deploy-functions.ts";
import { createFoundation, type Foundation } from "./foundation.ts";
import { gatewayOptions } from "./gateway.ts";
import type { StageOutputs } from "./outputs.ts";
import { createPage, managedLogin } from "./page.ts";
import type { StageData } from "./stages/stage.ts";

/** Name of the database (schema) that the functions use. */
const DATABASE_NAME = "palisade";

/** What `x-palisade-groups` names. A company's own group, `company:<id>`, is made when the company becomes a customer. */
const GROUPS = {
  partner: "Employees and machines of partner companies",
  admin: "Our own staff, who see and change every company's orders",
};

/**
 * Wires the components of a stage: who the callers are, where the data is, what runs, and what the internet reaches. `dev` and
 * `prod` are this program with different data.
 */
export async function compose(stage: StageData): Promise<StageOutputs> {
  const config = stageConfig();
  const document = loadOpenApi();

  const foundation = createFoundation(stage, config);
  const { kmsKeyArn, alarmTopicArn, codeSigning, teams } = foundation;
  const users = new UserPool("users", {
    mfa: stage.users.mfa,
    threatProtection: stage.users.threatProtection,
    allowPasswordOnly: stage.users.allowPasswordOnly,
    allowUnguardedSignIn: stage.users.allowUnguardedSignIn,
    allowDeletion: stage.allowDeletion,
    groups: GROUPS,
    managedLogin: config.page && managedLogin(config.page),
  });
  const permissions = new PolicyStore("permissions", {
    apiDocument: document,
    policies: readPolicies(POLICY_FOLDER),
    userPool: users,
    allowUnaskedResources: config.allowUnaskedOrders,
    allowDeletion: stage.allowDeletion,
  });
  const revocations = new RevocationTable("revocations", { kmsKeyArn, allowDeletion: stage.allowDeletion });
  const database = createDatabase(stage, config, foundation);
  const idempotency = new IdempotencyTable("idempotency", { kmsKeyArn, allowDeletion: stage.allowDeletion });

  // The keys of saved carts: docs/decisions/0003-keys-of-saved-carts.md.
  const cartKeys = new IdempotencyTable("cart-keys", { kmsKeyArn, allowDeletion: stage.allowDeletion });

  const context = { stage, config, foundation, users, permissions, revocations, database, idempotency, cartKeys };
  const migrations = config.migrations ? await migrationsFunction(context) : undefined;
  // New code never meets an old schema: what uses the database is deployed after its migrations.
  const migrated =
    migrations === undefined
      ? []
      : [
          new DatabaseMigration(
            "migration",
            { function: migrations.deployed, version: migrations.version },
            { dependsOn: [database] },
          ),
        ];
  const functions = await apiFunctions(context, migrated);
  const authorizer = await authorizerFunction(context, document);

  const firewall = createFirewall(stage, config, foundation);
  const gateway = new SecureGateway("api", {
    firewall: { webAclArn: firewall.webAclArn },
    apiDocument: document,
    functions: functions.byOperation,
    authorizer: { function: authorizer, resultTtlSeconds: stage.gateway.authorizerResultTtlSeconds },
    ...gatewayOptions(stage, config),
    logRetentionDays: stage.logRetentionDays,
    kmsKeyArn,
  });

  const page = config.page && (await createPage(config.page, stage, { users, gateway }));

  const analytics = createAnalytics(stage, config, foundation, { gateway, firewall, database });

  const deployed = { authorizer, ...functions.byKey, ...(migrations && { migrations: migrations.deployed }) };
  return {
    stage: stage.name,
    restApiId: gateway.restApiId,
    stageName: gateway.stageName,
    apiUrl: gateway.domainUrl ?? gateway.url,
    userPoolId: users.userPoolId,
    clientIds: { machine: users.machineClientId, session: users.sessionClientId },
    functions: Object.fromEntries(
      Object.entries(deployed).map(([key, { functionName, roleName, logGroupName }]) => [
        key,
        { functionName, roleName, logGroupName },
      ]),
    ),
    accessLogGroupName: gateway.accessLogGroupName,
    database: {
      clusterIdentifier: database.clusterIdentifier,
      endpoint: database.clusterEndpoint,
      port: database.port,
      name: database.databaseName,
      masterSecretArn: database.masterSecretArn,
    },
    idempotencyTable: idempotency.tableName,
    analytics: {
      workgroupName: analytics.workgroupName,
      databaseName: analytics.databaseName,
      tableName: analytics.tableName,
      cleanBucketName: analytics.cleanBucketName,
      rawBucketName: analytics.rawBucketName,
      sources: analytics.sourceLocations,
    },
    ...(page && { page: { url: page.url, distributionId: page.distributionId } }),
    revocationTable: revocations.tableName,
    codeSigning: {
      configArn: codeSigning.codeSigningConfigArn,
      profileName: codeSigning.signingProfileName,
      bucketName: codeSigning.codeBucketName,
    },
    teamRoleArns: teams.roleArns,
    ...(alarmTopicArn && { alarmTopicArn }),
  };
}

function createFirewall(
  { firewall, logRetentionDays }: StageData,
  { deniedAddresses }: StageConfig,
  { kmsKeyArn, alarmTopicArn }: Foundation,
): EdgeFirewall {
  // The form of a feed is what these rules look for; the import has limits and a parser of its own.
  const bodyExceptions = [
    {
      path: "/orders/import",
      reason: "an XML feed looks like markup; its parser refuses document types and has limits",
    },
  ];
  return new EdgeFirewall("edge", {
    rateRules: {
      "per-address": { limit: firewall.requestsPerMinute },
      "sign-in": { limit: firewall.signInsPerMinute, requests: { paths: ["/session"], methods: ["POST"] } },
    },
    sqlInjection: { bodyExceptions },
    crossSiteScripting: { bodyExceptions },
    countryRules: { denied: { countryCodes: firewall.deniedCountries } },
    ...(deniedAddresses.length > 0 && { addressRules: { denied: { ipv4Addresses: deniedAddresses } } }),
    logRetentionDays,
    kmsKeyArn,
    alarmTopicArn,
  });
}

function createDatabase(
  { database, allowDeletion, logRetentionDays }: StageData,
  config: StageConfig,
  { kmsKeyArn, alarmTopicArn }: Foundation,
): HardenedDatabase {
  return new HardenedDatabase("database", {
    databaseName: DATABASE_NAME,
    minCapacity: database.minCapacity,
    maxCapacity: database.maxCapacity,
    instances: database.instances,
    allowSingleInstance: database.allowSingleInstance,
    backupRetentionDays: database.backupRetentionDays,
    advancedInsights: database.advancedInsights,
    allowDeletion,
    logRetentionDays,
    kmsKeyArn,
    alarmTopicArn,
    endpoints: {
      secretsManager: config.migrations,
      dynamodb: true,
      verifiedPermissions: config.allowUnaskedOrders === undefined,
      availabilityZones: database.endpointAvailabilityZones,
    },
  });
}
