/** The authorizer as Lambda runs it: the built bundle, in a node of its own. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle } from "../../build/bundle.ts";
import { CLIENT_ID, createTestPool, SCOPE, USER_POOL_ID } from "../support/tokens.ts";
import { readZip } from "../support/zip.ts";

const ARN = "arn:aws:execute-api:eu-west-1:123456789012:api1/prod/GET/orders/1";
/** Milliseconds of the processor that loading may take: on a busy machine the clock counts what others do. */
const LOAD_BUDGET = 15;

let folder: string;
let module: string;
let server: Server;
let environment: Record<string, string>;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "palisade-authorizer-"));
  const zip = await bundle("authorizer", { outDir: folder });
  module = join(folder, "index.mjs");
  writeFileSync(module, readZip(readFileSync(zip)).get("index.mjs") ?? "");
  const pool = await createTestPool();
  token = await pool.sign();
  server = createServer((_request, response) => response.end(JSON.stringify(pool.jwks))).listen(0, "127.0.0.1");
  await once(server, "listening");
  environment = {
    PATH: process.env.PATH ?? "",
    USER_POOL_ID,
    CLIENT_IDS: CLIENT_ID,
    REQUIRED_SCOPES: SCOPE,
    OPERATIONS: JSON.stringify([
      operation("getOrder", "/orders/{orderId}", "Authorization"),
      operation("getReceipt", "/orders/{orderId}/receipt", "Cookie"),
    ]),
    JWKS_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
  };
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function operation(operationId: string, path: string, identityHeader: string): object {
  return { operationId, method: "GET", path, groups: ["partner"], identityHeader };
}

async function run(script: string): Promise<string> {
  const source = `const started = process.cpuUsage();
    const { handler } = await import(${JSON.stringify(pathToFileURL(module).href)});
    const { user, system } = process.cpuUsage(started);
    const loaded = (user + system) / 1000;
    const context = { invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:authorizer:live" };
    ${script}`;
  const arguments_ = ["--input-type=module", "--eval", source];
  return (await promisify(execFile)(process.execPath, arguments_, { env: environment })).stdout;
}

test("lets a partner pass, by header and by cookie", async () => {
  for (const [resource, headers] of [
    ["/orders/{orderId}", { Authorization: `Bearer ${token}` }],
    ["/orders/{orderId}/receipt", { Cookie: `__Host-session=${token}` }],
  ]) {
    const event = JSON.stringify({ headers, methodArn: ARN, httpMethod: "GET", resource });
    const result = JSON.parse(await run(`console.log(JSON.stringify(await handler(${event}, context)));`));
    expect(result.context).toEqual({ userId: "user-alice", companyId: "acme", groups: "partner,company:acme" });
    expect(result.policyDocument.Statement).toEqual([
      {
        Effect: "Allow",
        Action: "execute-api:Invoke",
        Resource: [ARN.replace("/1", "/*"), ARN.replace("/1", "/*/receipt")],
      },
    ]);
  }
});

test("refuses a forged token with nothing but the word that API Gateway knows", async () => {
  const event = JSON.stringify({
    headers: { Authorization: `Bearer ${token.slice(0, -6)}AAAAAA` },
    methodArn: ARN,
    httpMethod: "GET",
    resource: "/orders/{orderId}",
  });
  const output = await run(`await handler(${event}, context).catch((error) => console.log(String(error)));`);
  expect(output).toBe(
    '{"level":"WARN","event":"denied","requestId":"","function":"authorizer","layer":"authorizer","defence":"token","status":401}\n' +
      "Error: Unauthorized\n",
  );
});

test("does not load what it does not use: Node's client of HTTPS, and no client of AWS's SDK", () => {
  const code = readFileSync(module, "utf8");
  expect(code.match(/from"(?:node:)?https?"/g)).toBeNull();
  expect(code).not.toMatch(/@aws-sdk|@smithy/);
});

test("loads within its budget", async () => {
  // The shortest of several: a busy machine lengthens a load and never shortens it.
  const times: number[] = [];
  for (let index = 0; index < 7; index++) times.push(Number(await run("console.log(loaded);")));
  expect(Math.min(...times)).toBeLessThanOrEqual(LOAD_BUDGET);
});
