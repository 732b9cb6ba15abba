import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ResponsePlan } from "../../src/finding-response/settings.ts";
import { findingEvent } from "../finding-notifier/events.ts";
import { callFrom, PLAN } from "./support.ts";

/** AWS in the place of AWS: a table that takes every write and has no row, a function without a reservation, an empty set. */
let server: Server;
let calls: string[];

async function load(plan: ResponsePlan = PLAN) {
  vi.stubEnv("RESPONSE_PLAN", JSON.stringify(plan));
  return (await import("../../src/finding-response/handler.ts")).handler;
}

beforeEach(async () => {
  calls = [];
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      const target = request.headers["x-amz-target"];
      const [, service] = /\/\d{8}\/([\w-]+\/[\w-]+)\//.exec(request.headers.authorization ?? "") ?? [];
      const form = new URLSearchParams(body).get("Action");
      const action =
        typeof target === "string" ? (target.split(".")[1] as string) : (form ?? `${request.method} ${request.url}`);
      calls.push(`${service} ${action}`);
      if (action === "GetRolePolicy") response.statusCode = 404;
      response.end(
        {
          UpdateItem: '{"Attributes":{"measures":{"N":"1"}}}',
          GetIPSet: '{"IPSet":{"Addresses":[]},"LockToken":"1"}',
          GetRolePolicy: "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>",
        }[action] ?? (request.method === "DELETE" ? "" : "{}"),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.resetModules();
  vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  const environment = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIA",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_LAMBDA_FUNCTION_NAME: "responder",
    TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:findings",
    RESPONSE_TABLE: "responses",
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("a batch of the queue is responded to, with a call of each service where it is", async () => {
  const handler = await load();
  const records = [findingEvent("Trojan:Lambda/DropPoint"), callFrom("45.155.205.10", undefined, { id: "two" })];
  const Records = records.map((event, index) => ({ messageId: String(index), body: JSON.stringify(event) }));
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  const PUT = "eu-west-1/lambda PUT /2017-10-31/functions/prod-orders/concurrency";
  expect(calls.filter((call) => !call.includes("dynamodb"))).toEqual([
    "eu-west-1/lambda GET /2019-09-30/functions/prod-orders/concurrency",
    PUT,
    "eu-west-1/sns Publish",
    // IAM is signed for its own region.
    "us-east-1/iam GetRolePolicy",
    "us-east-1/iam PutRolePolicy",
    "eu-west-1/sns Publish",
    "us-east-1/iam GetRolePolicy",
    "us-east-1/iam PutRolePolicy",
    "eu-west-1/sns Publish",
    "eu-west-1/wafv2 GetIPSet",
    "eu-west-1/wafv2 GetIPSet",
    "eu-west-1/wafv2 UpdateIPSet",
    "eu-west-1/sns Publish",
  ]);
});

test("the clock, a list and a release are told apart; what is none of them is refused", async () => {
  const handler = await load({ mode: "dry-run", measuresPerHour: 1 });
  const context = { awsRequestId: "r1", getRemainingTimeInMillis: () => 10_000 };
  expect(await handler({ sweep: true }, context)).toEqual({ swept: 0 });
  expect(await handler({ list: true }, context)).toEqual({ inForce: [] });
  expect(await handler({ release: { measure: "quarantine", target: "prod-orders" } }, context)).toEqual({
    released: false,
    note: "no such measure is in force",
  });
  const says =
    "The event must have Records, sweep, list, or release with a target and a measure of quarantine, revoke-sessions, deny-address";
  for (const event of [
    {},
    { release: {} },
    { release: { measure: "toString", target: "x" } },
    { release: { measure: "quarantine" } },
  ]) {
    await expect(handler(event)).rejects.toThrow(says);
  }
});
