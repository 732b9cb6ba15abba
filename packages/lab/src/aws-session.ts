import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createDatabaseToken } from "@palisade/functions/src/shared/database-token";
import { createConnection } from "mysql2/promise";
import { messageOf } from "./errors.ts";
import type { Exchange, Purpose } from "./exchange.ts";

/** The credentials of an execution role, as Lambda puts them into the environment. */
export interface StolenCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** An AWS call that was served, or the code of AWS's error. */
export type AwsAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string };

/** What an attacker tries with stolen credentials. */
export interface AwsSession {
  /** Names of the account's secrets. */
  listSecrets(): Promise<AwsAnswer<string[]>>;
  secretValue(id: string): Promise<AwsAnswer<string>>;
  /** Signs in to a database as a user, with a token of the role's or with a stolen password, and asks it. */
  databaseRows(login: DatabaseLogin, sql: string): Promise<AwsAnswer<Record<string, unknown>[]>>;
  close(): void;
}

/** Where a function's database is, as its environment says, and as whom to sign in there. */
export interface DatabaseLogin {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly user: string;
  /** Certificates in PEM; absent where the server is not asked for any (weak). */
  readonly ca?: string;
  /** Absent where a token of the role's is the password. */
  readonly password?: string;
  /** When the token was signed; by default now. */
  readonly signedAt?: Date;
}

/** Where the calls go, and who keeps them as evidence. */
export interface AwsSessionSettings {
  readonly emulatorUrl: string;
  readonly region: string;
  readonly keep: (exchange: Exchange) => void;
  readonly purpose: Purpose;
}

/** Calls AWS with stolen credentials. Nothing of the lab's own credentials is used. */
export function awsSession(credentials: StolenCredentials, settings: AwsSessionSettings): AwsSession {
  const common = { endpoint: settings.emulatorUrl, region: settings.region, credentials, maxAttempts: 1 };
  const secrets = new SecretsManagerClient(common);
  const call = awsRecorder("the stolen role", settings);
  return {
    listSecrets: () =>
      call("secretsmanager:ListSecrets", "", async () => {
        const { SecretList = [] } = await secrets.send(new ListSecretsCommand({ MaxResults: 100 }));
        return SecretList.flatMap(({ Name }) => (Name ? [Name] : []));
      }),
    secretValue: (id) =>
      call(
        "secretsmanager:GetSecretValue",
        id,
        async () => (await secrets.send(new GetSecretValueCommand({ SecretId: id }))).SecretString ?? "",
        // The report proves that the secret was read; it does not spread it.
        (value) => `(a secret of ${value.length} characters)`,
      ),
    databaseRows: (login, sql) =>
      call(
        "rds-db:connect",
        login.user,
        async () => {
          const { host, port, user, ca } = login;
          const signer = { ...credentials, region: settings.region, endpoint: "" };
          const token = () => createDatabaseToken(signer, login, login.signedAt);
          const connection = await createConnection({
            host,
            port,
            user,
            database: login.name,
            password: login.password ?? (await token()),
            ...(ca !== undefined && { ssl: { ca }, enableCleartextPlugin: true }),
          });
          try {
            return (await connection.query(sql))[0] as Record<string, unknown>[];
          } finally {
            connection.destroy();
          }
        },
        (rows) => `(${rows.length} rows)`,
      ),
    close: () => secrets.destroy(),
  };
}

/** Makes an AWS call, keeps it as evidence and answers with its value or with AWS's error code. */
export type AwsRecorder = <T>(
  action: string,
  subject: string,
  run: () => Promise<T>,
  show?: (value: T) => string,
) => Promise<AwsAnswer<T>>;

/** A recorder of somebody's calls. */
export function awsRecorder(client: string, settings: AwsSessionSettings): AwsRecorder {
  return async (action, subject, run, show = (value) => JSON.stringify(value) ?? "") => {
    const startedAt = Date.now();
    const keep = (status: number, headers: Record<string, string>, body: string): void =>
      settings.keep({
        purpose: settings.purpose,
        via: "aws",
        request: {
          client,
          method: "POST",
          path: `/${action}${subject && ` ${subject}`}`,
          url: settings.emulatorUrl,
        },
        response: { status, headers, body },
        startedAt,
        endedAt: Date.now(),
      });
    try {
      const value = await run();
      keep(200, {}, show(value));
      return { ok: true, value };
    } catch (error) {
      const code = error instanceof Error ? error.name : "Error";
      keep(statusOf(error), { "x-amzn-errortype": code }, messageOf(error));
      return { ok: false, code };
    }
  };
}

/** The HTTP status of an AWS SDK error; 0 when there was no answer. */
function statusOf(error: unknown): number {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } }).$metadata;
  return metadata?.httpStatusCode ?? 0;
}
