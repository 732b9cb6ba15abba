/** From raw files to answered questions: the cleaning job on local PySpark, then Athena's named queries on the emulator, against known counts. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AnswerRow,
  type Athena,
  JOB_DIRECTORY,
  type Manifest,
  namedQueries,
  openAthena,
  runCleaningJob,
  SPARK,
  sparkEnvironment,
} from "../../src/analytics/index.ts";
import { ADMINISTRATOR, installPythonTool, labDirectory, type Sandbox, startSandbox } from "../../src/index.ts";
import { at, role, writeFixtures } from "./events.ts";

let folder: string;
let sandbox: Sandbox;
let athena: Athena;
let manifest: Manifest;
let records: Record<string, number>;
let answers: Record<string, AnswerRow[]>;

const day = (daysAgo: number) => at(daysAgo, 0).toISOString().slice(0, 10);
const pick = (rows: AnswerRow[] | undefined, ...columns: string[]) =>
  rows?.map((row) => columns.map((name) => row[name]));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-analytics-"));
  const fixtures = writeFixtures(join(folder, "raw"));
  records = fixtures.records;
  const places = { lake: join(folder, "lake"), state: join(folder, "state"), work: join(folder, "work") };
  const job = runCleaningJob({ sources: fixtures.sources, ...places, cache: labDirectory });
  [sandbox, manifest] = await Promise.all([startSandbox(), job]);
  const { emulatorUrl, clients, identity } = sandbox;
  athena = await openAthena({ emulatorUrl, region: identity.region, clients, name: "fixtures", lake: places.lake });
  answers = await athena.askAll();
}, 600_000);

afterAll(async () => {
  athena?.close();
  await sandbox?.close();
  await rm(folder, { recursive: true, force: true });
});

test("every record is accounted for, source by source", async () => {
  expect(manifest).toMatchObject({ records: 27, clean: 25, duplicates: 2, quarantined: 0, reasons: {} });
  expect(Object.fromEntries(Object.entries(manifest.sources ?? {}).map(([name, of]) => [name, of.records]))).toEqual(
    records,
  );
  const counted = await athena.ask("SELECT source, count(*) AS clean FROM events GROUP BY source ORDER BY source");
  expect(counted).toEqual(
    Object.entries(manifest.sources ?? {}).map(([source, { clean }]) => ({ source, clean: String(clean) })),
  );
});

describe("the named queries", () => {
  test("are all answered", () => {
    expect(Object.keys(answers)).toEqual(Object.keys(namedQueries()));
    expect(Object.keys(answers)).toEqual([
      "calls-by-hour",
      "denials-by-principal",
      "errors-by-route",
      "slow-statements",
      "top-tables",
      "unusual-hours",
      "who-called-what",
    ]);
  });

  test("who was denied what", () => {
    expect(pick(answers["denials-by-principal"], "principal", "source", "action", "denials")).toEqual(
      [
        [role("orders"), "cloudtrail", "GetSecretValue", "2"],
        [null, "waf", "BLOCK", "1"],
        [role("orders"), "cloudtrail", "DeleteItem", "1"],
        ["catalog", "database-audit", "FAILED_CONNECT", "1"],
        ["user-1", "api-access", "getOrder", "1"],
      ].sort(byDenials),
    );
  });

  test("which routes failed", () => {
    const columns = ["route", "calls", "client_errors", "server_errors", "percent_failed", "slowest_ms"];
    expect(pick(answers["errors-by-route"], ...columns)).toEqual([
      ["POST /orders", "2", "0", "1", "50.0", "50.0"],
      ["GET /orders/{id}", "3", "2", "0", "66.7", "30.0"],
    ]);
  });

  test("who called at an hour of its own", () => {
    expect(pick(answers["unusual-hours"], "principal", "hour_of_day", "calls", "services")).toEqual([
      [role("orders"), "3", "3", "2"],
    ]);
  });

  test("which tables are named most", () => {
    expect(pick(answers["top-tables"], "service", "resource", "calls", "reads", "denials")).toEqual([
      ["dynamodb", "idempotency", "4", "2", "1"],
      ["mysql", "shop.orders", "2", "2", "0"],
      ["mysql", "shop.order_lines", "1", "0", "0"],
      ["rds-data", "arn:aws:rds:us-east-1:1:cluster:c", "1", "0", "0"],
    ]);
  });

  test("which statements are slow, without their literals", () => {
    expect(pick(answers["slow-statements"], "statement", "principal", "runs", "total_ms", "slowest_ms")).toEqual([
      ["SELECT * FROM orders WHERE company = ?;", "report", "2", "4000.0", "2500.0"],
    ]);
  });

  test("who called what", () => {
    const rows = answers["who-called-what"] ?? [];
    expect(rows.reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(21);
    expect(rows.find(({ action, principal }) => action === "GetItem" && principal === role("orders"))).toMatchObject({
      calls: "2",
      networks: "1",
      denials: "0",
    });
  });

  test("calls by the hour", () => {
    const rows = answers["calls-by-hour"] ?? [];
    expect(rows.reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(23);
    expect(rows.filter(({ hour, source }) => hour?.startsWith(`${day(1)} 03`) && source === "cloudtrail")).toEqual([
      expect.objectContaining({ calls: "3", denials: "3", errors: "3" }),
    ]);
  });
});

test("personal data is not in the table", async () => {
  const [waf] = await athena.ask("SELECT source_address, user_agent, request_json FROM events WHERE action = 'BLOCK'");
  expect(waf).toEqual({
    source_address: "2001:db8:1::/48",
    user_agent: "curl/8",
    request_json: '{"rule":"sql-injection","country":"DE","arguments":["q"],"labels":[]}',
  });
  const statements = await athena.ask("SELECT statement FROM events WHERE action = 'QUERY'");
  expect(statements).toEqual([{ statement: "SELECT name, price FROM listed_products WHERE name = ? AND price < ?" }]);
  const addresses = await athena.ask("SELECT DISTINCT source_address FROM events WHERE source = 'api-access'");
  expect(addresses).toEqual([{ source_address: "198.51.100.0/24" }]);
});

test("Athena says what is wrong with a question", async () => {
  await expect(athena.ask("SELECT nothing FROM events")).rejects.toThrow(
    /^Athena did not answer \(FAILED\): .*nothing/,
  );
});

test("the job's store on S3 replaces objects at once, and takes keys as they are", async () => {
  await sandbox.clients.s3.send(new CreateBucketCommand({ Bucket: "store" }));
  const python = await installPythonTool(SPARK, labDirectory);
  const program = [
    "import json, os",
    "from palisade_etl.store import join, store_of",
    "store = store_of('s3://store')",
    "store.write('s3://store/a/b c?#%20+.json', b'one')",
    "store.write('s3://store/a/b c?#%20+.json', b'two')",
    "store.write('s3://store/a/b_$folder$', b''); store.write('s3://store/a/c/', b'')",
    "store.write('s3://store/a/.hidden', b'x'); store.write('s3://store/a/_started/x', b'x'); store.write('s3://store/ab', b'x')",
    "store.copy('s3://store/a/b c?#%20+.json', 's3://store/c/day=1/part-0.parquet')",
    "listed = [(each.name, each.size, each.modified > 0) for each in store.list('s3://store/a')]",
    "copied = store.read('s3://store/c/day=1/part-0.parquet').decode()",
    "with store.made('s3://store/m/é%.arrow') as path: open(path, 'w').write('made')",
    "try:",
    "    with store.made('s3://store/never') as path: open(path, 'w').write(str(1 / 0))",
    "except ZeroDivisionError: pass",
    "with store.local('s3://store/m/é%.arrow') as path: made = open(path).read()",
    "store.delete('s3://store/ab'); store.delete('s3://store/never')",
    "store.delete_all('s3://store/a')",
    "print(json.dumps([listed, copied, made, os.path.exists(path), [each.name for each in store.list('s3://store/')]]))",
  ].join("\n");
  const env = sparkEnvironment(python, folder, {
    AWS_ENDPOINT_URL: sandbox.emulatorUrl,
    AWS_ACCESS_KEY_ID: ADMINISTRATOR.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ADMINISTRATOR.secretAccessKey,
    AWS_DEFAULT_REGION: sandbox.identity.region,
  });
  const { stdout } = await promisify(execFile)(python, ["-c", program], { cwd: JOB_DIRECTORY, env });
  expect(JSON.parse(stdout)).toEqual([
    [["s3://store/a/b c?#%20+.json", 3, true]],
    "two",
    "made",
    false,
    ["s3://store/c/day=1/part-0.parquet", "s3://store/m/é%.arrow"],
  ]);
}, 60_000);

/** The query's order: most denials first, then by principal, where no value sorts last. */
function byDenials(one: (string | null)[], other: (string | null)[]): number {
  const key = (row: (string | null)[]) => `${9 - Number(row[3])} ${row[0] ?? "~"} ${row[1]} ${row[2]}`;
  return key(one) < key(other) ? -1 : 1;
}
