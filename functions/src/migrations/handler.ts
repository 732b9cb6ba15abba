import { createAwsCaller } from "../shared/aws.ts";
import { connectDatabase, openConnection, readDatabasePlace } from "../shared/database.ts";
import { readAwsEnvironment } from "../shared/env.ts";
import { duringInvocation, type InvocationContext } from "../shared/invocation.ts";
import { createLogger } from "../shared/log.ts";
import { fetchMaster, readMigrationsEnvironment } from "./master.ts";
import { type MigrationResult, migrate } from "./migrate.ts";

const place = readDatabasePlace("migrations", process.env);
const { masterSecretArn } = readMigrationsEnvironment(process.env);
const call = createAwsCaller(readAwsEnvironment("migrations", process.env));
const log = createLogger("migrations");

/** Runs on deploy, with whatever event. It rejects when a step fails, so that the deployment fails too. */
export function handler(
  _event: unknown,
  context?: InvocationContext & { awsRequestId?: string },
): Promise<MigrationResult> {
  return duringInvocation(context, () => run(context?.awsRequestId ?? ""));
}

async function run(requestId: string): Promise<MigrationResult> {
  const { user, password } = await fetchMaster(call, masterSecretArn);
  const database = connectDatabase(
    { ...place, user },
    { connect: openConnection, password: async () => password, now: () => performance.now() },
  );
  const result = await migrate(database, place.name);
  log({ level: "INFO", event: "migrated", requestId, ...result });
  return result;
}
