import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { AwsClients } from "../clients.ts";
import type { WafLogRecord } from "../edge/index.ts";
import type { Identity } from "../identity.ts";
import { readEvents } from "../trail/events.ts";
import { logFile, logFileKey } from "../trail/file.ts";
import { toRecord } from "../trail/record.ts";

const compress = promisify(gzip);

/** What a sandbox recorded, in the files in which AWS would deliver it. */
export interface RawFiles {
  /** Source -> folder. */
  sources: Record<string, string>;
  /** Source -> records that were written, for the reconciliation. */
  written: Record<string, number>;
}

/** A row of the database server's general log. */
export interface GeneralLogRow {
  /** Microseconds since 1970. */
  micros: number;
  /** `user[user] @ host [address]`. */
  userHost: string;
  thread: number;
  command: string;
  argument: string;
}

export interface Recorded {
  identity: Identity;
  clients: AwsClients;
  /** The lines of the API's access log, in the format of packages/secure-gateway/src/gateway/access-log-format.ts. */
  accessLog: readonly string[];
  wafLog: readonly WafLogRecord[];
  /** The general log of the stage's database. Default: none. */
  generalLog?: readonly GeneralLogRow[];
}

/** Writes CloudTrail's log files, the API's access log and the firewall's log of a stage that stands. */
export async function writeRaw(
  { identity, clients, accessLog, wafLog, generalLog = [] }: Recorded,
  folder: string,
): Promise<RawFiles> {
  const events = await readEvents(clients, 0);
  const records = events.flatMap(({ text }) => toRecord(text, identity) ?? []);
  const sources: Record<string, string> = {};
  const put = async (source: string, name: string, content: Buffer) => {
    const path = join(folder, source, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    sources[source] = join(folder, source);
  };
  const { accountId, region } = identity;
  if (records.length > 0) {
    await put("cloudtrail", logFileKey({ accountId, region, time: Date.now() }), await logFile(records));
  }
  if (accessLog.length > 0) await put("api-access", "access.json.gz", await subscription(identity, accessLog));
  if (wafLog.length > 0) await put("waf", "waf.json.gz", await subscription(identity, wafLog));
  const audited = generalLog.flatMap(auditLine);
  if (audited.length > 0) await put("database-audit", "audit.json.gz", await subscription(identity, audited));
  const written = {
    cloudtrail: records.length,
    "api-access": accessLog.length,
    waf: wafLog.length,
    "database-audit": audited.length,
  };
  return { sources, written: Object.fromEntries(Object.entries(written).filter(([source]) => source in sources)) };
}

/**
 * A row of the general log as a line of Aurora MySQL's audit log, which the sandbox's server has not; none for what Aurora does not write. The
 * general log does not say whether a statement failed, so that the return code is 0.
 */
export function auditLine(row: GeneralLogRow, query: number): string[] {
  const event = { Connect: "CONNECT", Quit: "DISCONNECT", Query: "QUERY", Execute: "QUERY" }[row.command];
  if (event === undefined) return [];
  const [, user = "", address = ""] = /^([^[]*(?:\[[^\]]*\])?) @ [^[]*\[([^\]]*)\]/.exec(row.userHost) ?? [];
  // A session that is not yet open has its user in the brackets alone.
  const name = user.replace(/^(.*)\[(.*)\]$/s, (_all, outside, inside) => outside || inside);
  const statement = row.argument.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n");
  const object = event === "QUERY" ? `'${statement}'` : "";
  return [`${row.micros},sandbox,${name},${address},${row.thread},${query},${event},,${object},0`];
}

/** Records as CloudWatch Logs hands them to a subscription. */
async function subscription({ accountId }: Identity, messages: readonly (object | string)[]): Promise<Buffer> {
  const logEvents = messages.map((message, at) => ({
    id: String(at).padStart(56, "0"),
    timestamp: Date.now(),
    message: typeof message === "string" ? message : JSON.stringify(message),
  }));
  const line = { messageType: "DATA_MESSAGE", owner: accountId, logGroup: "lab", logStream: "lab", logEvents };
  return compress(Buffer.from(`${JSON.stringify(line)}\n`));
}
