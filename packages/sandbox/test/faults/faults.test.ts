/**
 * What every security decision depends on goes wrong, one after the other, and nobody is let in who should not be: the handlers as Lambda runs
 * them, really signed tokens, the real Cedar engine with the stage's own policies and AWS's wire formats on loopback. Each row says what the
 * good request is answered besides, and how long the slowest answer took.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { loadOpenApi } from "@palisade/functions/openapi";
import { POLICY_FOLDER } from "@palisade/functions/policies";
import type { AuthorizerContext, AuthorizerEvent, AuthorizerResult } from "@palisade/functions/src/authorizer/core";
import { anyMatcher } from "@palisade/functions/src/authorizer/pattern";
import type { ApiEvent, ApiResponse } from "@palisade/functions/src/shared/api";
import type { Database } from "@palisade/functions/src/shared/database";
import { cedarSchema, operationsOf, readPolicies } from "@palisade/secure-gateway";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startPermissions } from "../../src/permissions/index.ts";
import { storeOf } from "./policy-store.ts";
import {
  answers,
  CLIENT_ID,
  createPool,
  deadAddress,
  dynamoDb,
  type FaultyServer,
  fail,
  type Pool,
  startServer,
  type TableRow,
  USER_POOL_ID,
} from "./world.ts";

const API = "arn:aws:execute-api:eu-west-1:123456789012:api1/live";
const CONTEXT = { invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:authorizer:live" };
const OPERATIONS = operationsOf(loadOpenApi()).filter(({ identityHeader }) => identityHeader !== undefined);
const ORDER_ID = "0f6d3a52-6c1b-4c52-9a40-1d7b0c9a1001";
const MOST_MILLISECONDS = 2000;

type Handler<E, A> = (event: E, context: object) => Promise<A>;
type Authorizer = Handler<AuthorizerEvent, AuthorizerResult>;

/** One line of the table. */
interface Row {
  fault: string;
  function: string;
  /** Requests that must be denied, and how many of them were not. */
  denied: number;
  wronglyAllowed: number;
  /** What became of the good request. */
  good: "allowed" | "denied";
  slowest: number;
}

const rows: Row[] = [];
const closing: (() => Promise<void>)[] = [];
let pool: Pool;
let stranger: Pool;
let dead: string;

/** The servers of one fault, all well until it changes one. */
interface World {
  keys: FaultyServer;
  table: FaultyServer;
  permissions: Awaited<ReturnType<typeof startPermissions>>;
  environment: Record<string, string>;
  /** Seconds that AWS's clock is ahead of the functions'. */
  skew: number;
}

beforeAll(async () => {
  [pool, stranger, dead] = await Promise.all([createPool(), createPool(), deadAddress()]);
});

afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  const width = Math.max(...rows.map(({ fault }) => fault.length));
  const lines = rows.map(
    (row) =>
      `${row.function.padEnd(12)} ${row.fault.padEnd(width)}  ${String(row.denied).padStart(3)} to deny, ` +
      `${row.wronglyAllowed} let in; good: ${row.good.padEnd(8)} ${Math.round(row.slowest)} ms`,
  );
  console.info(`\nInjected faults\n${lines.join("\n")}\n${new Set(rows.map(({ fault }) => fault)).size} faults`);
});

/** Verified Permissions with the stage's own policies. */
async function startPolicies(): Promise<Policies> {
  const keys = await startServer(answers.json(pool.keySet));
  const permissions = await startPermissions({
    accountId: "123456789012",
    partition: "aws",
    jwksUrl: () => `${keys.url}/keys`,
  });
  closing.push(keys.close, permissions.close);
  const statements = Object.values(readPolicies(POLICY_FOLDER)).map((text) =>
    text.replaceAll("{userPool}", USER_POOL_ID),
  );
  return { permissions, policyStoreId: await storeOf(permissions.url, cedarSchema(loadOpenApi()), statements) };
}

interface Policies {
  permissions: World["permissions"];
  policyStoreId: string;
}

/** Of the worlds whose policies are well. */
let well: Promise<Policies> | undefined;

