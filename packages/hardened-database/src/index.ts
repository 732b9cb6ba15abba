export type {
  DatabaseEndpointsArgs,
  DatabaseMigrationArgs,
  EgressFirewallArgs,
  ExistingNetworkArgs,
  HardenedDatabaseArgs,
  IdempotencyTableArgs,
} from "./args.ts";
export { DatabaseMigration } from "./database-migration.ts";
export { HardenedDatabase } from "./hardened-database.ts";
export { IdempotencyTable } from "./idempotency-table.ts";
