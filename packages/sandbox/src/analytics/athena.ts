import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AthenaClient,
  CreateWorkGroupCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { AwsClients } from "../clients.ts";
import { ADMINISTRATOR } from "../emulator/index.ts";
import { SandboxError } from "../errors.ts";
import { JOB_DIRECTORY } from "./spark.ts";

const QUERIES = join(JOB_DIRECTORY, "../queries");
const MOST_WAITING_MS = 120_000;

/** A row of an answer, by its columns' names; null where there is no value. */
export type AnswerRow = Record<string, string | null>;

/** A table of a clean lake that can be asked. */
export interface Athena {
  /**
   * Asks in SQL.
   *
   * @throws SandboxError with Athena's own sentence
   */
  ask(sql: string): Promise<AnswerRow[]>;
  /** Asks each of the workgroup's named queries: their answers by their keys. */
  askAll(): Promise<Record<string, AnswerRow[]>>;
  close(): void;
}

export interface AthenaOptions {
  emulatorUrl: string;
  region: string;
  clients: Pick<AwsClients, "s3">;
  /** Name of the database, the workgroup and the bucket: lower-case letters and digits. */
  name: string;
  /** Folder of the lake, as the cleaning job left it. */
  lake: string;
}

/** The named queries, as the component deploys them: key -> SQL. */
export function namedQueries(): Record<string, string> {
  const files = readdirSync(QUERIES).filter((name) => name.endsWith(".sql"));
  return Object.fromEntries(
    files.sort().map((name) => [basename(name, ".sql"), readFileSync(join(QUERIES, name), "utf8")]),
  );
}

/** Uploads the clean files of a lake to the emulator, and defines the table over them as the component's catalog does. */
export async function openAthena({ emulatorUrl, region, clients, name, lake }: AthenaOptions): Promise<Athena> {
  const settings = { endpoint: emulatorUrl, region, credentials: ADMINISTRATOR, maxAttempts: 2 };
  const glue = new GlueClient(settings);
  const athena = new AthenaClient(settings);
  await clients.s3.send(new CreateBucketCommand({ Bucket: name }));
  for (const file of await readdir(join(lake, "clean"), { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !file.name.endsWith(".parquet") || file.name.startsWith(".")) continue;
    const path = join(file.parentPath, file.name);
    const Key = relative(lake, path).split("\\").join("/");
    await clients.s3.send(new PutObjectCommand({ Bucket: name, Key, Body: await readFile(path) }));
  }
  const schema = JSON.parse(await readFile(join(JOB_DIRECTORY, "schema.json"), "utf8")) as TableSchema;
  const shape = ({ name: Name, type: Type, comment: Comment }: Column) => ({ Name, Type, Comment });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: name } }));
  await glue.send(
    new CreateTableCommand({
      DatabaseName: name,
      TableInput: {
        Name: schema.table,
        TableType: "EXTERNAL_TABLE",
        Parameters: { EXTERNAL: "TRUE", classification: "parquet" },
        PartitionKeys: schema.partitions.map(shape),
        StorageDescriptor: {
          Location: `s3://${name}/clean/${schema.table}/`,
          Columns: schema.columns.map(shape),
          InputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
          OutputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
          SerdeInfo: { SerializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
        },
      },
    }),
  );
  const ResultConfiguration = { OutputLocation: `s3://${name}/results/` };
  await athena.send(new CreateWorkGroupCommand({ Name: name, Configuration: { ResultConfiguration } }));
  const ask = (sql: string) => answer(athena, name, sql);
  return {
    ask,
    async askAll() {
      const answers: Record<string, AnswerRow[]> = {};
      for (const [key, sql] of Object.entries(namedQueries())) answers[key] = await ask(sql);
      return answers;
    },
    close() {
      glue.destroy();
      athena.destroy();
    },
  };
}

async function answer(athena: AthenaClient, name: string, QueryString: string): Promise<AnswerRow[]> {
  const started = await athena.send(
    new StartQueryExecutionCommand({ QueryString, WorkGroup: name, QueryExecutionContext: { Database: name } }),
  );
  const { QueryExecutionId } = started;
  const end = Date.now() + MOST_WAITING_MS;
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === "SUCCEEDED") break;
    if (State === "FAILED" || State === "CANCELLED" || Date.now() > end) {
      throw new SandboxError(
        `Athena did not answer (${State}): ${StateChangeReason ?? ""}`,
        `The query was: ${QueryString}`,
      );
    }
    await sleep(50);
  }
  const rows: AnswerRow[] = [];
  let columns: string[] | undefined;
  let NextToken: string | undefined;
  do {
    const page = await athena.send(new GetQueryResultsCommand({ QueryExecutionId, NextToken }));
    const found = (page.ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map((each) => each.VarCharValue ?? null));
    // The first row of the first page is the columns' names.
    columns ??= (found.shift() ?? []).map(String);
    for (const row of found) rows.push(Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])));
    NextToken = page.NextToken;
  } while (NextToken);
  return rows;
}

interface Column {
  name: string;
  type: string;
  comment: string;
}

interface TableSchema {
  table: string;
  partitions: Column[];
  columns: Column[];
}