/** @param policiesFail whether the world needs policies of its own, to be made to fail */
async function startWorld(policiesFail = false): Promise<World> {
  if (!policiesFail) well ??= startPolicies();
  const { permissions, policyStoreId } = await (policiesFail ? startPolicies() : (well as Promise<Policies>));
  const world = { skew: 0, permissions } as World;
  const revoked: TableRow[] = [
    { id: { S: "session#stolen" } },
    { id: { S: "user#leaver" }, notBefore: { N: String(Math.floor(Date.now() / 1000) + 60) } },
  ];
  world.keys = await startServer(answers.json(pool.keySet));
  world.table = await startServer(dynamoDb(revoked, () => Date.now() + world.skew * 1000));
  closing.push(world.keys.close, world.table.close);
  world.environment = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL: world.table.url,
    AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS: world.permissions.url,
    POLICY_STORE_ID: policyStoreId,
    USER_POOL_ID,
    CLIENT_IDS: CLIENT_ID,
    REQUIRED_SCOPES: "aws.cognito.signin.user.admin",
    OPERATIONS: JSON.stringify(OPERATIONS),
    JWKS_URI: `${world.keys.url}/keys`,
    REVOCATION_TABLE: "revoked",
    RESULT_TTL_SECONDS: "30",
    DECISION_SECONDS: "20",
  };
  return world;
}

/** A function in a process of its own, as far as it keeps anything: its modules are loaded anew. */
async function load<T>(name: string, environment: Record<string, string>): Promise<T> {
  vi.resetModules();
  for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { handler } = (await import(`../../../../functions/src/${name}/handler.ts`)) as { handler: T };
  vi.unstubAllEnvs();
  return handler;
}

function request(token: string, [method, path, resource]: readonly string[]): AuthorizerEvent {
  return {
    type: "REQUEST",
    methodArn: `${API}/${method}${path}`,
    httpMethod: method as string,
    resource: resource as string,
    headers: { Authorization: `Bearer ${token}` },
    requestContext: { requestId: "r" },
  };
}

const OWN = ["GET", `/orders/${ORDER_ID}`, "/orders/{orderId}"];
const ADMIN = ["GET", "/admin/orders", "/admin/orders"];

