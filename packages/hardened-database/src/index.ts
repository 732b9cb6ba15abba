export type {
  DatabaseEndpointsArgs,
  DatabaseMigrationArgs,
  ExistingNetworkArgs,
  HardenedDatabaseArgs,
  IdempotencyTableArgs,
} from "./args.ts";
export { DatabaseMigration } from "./database-migration.ts";
export { HardenedDatabase } from "./hardened-database.ts";
export { IdempotencyTable } from "./idempotency-table.ts";
