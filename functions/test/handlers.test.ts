/** Each `handler.ts` wires its function from the environment alone, and says at its cold start what is missing there. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { functionNames } from "../build/bundle.ts";
import type { ApiResponse } from "../src/shared/api.ts";
import { fakeDatabase } from "./support/database.ts";
import { apiEvent } from "./support/events.ts";
import { server as migratable, NOBODY_ELSE } from "./support/migrations.ts";

const AWS = { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };
const DATABASE = {
  ...AWS,
  DATABASE_HOST: "127.0.0.1",
  DATABASE_PORT: "1",
  DATABASE_NAME: "shop",
  DATABASE_USER: "someone",
  DATABASE_CA: "rds",
};
/** Of functions that ask the policies about an order. */
const ASKING = { ...DATABASE, POLICY_STORE_ID: "none" };
const ENVIRONMENTS: Record<string, Record<string, string>> = {
  admin: ASKING,
  carts: { ...DATABASE, CART_KEY_TABLE: "cart-keys" },
  catalog: DATABASE,
  "order-import": DATABASE,
  orders: { ...ASKING, IDEMPOTENCY_TABLE: "keys" },
  partners: {},
  receipt: ASKING,
  session: { ...AWS, USER_POOL_ID: "eu-west-1_AbC", CLIENT_ID: "client", REVOCATION_TABLE: "revocations" },
};

let lines: string[];

beforeEach(() => {
  vi.resetModules();
  for (const name of Object.keys(ASKING)) vi.stubEnv(name, undefined);
  lines = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.doUnmock("../src/shared/database.ts");
});

function set(environment: Record<string, string>): void {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

const load = async (name: string) =>
  (await import(`../src/${name}/handler.ts`)) as { handler: (event: unknown, context?: unknown) => Promise<unknown> };

test("this list is of all functions", () => {
  const others = [
    "authorizer",
    "finding-notifier",
    "finding-response",
    "migrations",
    "threat-simulator",
    "ocsf",
    "siem-setup",
  ];
  expect([...Object.keys(ENVIRONMENTS), ...others].sort()).toEqual(functionNames());
});

describe.each(Object.entries(ENVIRONMENTS))("%s", (name, environment) => {
  test("answers and logs under its own name", async () => {
    set(environment);
    const { handler } = await load(name);
    const response = (await handler(apiEvent("GET", "/nowhere"))) as ApiResponse;
    expect(response.statusCode).toBe(404);
    expect(lines).toEqual([
      `{"level":"INFO","event":"unanswerable","requestId":"request-1","function":"${name}","status":404}\n`,
    ]);
  });
});

test.each(Object.keys(ENVIRONMENTS).filter((name) => name !== "partners"))(
  "%s says what its environment lacks",
  async (name) => {
    await expect(load(name)).rejects.toThrow(new RegExp(`^${name}: environment: [A-Z_]+ is not set; set it to `));
  },
);

test("authorizer refuses a request without a token", async () => {
  set({ USER_POOL_ID: "eu-west-1_AbC", CLIENT_IDS: "client", OPERATIONS: "[]" });
  const { handler } = await load("authorizer");
  await expect(handler({ headers: {}, methodArn: "arn" })).rejects.toThrow(new Error("Unauthorized"));
  expect(lines[0]).toContain('"function":"authorizer"');
});

describe("migrations", () => {
  test("connects as the master user of the secret, and logs what it did", async () => {
    const server = createServer((_request, response) => {
      response.end('{"SecretString":"{\\"username\\":\\"owner\\",\\"password\\":\\"p\\"}"}');
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    set({
      ...DATABASE,
      MASTER_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:1:secret:x",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    const database = fakeDatabase(migratable());
    const connected: unknown[] = [];
    vi.doMock("../src/shared/database.ts", async (importOriginal) => ({
      ...(await importOriginal<object>()),
      connectDatabase: (place: { user: string }, edges: { password(): Promise<string>; now(): number }) => {
        connected.push(place.user, edges.password(), typeof edges.now());
        return database;
      },
    }));
    const { handler } = await load("migrations");
    const result = { version: 1, applied: 1, ...NOBODY_ELSE };
    expect(await handler({}, { awsRequestId: "r" })).toEqual(result);
    expect(await handler({})).toEqual(result);
    server.close();
    expect(connected.slice(0, 3)).toEqual(["owner", expect.any(Promise), "number"]);
    expect(await connected[1]).toBe("p");
    expect(lines).toEqual(
      ["r", ""].map(
        (id) =>
          `{"level":"INFO","event":"migrated","requestId":"${id}","function":"migrations","version":1,"applied":1,"users":6,"withdrawn":0,"dropped":0,"locked":0}\n`,
      ),
    );
  });

  test("says what its environment lacks", async () => {
    await expect(load("migrations")).rejects.toThrow("migrations: environment: DATABASE_HOST is not set");
  });
});
