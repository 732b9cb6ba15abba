import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Answer, createApiHandler, type Operation } from "../../src/shared/function.ts";
import { timeFor } from "../../src/shared/invocation.ts";
import type { LogRecord } from "../../src/shared/log.ts";
import { DependencyFault, Refusal, Unanswerable } from "../../src/shared/refusal.ts";
import { alice, apiEvent, carol, contextOf } from "../support/events.ts";

let log: LogRecord[];
let run: (answer: () => Answer) => void;
let handler: ReturnType<typeof createApiHandler>;

beforeEach(() => {
  log = [];
  let answer: () => Answer = () => ({ status: 200 });
  run = (next) => {
    answer = next;
  };
  const operation: Omit<Operation, "operationId" | "method" | "groups"> = { path: "/orders", run: () => answer() };
  handler = createApiHandler(
    "orders",
    [
      { ...operation, operationId: "read", method: "GET", groups: ["partner"] },
      { ...operation, operationId: "open", method: "POST", groups: "everybody" },
      { ...operation, operationId: "leave", method: "PATCH", groups: ["partner"], fromPage: true },
    ],
    (record) => log.push(record),
  );
});

const as = (principal: typeof alice, method = "GET") =>
  apiEvent(method, "/orders", { requestContext: { requestId: "r", authorizer: contextOf(principal) } });

describe("a handler", () => {
  test("serves JSON and logs it", async () => {
    run(() => ({ status: 201, json: { id: 1 }, headers: { "X-A": "b" }, rows: 3 }));
    expect(await handler(as(alice))).toEqual({
      statusCode: 201,
      headers: {
        "Cache-Control": "no-store",
        "Content-Type": "application/json",
        "X-A": "b",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
      },
      body: '{"id":1}',
    });
    expect(log).toEqual([{ level: "INFO", event: "served", requestId: "r", status: 201, rows: 3 }]);
  });

  test("serves an operation of the page to the page alone, before the caller is looked at", async () => {
    expect((await handler(apiEvent("PATCH", "/orders"))).statusCode).toBe(403);
    expect(log).toMatchObject([{ event: "denied", defence: "same-origin" }]);
    const event = as(alice, "PATCH");
    expect((await handler({ ...event, headers: { "Sec-Fetch-Site": "cross-site" } })).statusCode).toBe(403);
    expect((await handler({ ...event, headers: { "Sec-Fetch-Site": "same-origin" } })).statusCode).toBe(200);
  });

  test("sets each cookie in a header of its own, and none where there is none", async () => {
    run(() => ({ status: 204, cookies: ["a=b", "c=d"] }));
    expect((await handler(as(alice))).multiValueHeaders).toEqual({ "Set-Cookie": ["a=b", "c=d"] });
    run(() => ({ status: 204 }));
    expect(await handler(as(alice))).not.toHaveProperty("multiValueHeaders");
  });

  test("says that it knows no other operation", async () => {
    const response = await handler(as(alice, "PUT"));
    expect(JSON.parse(response.body)).toMatchObject({ status: 404, detail: "There is no such operation." });
  });

  test("serves HTML, and nothing", async () => {
    run(() => ({ status: 200, html: "<p>" }));
    expect(await handler(as(alice))).toMatchObject({
      headers: { "Content-Type": "text/html; charset=utf-8" },
      body: "<p>",
    });
    run(() => ({ status: 204 }));
    expect(await handler(as(alice))).toEqual({
      statusCode: 204,
      headers: {
        "Cache-Control": "no-store",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
      },
      body: "",
    });
  });

  test("refuses who has no context or no group, before the core runs", async () => {
    run(() => {
      throw new Error("the core ran");
    });
    expect((await handler(apiEvent("GET", "/orders"))).statusCode).toBe(401);
    expect((await handler(as(carol))).statusCode).toBe(403);
    expect(log).toEqual([
      { level: "WARN", event: "denied", layer: "function", defence: "principal", requestId: "request-1", status: 401 },
      { level: "WARN", event: "denied", layer: "function", defence: "group-check", requestId: "r", status: 403 },
    ]);
  });

  test("serves an operation for everybody without a context", async () => {
    expect((await handler(apiEvent("POST", "/orders"))).statusCode).toBe(200);
  });

  test("knows no other operation", async () => {
    for (const event of [as(alice, "DELETE"), { ...as(alice), resource: "/other" }]) {
      expect((await handler(event)).statusCode).toBe(404);
    }
    expect(log[0]).toEqual({ level: "INFO", event: "unanswerable", requestId: "r", status: 404 });
  });

  test("logs the layer of a refusal", async () => {
    run(() => {
      throw new Refusal({ layer: "database", defence: "grants", status: 500, detail: "No." });
    });
    await handler(as(alice));
    expect(log).toEqual([
      { level: "WARN", event: "denied", layer: "database", defence: "grants", requestId: "r", status: 500 },
    ]);
  });

  test("answers what cannot be answered", async () => {
    run(() => {
      throw new Unanswerable(409, "It has been shipped.");
    });
    expect(JSON.parse((await handler(as(alice))).body)).toMatchObject({ status: 409, detail: "It has been shipped." });
  });

  test("tells nobody of an unexpected error but the log, and the log not its message", async () => {
    run(() => {
      throw new RangeError("password hunter2");
    });
    const response = await handler(as(alice));
    expect(response.statusCode).toBe(500);
    expect(JSON.stringify([response, log])).not.toContain("hunter2");
    expect(log[0]).toMatchObject({
      level: "ERROR",
      event: "failed",
      layer: "function",
      defence: "problem-details",
      error: "RangeError",
      status: 500,
    });
  });

  test("says that something else does not answer, and logs what and how", async () => {
    run(() => {
      throw new DependencyFault(
        "database",
        Object.assign(new Error("connect ETIMEDOUT 10.0.0.1"), { code: "ETIMEDOUT" }),
      );
    });
    const response = await handler(as(alice));
    expect(JSON.parse(response.body)).toEqual({
      type: "about:blank",
      title: "Unavailable",
      status: 503,
      detail: "A part of the service does not answer at the moment. Try again in a minute.",
      requestId: "r",
    });
    expect(log).toEqual([
      {
        level: "ERROR",
        event: "failed",
        layer: "function",
        defence: "problem-details",
        dependency: "database",
        requestId: "r",
        status: 503,
        error: "Error ETIMEDOUT",
        at: expect.any(Array),
      },
    ]);
  });

  test("knows how much of its time is left", async () => {
    let time = 0;
    run(() => {
      time = timeFor(60_000);
      return { status: 200 };
    });
    await handler(as(alice), { getRemainingTimeInMillis: () => 10_000 });
    expect(time).toBe(9500);
    await handler(as(alice));
    expect(time).toBe(60_000);
  });

  test("writes its log to standard output by default", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await createApiHandler("empty", [])(apiEvent("GET", "/"));
    expect(write.mock.calls[0]?.[0]).toContain('"function":"empty"');
    write.mockRestore();
  });
});
