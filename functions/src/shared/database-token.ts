import { AwsV4Signer } from "aws4fetch";
import type { AwsEnvironment } from "./env.ts";

// RDS accepts a token for 15 minutes, counted from its signature, and only while it connects.
const LIFETIME_SECONDS = 900;

/**
 * Makes the token that stands for a password at RDS: a presigned URL of the action `connect`, without its scheme (AWS, Aurora User
 * Guide, "Connecting to your DB cluster using IAM authentication"). No request is made.
 *
 * @param now the time of the signature, by default now
 */
export async function createDatabaseToken(
  environment: AwsEnvironment,
  database: { host: string; port: number; user: string },
  now: Date = new Date(),
): Promise<string> {
  const url = new URL(`https://${database.host}:${database.port}/`);
  url.searchParams.set("Action", "connect");
  url.searchParams.set("DBUser", database.user);
  url.searchParams.set("X-Amz-Expires", String(LIFETIME_SECONDS));
  const signer = new AwsV4Signer({
    url: url.href,
    accessKeyId: environment.accessKeyId,
    secretAccessKey: environment.secretAccessKey,
    sessionToken: environment.sessionToken === "" ? undefined : environment.sessionToken,
    service: "rds-db",
    region: environment.region,
    signQuery: true,
    datetime: now.toISOString().replace(/[:-]|\.\d{3}/g, ""),
  });
  const { url: signed } = await signer.sign();
  return signed.href.replace("https://", "");
}