/** What must be denied whatever goes wrong, and more than ever then. */
async function badRequests(): Promise<AuthorizerEvent[]> {
  const now = Math.floor(Date.now() / 1000);
  const admin = { "cognito:groups": ["admin"], sub: "carol" };
  const [head = "", , signature = ""] = (await pool.sign()).split(".");
  const changed = Buffer.from(JSON.stringify({ ...admin, exp: now + 900 })).toString("base64url");
  const tokens = [
    await stranger.sign(admin),
    await stranger.sign(admin, { kid: "unknown" }),
    await pool.sign({ iat: now - 1200, exp: now - 300 }),
    await pool.sign({ origin_jti: "stolen" }),
    await pool.sign({ sub: "leaver" }),
    await pool.sign({ token_use: "id", aud: CLIENT_ID, ...admin }),
    await pool.sign({ client_id: "another", ...admin }),
    await pool.sign({ iss: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Another", ...admin }),
    `${head}.${changed}.${signature}`,
    "a.b.c",
  ];
  return [...tokens.map((token) => request(token, OWN)), request(await pool.sign(), ADMIN)];
}

/** Whether API Gateway would let the request pass, and how long the answer took. */
async function ask(handler: Authorizer, event: AuthorizerEvent, context: AuthorizerContext = CONTEXT) {
  const started = performance.now();
  const result = await handler(event, context).catch((error: unknown) => {
    expect(String(error)).toBe("Error: Unauthorized");
    return undefined;
  });
  const resources = (effect: string) =>
    (result?.policyDocument.Statement ?? [])
      .filter(({ Effect }) => Effect === effect)
      .flatMap(({ Resource }) => Resource);
  const isAllowed = anyMatcher(resources("Allow"))(event.methodArn) && !anyMatcher(resources("Deny"))(event.methodArn);
  return { isAllowed, milliseconds: performance.now() - started };
}

/** Asks everything and adds the line to the table. */
async function judge(fault: string, handler: Authorizer, bad: AuthorizerEvent[], good: AuthorizerEvent): Promise<Row> {
  const answered = await Promise.all([good, ...bad].map((event) => ask(handler, event)));
  const [first, ...others] = answered;
  const row: Row = {
    fault,
    function: "authorizer",
    denied: bad.length,
    wronglyAllowed: others.filter(({ isAllowed }) => isAllowed).length,
    good: first?.isAllowed ? "allowed" : "denied",
    slowest: Math.max(...answered.map(({ milliseconds }) => milliseconds)),
  };
  rows.push(row);
  return row;
}

type Change = (world: World) => void | Promise<void>;

const serve =
  (server: "keys" | "table", answer: () => FaultyServer["answer"]): Change =>
  (world) => {
    world[server].answer = answer();
  };
const variable =
  (name: string, value: () => string): Change =>
  (world) => {
    world.environment[name] = value();
  };
const policies =
  (fault: "throttled" | "slow" | "error" | "malformed" | "other-answer"): Change =>
  ({ permissions }) =>
    permissions.fail(fault);
const unread = { Responses: { revoked: [] }, UnprocessedKeys: { revoked: {} } };

/** The faults of what the authorizer asks, and what the good request is answered by a process that knows the keys already. */
const FAULTS: [fault: string, change: Change, warm: Row["good"]][] = [
  ["none", () => {}, "allowed"],
  ["key set: no connection", variable("JWKS_URI", () => `${dead}/keys`), "denied"],
  ["key set: connection reset", serve("keys", () => answers.reset), "allowed"],
  ["key set: silent", serve("keys", () => answers.silent), "allowed"],
  ["key set: never ends", serve("keys", () => answers.slowly), "allowed"],
  ["key set: status 500", serve("keys", () => answers.status(500)), "allowed"],
  ["key set: a page", serve("keys", () => answers.status(200, "<html>")), "allowed"],
  ["key set: a stranger's keys", serve("keys", () => answers.json(stranger.keySet)), "allowed"],
  ["policies: no connection", variable("AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS", () => dead), "denied"],
  ["policies: throttled", policies("throttled"), "denied"],
  ["policies: silent", policies("slow"), "denied"],
  ["policies: status 500", policies("error"), "denied"],
  ["policies: malformed", policies("malformed"), "denied"],
  ["policies: another's answer", policies("other-answer"), "denied"],
  ["policies: a store that is not there", variable("POLICY_STORE_ID", () => "gone"), "denied"],
  ["revocations: connection reset", serve("table", () => answers.reset), "denied"],
  ["revocations: silent", serve("table", () => answers.silent), "denied"],
  ["revocations: status 500", serve("table", () => answers.status(500)), "denied"],
  ["revocations: a page", serve("table", () => answers.status(200, "<html>")), "denied"],
  ["revocations: nothing", serve("table", () => answers.json({})), "denied"],
  ["revocations: not all was read", serve("table", () => answers.json(unread)), "denied"],
  ...[
    "ProvisionedThroughputExceededException",
    "AccessDeniedException",
    "KMSAccessDeniedException",
    "ExpiredTokenException",
  ].map((code): [string, Change, Row["good"]] => [
    `revocations: ${code}`,
    serve("table", () => (_request, response) => fail(response, code)),
    "denied",
  ]),
];
/** Worlds whose answers are waited for at once: more would wait for this machine. */
const AT_ONCE = 12;

test("in no fault of what the authorizer asks is anybody let in who must not be, and each is answered within two seconds", async () => {
  const runs: (() => Promise<[Row, Row["good"]]>)[] = [];
  const bad = await badRequests();
  for (const [fault, change, warm] of FAULTS) {
    // What a process knows makes a difference where the fault is of the keys; of the others one of a kind is enough.
    const warmIsWorth = /^(none|key set: .*|.*: (silent|throttled|a page))$/.test(fault);
    for (const isWarm of warmIsWorth ? [false, true] : [false]) {
      const world = await startWorld(fault.startsWith("policies"));
      if (!isWarm) await change(world);
      // Addresses are read when a process starts: a change of one is met by a new process only.
      const before = JSON.stringify(world.environment);
      if (isWarm) await change(world);
      const handler = await load<Authorizer>("authorizer", world.environment);
      if (isWarm && JSON.stringify(world.environment) !== before) continue;
      if (isWarm) await warmUp(world, handler, change);
      const good = request(await pool.sign({ sub: `alice-${isWarm}` }), OWN);
      const name = `${fault}${isWarm ? " (keys known)" : ""}`;
      runs.push(async () => [
        await judge(name, handler, bad, good),
        isWarm ? warm : fault === "none" ? "allowed" : "denied",
      ]);
    }
  }
  const results: [Row, Row["good"]][] = [];
  while (runs.length > 0) results.push(...(await Promise.all(runs.splice(0, AT_ONCE).map((run) => run()))));
  for (const [row, good] of results) {
    expect(row, row.fault).toMatchObject({ wronglyAllowed: 0, good });
    expect(row.slowest, row.fault).toBeLessThan(MOST_MILLISECONDS);
  }
  expect(results.length).toBeGreaterThan(30);
}, 60_000);

/** One request while all is well, so that the keys are known; then the fault begins. */
async function warmUp(world: World, handler: Authorizer, change: Change): Promise<void> {
  const { keys, table } = world;
  const faulty = { keys: keys.answer, table: table.answer };
  const other = await startWorld();
  [keys.answer, table.answer] = [other.keys.answer, other.table.answer];
  world.permissions.fail(undefined);
  const event = request(await pool.sign({ sub: "somebody" }), OWN);
  expect((await ask(handler, event)).isAllowed).toBe(true);
  [keys.answer, table.answer] = [faulty.keys, faulty.table];
  await change(world);
}

test.each([
  ["ten minutes slow", -600],
  ["ten minutes fast", 600],
])("with a clock that is %s, nobody is let in by an old or a revoked token", async (what, seconds) => {
  for (const tells of [true, false]) {
    const world = await startWorld();
    const bad = await badRequests();
    const good = request(await pool.sign(), OWN);
    const now = Date.now();
    if (tells) for (const event of [...bad, good]) event.requestContext = { requestId: "r", requestTimeEpoch: now };
    const handler = await load<Authorizer>("authorizer", world.environment);
    world.skew = -seconds;
    vi.useFakeTimers({ toFake: ["Date"], now: now + seconds * 1000 });
    try {
      const name = `clock: ${what}${tells ? "" : ", and the event has no time"}`;
      const row = await judge(name, handler, bad, good);
      expect(row).toMatchObject({ wronglyAllowed: 0, good: "denied" });
      expect(row.slowest).toBeLessThan(MOST_MILLISECONDS);
    } finally {
      vi.useRealTimers();
    }
  }
});

test("events that come twice, at once, or after what was asked later, are each answered as they would be alone", async () => {
  const world = await startWorld();
  const handler = await load<Authorizer>("authorizer", world.environment);
  const bad = await badRequests();
  const good = request(await pool.sign(), OWN);
  const twice = [...bad, ...bad, ...bad].sort(() => Math.random() - 0.5);
  expect(await judge("duplicates: three of each at once", handler, twice, good)).toMatchObject({
    wronglyAllowed: 0,
    good: "allowed",
  });

  // The first question is answered last, with what the table said before the sign-in was revoked.
  const token = await pool.sign({ origin_jti: "soon-revoked" });
  const { answer } = world.table;
  let asked = 0;
  world.table.answer = async (incoming, response) => {
    asked += 1;
    if (asked === 1) await sleep(300);
    answers.json({ Responses: { revoked: asked > 1 ? [{ id: { S: "session#soon-revoked" } }] : [] } })(
      incoming,
      response,
    );
  };
  const slowly = ask(handler, request(token, OWN));
  await sleep(50);
  const second = await ask(handler, request(token, OWN));
  expect(second.isAllowed).toBe(false);
  await slowly;
  world.table.answer = answer;
  const order = await judge("out of order: an old answer comes last", handler, bad, good);
  expect(order).toMatchObject({ wronglyAllowed: 0, good: "allowed" });
});

/** One order of globex: what alice of acme must never see, whatever fails. */
const FOREIGN = {
  id: ORDER_ID,
  company_id: "globex",
  status: "placed",
  note: "quiet",
  discount_cents: 0,
  total_cents: 1,
};

function orderRequest(token: string, httpMethod: "GET" | "DELETE", companyId: string): ApiEvent {
  return {
    resource: "/orders/{orderId}",
    httpMethod,
    headers: { Authorization: `Bearer ${token}` },
    pathParameters: { orderId: ORDER_ID },
    requestContext: {
      requestId: "r",
      authorizer: { userId: "alice", companyId, groups: `partner,company:${companyId}` },
    },
  };
}

const DATABASE = { DATABASE_PORT: "1", DATABASE_NAME: "shop", DATABASE_USER: "orders", DATABASE_CA: "rds" };

test.each<[string, (world: World) => Promise<Record<string, string>>, boolean]>([
  ["none", async () => ({}), true],
  ["database: no connection", async () => ({ DATABASE_HOST: "127.0.0.1" }), false],
  [
    "database: silent",
    async () => {
      const silent = await startServer(answers.silent);
      closing.push(silent.close);
      return { DATABASE_HOST: "127.0.0.1", DATABASE_PORT: new URL(silent.url).port };
    },
    false,
  ],
  ["policies: no connection", async () => ({ AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS: dead }), true],
  ...(["throttled", "slow", "error", "malformed", "other-answer"] as const).map(
    (fault): [string, (world: World) => Promise<Record<string, string>>, boolean] => [
      `policies: ${fault}`,
      async ({ permissions }) => {
        permissions.fail(fault);
        return {};
      },
      true,
    ],
  ),
])(
  "orders with the fault %s: nobody sees or changes another company's order, nor an own one unasked",
  async (fault, change, hasRows) => {
    const world = await startWorld(fault.startsWith("policies"));
    const changes: string[] = [];
    const database: Database = {
      rows: async (sql) => (sql.includes("order_lines") ? [] : [FOREIGN]),
      change: async (sql) => changes.push(sql),
      define: async () => [],
      transaction: (work) => work(database),
    };
    const more = await change(world);
    vi.doMock("../../../../functions/src/shared/database.ts", async (original) => ({
      ...(await original<object>()),
      ...(hasRows && { createDatabase: () => database }),
    }));
    const environment = {
      ...world.environment,
      ...DATABASE,
      IDEMPOTENCY_TABLE: "keys",
      DATABASE_HOST: "127.0.0.1",
      ...more,
    };
    const handler = await load<Handler<ApiEvent, ApiResponse>>("orders", environment);
    vi.doUnmock("../../../../functions/src/shared/database.ts");
    const alice = await pool.sign();
    // Prod's functions have 10 seconds, of which a connection may take what is left but for 3: here 4.5, so that a silent database is told in 1.5.
    const context = { getRemainingTimeInMillis: () => 4500 };
    const run = async (event: ApiEvent) => {
      const started = performance.now();
      const response = await handler(event, context);
      return { response, milliseconds: performance.now() - started };
    };
    const bad = await Promise.all([
      run(orderRequest(alice, "GET", "acme")),
      run(orderRequest(alice, "DELETE", "acme")),
      // The authorizer's context says one company, the token another.
      run(orderRequest(alice, "GET", "globex")),
      run(orderRequest("a.b.c", "GET", "globex")),
      run(orderRequest(await stranger.sign({ "cognito:groups": ["partner", "company:globex"] }), "GET", "globex")),
    ]);
    const bob = await pool.sign({ sub: "bob", "cognito:groups": ["partner", "company:globex"] });
    const good = await run(orderRequest(bob, "GET", "globex"));
    const wronglyAllowed = bad.filter(({ response }) => response.statusCode < 400 || response.body.includes("quiet"));
    const row: Row = {
      fault,
      function: "orders",
      denied: bad.length,
      wronglyAllowed: wronglyAllowed.length,
      good: good.response.statusCode === 200 ? "allowed" : "denied",
      slowest: Math.max(good.milliseconds, ...bad.map(({ milliseconds }) => milliseconds)),
    };
    rows.push(row);
    expect(row).toMatchObject({ wronglyAllowed: 0, good: fault === "none" ? "allowed" : "denied" });
    expect(changes).toEqual([]);
    expect(row.slowest).toBeLessThan(MOST_MILLISECONDS);
  },
);

test.each([
  [
    "migrations",
    "secret: AccessDeniedException",
    "AccessDeniedException",
    { MASTER_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:1:secret:x" },
  ],
  [
    "migrations",
    "secret: its key is denied",
    "KMSAccessDeniedException",
    { MASTER_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:1:secret:x" },
  ],
])("%s with the fault %s ends without having touched anything", async (name, fault, code, more) => {
  const world = await startWorld();
  world.table.answer = (_request, response) => fail(response, code);
  const handler = await load<Handler<object, unknown>>(name, {
    ...world.environment,
    ...DATABASE,
    DATABASE_HOST: "127.0.0.1",
    ...more,
  });
  const started = performance.now();
  const outcome = await handler({}, { awsRequestId: "r" }).then(
    () => "done",
    () => "refused",
  );
  const slowest = performance.now() - started;
  rows.push({ fault, function: name, denied: 1, wronglyAllowed: outcome === "done" ? 1 : 0, good: "denied", slowest });
  expect(outcome).toBe("refused");
  expect(slowest).toBeLessThan(MOST_MILLISECONDS);
});
