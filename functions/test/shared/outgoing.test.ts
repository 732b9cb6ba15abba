/** Whatever a function waits for ends while there is still time to answer. */
import { globSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAwsCaller } from "../../src/shared/aws.ts";
import { createAwsQueryCaller } from "../../src/shared/aws-query.ts";
import { createAwsRestCaller } from "../../src/shared/aws-rest.ts";
import { connectDatabase, connectionOptions, openConnection } from "../../src/shared/database.ts";
import { duringInvocation } from "../../src/shared/invocation.ts";
import { DependencyFault } from "../../src/shared/refusal.ts";

const SOURCES = join(import.meta.dirname, "../../src");

test("each place that calls out is known here, and has a limit", () => {
  const outgoing = globSync("**/*.ts", { cwd: SOURCES }).filter((file) =>
    /\bfetch\(|= fetch\b|\bcreateConnection\(|\bcreateServer\(|\bhttps?\.(get|request)\(/.test(
      readFileSync(join(SOURCES, file), "utf8"),
    ),
  );
  expect(outgoing.sort()).toEqual([
    "authorizer/jwks.ts", // 1.5 seconds; the whole decision has 1.8, whatever is left
    "session/code-exchange.ts",
    "shared/aws-query.ts", // through shared/aws.ts
    "shared/aws-rest.ts", // through shared/aws.ts
    "shared/aws.ts",
    "shared/database.ts",
    "siem-setup/send.ts",
  ]);
  const through = ["shared/aws-query.ts", "shared/aws-rest.ts"];
  for (const file of outgoing.filter((each) => !through.includes(each))) {
    expect(readFileSync(join(SOURCES, file), "utf8"), file).toMatch(/AbortSignal\.timeout\(|connectTimeout: timeFor\(/);
  }
});

describe("to a server that takes a connection and says nothing", () => {
  let silent: Server;
  let port: number;
  beforeAll(async () => {
    silent = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    port = (silent.address() as AddressInfo).port;
  });
  afterAll(() => silent.close());

  // Of a second that is left, half is kept for the answer.
  const left = { getRemainingTimeInMillis: () => 1000 };
  const aws = () => ({
    region: "eu-west-1",
    accessKeyId: "AKIA",
    secretAccessKey: "x",
    sessionToken: "",
    endpoint: `http://127.0.0.1:${port}`,
  });
  const place = () => ({ host: "127.0.0.1", port, name: "shop", user: "orders", ca: "" });

  test.each<[string, () => Promise<unknown>]>([
    [
      "a call of AWS",
      () => createAwsCaller(aws())({ service: "dynamodb", target: "x.GetItem", version: "1.0", input: {} }),
    ],
    [
      "a call of AWS's query APIs",
      () => createAwsQueryCaller(aws())({ service: "sns", action: "Publish", version: "2010-03-31", input: {} }),
    ],
    [
      "a call of AWS's REST APIs",
      () =>
        createAwsRestCaller(aws())({ service: "lambda", operation: "GetFunction", method: "GET", path: "functions/x" }),
    ],
  ])("%s ends in what is left of the invocation", async (_what, call) => {
    const started = performance.now();
    await expect(duringInvocation(left, call)).rejects.toBeInstanceOf(DependencyFault);
    expect(performance.now() - started).toBeLessThan(950);
  });

  test("a connection to the database ends in what is left, but for the work that it is opened for", async () => {
    const longer = { getRemainingTimeInMillis: () => 3600 };
    expect(await duringInvocation(longer, async () => connectionOptions(place(), "token").connectTimeout)).toBe(600);
    const edges = { connect: openConnection, password: async () => "token", now: () => 0 };
    const started = performance.now();
    const query = () => connectDatabase(place(), edges).rows("SELECT 1", []);
    await expect(duringInvocation(longer, query)).rejects.toBeInstanceOf(DependencyFault);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
