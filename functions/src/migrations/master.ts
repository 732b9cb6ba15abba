import type { AwsCaller } from "../shared/aws.ts";
import { type Environment, readEnvironment } from "../shared/env.ts";

/** Reads which secret holds the master user's password: the one that RDS manages. */
export function readMigrationsEnvironment(environment: Environment): { masterSecretArn: string } {
  const values = readEnvironment("migrations", environment, {
    MASTER_SECRET_ARN: { pattern: /^arn:[\w-]+:secretsmanager:\S+$/, form: "the ARN of the master user's secret" },
  });
  return { masterSecretArn: values.MASTER_SECRET_ARN };
}

/**
 * Fetches the master user's name and password. They stay in the memory of the one function that may read them.
 *
 * @throws Error when the secret has another form than RDS gives it; the message repeats nothing of it
 */
export async function fetchMaster(call: AwsCaller, secretArn: string): Promise<{ user: string; password: string }> {
  const { SecretString: text } = await call({
    service: "secretsmanager",
    target: "secretsmanager.GetSecretValue",
    version: "1.1",
    input: { SecretId: secretArn },
  });
  try {
    const { username, password } = JSON.parse(String(text)) as Record<string, unknown>;
    if (typeof username === "string" && typeof password === "string") return { user: username, password };
  } catch {
    // The parser's message quotes the secret.
  }
  throw new Error(
    "migrations: MASTER_SECRET_ARN: the secret is not the JSON object with username and password that RDS keeps",
  );
}
