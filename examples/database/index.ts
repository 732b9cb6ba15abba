import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseMigration, HardenedDatabase, IdempotencyTable } from "@palisade/hardened-database";
import { HardenedFunction } from "@palisade/hardened-function";
import * as pulumi from "@pulumi/pulumi";

/** In a network of its own, without a way out: what a function reaches beside the database is an endpoint that is switched on. */
const database = new HardenedDatabase("database", {
  databaseName: "shop",
  endpoints: { secretsManager: true, dynamodb: true },
});
const keys = new IdempotencyTable("keys");

const place = { HOST: database.clusterEndpoint, PORT: pulumi.interpolate`${database.port}`, DATABASE: "shop" };
const migrations = readFileSync(new URL("migrate.mjs", import.meta.url), "utf8");

/** The only one that reads the master's password. */
const migrate = new HardenedFunction("migrate", {
  code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(migrations) }),
  environment: { ...place, MASTER_SECRET: database.masterSecretArn },
  statements: database.masterSecretStatements(),
  network: database.placement("secretsManager"),
  timeoutSeconds: 300,
});
const migrated = new DatabaseMigration(
  "migrated",
  { function: migrate, version: createHash("sha256").update(migrations).digest("hex") },
  { dependsOn: database },
);

/** Signs in as the database's user `orders` with a token of 15 minutes, and has no password. */
const orders = new HardenedFunction(
  "orders",
  {
    code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.FileAsset("orders.mjs") }),
    environment: { ...place, DATABASE_USER: "orders", KEYS: keys.tableName },
    statements: [database.connectStatement("orders"), keys.statement("GetItem", "PutItem")],
    network: database.placement("dynamodb"),
  },
  { dependsOn: migrated },
);

export const functionName = orders.functionName;
export const clusterEndpoint = database.clusterEndpoint;
