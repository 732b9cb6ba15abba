/** Raw files of a small firm: known records, with known answers. Their days are relative to now, as the named queries' are. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

const DAY = 24 * 3600 * 1000;
const ACCOUNT = "123456789012";

export const role = (name: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/session`;

/** A moment some days ago, at an hour of the day in UTC. */
export function at(daysAgo: number, hour: number, minute = 0): Date {
  const midnight = Math.floor(Date.now() / DAY) * DAY;
  return new Date(midnight - daysAgo * DAY + hour * 3600_000 + minute * 60_000);
}

let number = 0;

/** One record of CloudTrail. */
export function call(service: string, action: string, who: string, time: Date, more: object = {}): object {
  return {
    eventVersion: "1.11",
    userIdentity: { type: "AssumedRole", arn: role(who), accountId: ACCOUNT },
    eventTime: `${time.toISOString().slice(0, 19)}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: action,
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.9",
    userAgent: "aws-sdk-js/3",
    requestParameters: null,
    responseElements: null,
    eventID: `10000000-0000-4000-8000-${String(++number).padStart(12, "0")}`,
    readOnly: !/^(Put|Update|Delete|Execute)/.test(action),
    recipientAccountId: ACCOUNT,
    ...more,
  };
}

const DENIED = { errorCode: "AccessDenied", errorMessage: "not authorized" };
const table = (tableName: string) => ({ requestParameters: { tableName } });

/** Writes them. Returns source -> folder, and how many records each source has. */
export function writeFixtures(folder: string): { sources: Record<string, string>; records: Record<string, number> } {
  const trail = [
    // By day, for four weeks; and once this night.
    ...[3, 10, 20].map((days) => call("dynamodb", "GetItem", "orders", at(days, 9), table("idempotency"))),
    call("dynamodb", "GetItem", "orders", at(1, 9), table("idempotency")),
    call("dynamodb", "PutItem", "orders", at(1, 9, 5), table("idempotency")),
    call("dynamodb", "DeleteItem", "orders", at(1, 3), { ...table("idempotency"), ...DENIED }),
    call("secretsmanager", "GetSecretValue", "orders", at(1, 3, 1), {
      requestParameters: { secretId: "master" },
      ...DENIED,
    }),
    call("secretsmanager", "GetSecretValue", "orders", at(1, 3, 2), {
      requestParameters: { secretId: "master" },
      ...DENIED,
    }),
    call("rds-data", "ExecuteStatement", "report", at(2, 12), {
      requestParameters: { resourceArn: "arn:aws:rds:us-east-1:1:cluster:c" },
    }),
  ];
  const access = [
    ["GET", "/orders/{id}", "getOrder", 200],
    ["GET", "/orders/{id}", "getOrder", 404],
    ["GET", "/orders/{id}", "getOrder", 403],
    ["POST", "/orders", "placeOrder", 201],
    ["POST", "/orders", "placeOrder", 502],
    ["GET", "/products", "searchProducts", 200],
  ].map(([method, resourcePath, operation, status], index) => ({
    requestId: `request-${index}`,
    time: String(at(1, 10, index).getTime()),
    sourceIp: "198.51.100.7",
    method,
    resourcePath,
    operation,
    status: String(status),
    errorType: "-",
    responseBytes: "120",
    responseMilliseconds: String(10 * (index + 1)),
    principalId: "user-1",
  }));
  const waf = [
    ["ALLOW", "Default_Action", "first"],
    ["BLOCK", "sql-injection", "second"],
  ].map(([action, terminatingRuleId, requestId]) => ({
    timestamp: at(1, 10).getTime(),
    webaclId: `arn:aws:wafv2:us-east-1:${ACCOUNT}:regional/webacl/acl/1`,
    terminatingRuleId,
    action,
    httpRequest: {
      clientIp: "2001:db8:1:2::3",
      country: "DE",
      headers: [{ name: "User-Agent", value: "curl/8" }],
      uri: "/orders",
      args: "q=a@b.example",
      httpMethod: "GET",
      requestId,
    },
  }));
  const micros = (time: Date) => time.getTime() * 1000;
  const audit = [
    `${micros(at(1, 9))},server,orders,10.0.1.7,4,40,CONNECT,shop,,0`,
    `${micros(at(1, 9, 1))},server,orders,10.0.1.7,4,41,READ,shop,orders,0`,
    `${micros(at(1, 9, 2))},server,orders,10.0.1.7,4,42,READ,shop,orders,0`,
    `${micros(at(1, 9, 3))},server,orders,10.0.1.7,4,43,WRITE,shop,order_lines,0`,
    `${micros(at(1, 9, 4))},server,catalog,10.0.1.8,5,50,QUERY,shop,'SELECT name, price FROM listed_products WHERE name = \\'a,b\\' AND price < 10',0`,
    `${micros(at(1, 9, 5))},server,catalog,10.0.1.8,6,0,FAILED_CONNECT,shop,,1045`,
    slow(at(1, 9, 6), 2.5, "SELECT * FROM orders WHERE company = 7"),
    slow(at(1, 9, 7), 1.5, "SELECT * FROM orders WHERE company = 8"),
  ];
  const files = {
    [`cloudtrail/AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/a.json.gz`]: { Records: trail },
    // Delivered twice, as it happens.
    [`cloudtrail/AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/b.json.gz`]: { Records: trail.slice(0, 2) },
    "api-access/2026/a.gz": subscription(access),
    "waf/a.gz": subscription(waf),
    "database-audit/a.gz": subscription(audit),
  };
  const sources: Record<string, string> = {};
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, gzipSync(JSON.stringify(content)));
    const source = name.split("/")[0] as string;
    sources[source] = join(folder, source);
  }
  const records = {
    cloudtrail: trail.length + 2,
    "api-access": access.length,
    waf: waf.length,
    "database-audit": audit.length,
  };
  return { sources, records };
}

function subscription(messages: unknown[]): object {
  return {
    messageType: "DATA_MESSAGE",
    owner: ACCOUNT,
    logGroup: "group",
    logStream: "stream",
    logEvents: messages.map((message, index) => ({
      id: String(index).padStart(56, "0"),
      timestamp: Date.now(),
      message: typeof message === "string" ? message : JSON.stringify(message),
    })),
  };
}

function slow(time: Date, seconds: number, sql: string): string {
  return [
    `# Time: ${time.toISOString()}`,
    "# User@Host: report[report] @  [10.0.1.9]  Id:    12",
    `# Query_time: ${seconds.toFixed(6)}  Lock_time: 0.000010 Rows_sent: 1  Rows_examined: 90000`,
    `SET timestamp=${Math.floor(time.getTime() / 1000)};`,
    `${sql};`,
  ].join("\n");
}
