import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readNotifierEnvironment } from "../../src/finding-notifier/env.ts";
import { findingEvent } from "./events.ts";

/** AWS in the place of AWS: a table that takes every write and has no row, and a topic. */
let server: Server;
let calls: { action: string; body: string }[];

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
      const form = new URLSearchParams(body);
      const action = typeof target === "string" ? (target.split(".")[1] as string) : (form.get("Action") as string);
      calls.push({ action, body });
      response.end(action === "UpdateItem" ? '{"Attributes":{"messages":{"N":"1"}}}' : "{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.resetModules();
  const environment = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIA",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:findings",
    NOTIFICATION_TABLE: "notifications",
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  vi.unstubAllEnvs();
});

test("a batch of the queue goes to the topic, once the table has taken it", async () => {
  const { handler } = await import("../../src/finding-notifier/handler.ts");
  const body = JSON.stringify(findingEvent("Trojan:Lambda/DropPoint"));
  expect(await handler({ Records: [{ messageId: "1", body }] })).toEqual({ batchItemFailures: [] });
  expect(calls.map(({ action }) => action)).toEqual(["PutItem", "UpdateItem", "Publish", "PutItem"]);
  const form = new URLSearchParams(calls[2]?.body);
  expect([...form.keys()]).toEqual(["Action", "Version", "TopicArn", "Subject", "MessageStructure", "Message"]);
  expect(form.get("TopicArn")).toBe("arn:aws:sns:eu-west-1:123456789012:findings");
  expect(form.get("Subject")).toBe("[HIGH] prod-orders: Trojan:Lambda/DropPoint");
});

test("the schedule's event looks for the digests of a day", async () => {
  const { handler } = await import("../../src/finding-notifier/handler.ts");
  expect(await handler({})).toEqual({ digests: 0 });
  expect(calls.map(({ action }) => action)).toEqual(Array.from({ length: 24 }, () => "GetItem"));
});

test("the environment is checked at the cold start", () => {
  const environment = { TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:findings", NOTIFICATION_TABLE: "table" };
  expect(readNotifierEnvironment(environment)).toEqual({
    topicArn: environment.TOPIC_ARN,
    table: "table",
    messagesPerHour: 60,
  });
  expect(() => readNotifierEnvironment({ TOPIC_ARN: "x", MESSAGES_PER_HOUR: "0" })).toThrow(
    "finding-notifier: environment: TOPIC_ARN is not the ARN of an SNS topic; NOTIFICATION_TABLE is not set; set it to the name of a DynamoDB table; MESSAGES_PER_HOUR is not a whole number from 1 to 99999",
  );
});
