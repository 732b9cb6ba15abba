import type { PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { accessRecord } from "../../../../functions/test/ocsf/records.ts";
import { ACCESS_LOG_FORMAT } from "../../../secure-gateway/src/gateway/access-log-format.ts";
import type { AwsClients } from "../../src/clients.ts";
import type { Exchange } from "../../src/front.ts";
import { accessLogLine, openAccessLog } from "../../src/gateway/access-log.ts";
import type { RequestContext, RequestContexts } from "../../src/gateway/contexts.ts";

const exchange = (requestId: string | undefined, more: Partial<Exchange> = {}): Exchange => ({
  requestId,
  method: "GET",
  path: "/products?q=a",
  status: 200,
  startedAt: 1_000_000,
  durationMs: 12,
  sourceIp: "::ffff:192.0.2.7",
  httpVersion: "1.1",
  host: "api.example:8443",
  userAgent: "agent",
  gatewayErrorType: undefined,
  ...more,
});

function gatewayWith(accessLogSettings: { destinationArn?: string; format?: string } | undefined) {
  const sent: { name: string; input: Record<string, unknown> }[] = [];
  const client = {
    send: async ({
      constructor: { name },
      input,
    }: {
      constructor: { name: string };
      input: Record<string, unknown>;
    }) => {
      sent.push({ name, input });
      return name === "GetStageCommand" ? { accessLogSettings } : {};
    },
  };
  return { clients: new Proxy({}, { get: () => client }) as AwsClients, sent };
}

/** The gateway's own knowledge of the requests, which is read before it is asked for. */
function contextsOf(known: Record<string, RequestContext>): RequestContexts & { reads: () => number } {
  let reads = 0;
  return {
    reads: () => reads,
    read: async () => {
      reads += 1;
    },
    of: (id) => (reads > 0 ? known[id] : undefined),
    forget: (id) => {
      delete known[id];
    },
  };
}
const NO_CONTEXTS = contextsOf({});

const AT = { restApiId: "api1", stageName: "live" };
const SETTINGS = {
  destinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:access",
  format: "$context.requestId $context.authorizer.principalId",
};

test("what is known is in the line, and a dash stands for the rest", () => {
  const format =
    '{"id":"$context.requestId","who":"$context.authorizer.principalId","path":"$context.path","m":"$context.httpMethod","s":$context.status}';
  const context = { "authorizer.principalId": 'a"nn', status: "200", requestId: "not the front's" };
  expect(accessLogLine(format, exchange("r1", { path: '/a"b?q=secret', status: 403 }), context)).toBe(
    '{"id":"r1","who":"a\\"nn","path":"/a\\"b","m":"GET","s":403}',
  );
  expect(accessLogLine("$context.authorizer.principalId", exchange("r1"))).toBe("-");
  expect(accessLogLine("$context.requestId", exchange(undefined))).toBe("-");
  expect(accessLogLine("$context.requestTime", exchange("r1"))).toBe("01/Jan/1970:00:16:40 +0000");
});

test("the address is the connection's, in its own family, and the host is without its port", () => {
  const format = "$context.identity.sourceIp $context.identity.userAgent $context.domainName $context.domainPrefix";
  expect(accessLogLine(format, exchange("r1"))).toBe("192.0.2.7 agent api.example api");
  const none = { sourceIp: undefined, userAgent: undefined, host: undefined };
  expect(accessLogLine(format, exchange("r1", none))).toBe("- - - -");
});

test("a connection's protection is there where it has one", () => {
  const format = "$context.protocol $context.tlsVersion $context.cipherSuite";
  expect(accessLogLine(format, exchange("r1"))).toBe("HTTP/1.1 - -");
  const tls = { version: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256" };
  expect(accessLogLine(format, exchange("r1", { tls }))).toBe("HTTP/1.1 TLSv1.3 TLS_AES_128_GCM_SHA256");
});

test("what the web ACL said, where there is one", () => {
  const format =
    "$context.error.responseType $context.error.message $context.waf.status $context.wafResponseCode $context.waf.latency $context.responseLatency $context.requestTimeEpoch";
  const context = { "error.responseType": "THROTTLED", "error.message": "Too Many Requests" };
  expect(accessLogLine(format, exchange("r1"), context)).toBe("THROTTLED Too Many Requests - - - 12 1000000");
  const passed = exchange("r1", { edgeMs: 1.6, durationMs: 12.4 });
  expect(accessLogLine(format, passed, context)).toBe("THROTTLED Too Many Requests 200 WAF_ALLOW 2 12 1000000");
  const blocked = exchange("r1", { layer: "edge", status: 429, edgeMs: 0.2, gatewayErrorType: "ForbiddenException" });
  expect(accessLogLine(format, blocked)).toBe("WAF_FILTERED Forbidden 429 WAF_BLOCK 0 12 1000000");
});

test("an answer that was kept asked no integration, and has its own length", () => {
  const format = "$context.integration.status $context.integrationLatency $context.responseLength";
  const context = { "integration.status": "200", integrationLatency: "5", responseLength: "10" };
  expect(accessLogLine(format, exchange("r1"), context)).toBe("200 5 10");
  expect(accessLogLine(format, exchange("r1", { cache: "miss" }), context)).toBe("200 5 10");
  expect(accessLogLine(format, exchange("r1", { cache: "hit", responseBytes: 7 }), context)).toBe("- - 7");
});

test("each exchange is written once, to the group of the stage's settings", async () => {
  const { clients, sent } = gatewayWith(SETTINGS);
  const exchanges = [exchange("r1"), exchange(undefined), exchange("r2")];
  const log = openAccessLog(clients, AT, () => exchanges, contextsOf({ r1: { "authorizer.principalId": "ann" } }));
  expect(await log.write()).toBe("access");
  exchanges.push(exchange("r3"));
  await Promise.all([log.write(), log.write()]);
  const lines = sent.flatMap(({ name, input }) =>
    name === "PutLogEventsCommand" ? [(input.logEvents as { message: string }[]).map(({ message }) => message)] : [],
  );
  expect(lines).toEqual([["r1 ann", "r2 -"], ["r3 -"]]);
  expect(sent.filter(({ name }) => name === "CreateLogStreamCommand")).toHaveLength(1);
  expect(sent.find(({ name }) => name === "PutLogEventsCommand")?.input.logEvents).toMatchObject([
    { timestamp: 1_000_012 },
    { timestamp: 1_000_012 },
  ]);
});

test.each([[undefined], [{}], [{ destinationArn: SETTINGS.destinationArn }], [{ format: "x", destinationArn: "" }]])(
  "a stage with the settings %j has no access log",
  async (settings) => {
    const { clients, sent } = gatewayWith(settings);
    expect(await openAccessLog(clients, AT, () => [exchange("r1")], NO_CONTEXTS).write()).toBeUndefined();
    expect(sent.map(({ name }) => name)).toEqual(["GetStageCommand"]);
  },
);

test("what came to no stage is in none of its lines; what its cache refused is", async () => {
  const { clients } = gatewayWith(undefined);
  const exchanges = [
    exchange("r1", { layer: "gateway", rule: "mutual-tls" }),
    exchange("r2", { layer: "gateway", rule: "cache-invalidation" }),
    exchange("r3", { layer: "edge", rule: "rate-all" }),
    exchange(undefined),
  ];
  const contexts = contextsOf({ r2: { "authorizer.principalId": "ann" } });
  const log = openAccessLog(clients, AT, () => exchanges, contexts);
  const format = "$context.requestId $context.authorizer.principalId";
  expect(await log.lines(format)).toEqual(["r2 ann", "r3 -"]);
  expect(await log.lines(format)).toEqual([]);
  expect(contexts.reads()).toBe(2);
});

test.each(["read", "PutLogEventsCommand"])(
  "a log that could not be written once is written whole the next time: %s",
  async (at) => {
    const { clients, sent } = gatewayWith(SETTINGS);
    let broken = true;
    const known = contextsOf({ r1: { "authorizer.principalId": "ann" } });
    const contexts: RequestContexts = {
      ...known,
      read: () => (broken && at === "read" ? Promise.reject(new Error("gone")) : known.read()),
    };
    const failing = new Proxy(clients, {
      get: () => ({
        send: (command: object) =>
          broken && command.constructor.name === at
            ? Promise.reject(new Error("gone"))
            : clients.logs.send(command as PutLogEventsCommand),
      }),
    });
    const log = openAccessLog(failing, AT, () => [exchange("r1")], contexts);
    await expect(log.write()).rejects.toThrow("gone");
    broken = false;
    await log.write();
    const put = sent.filter(({ name }) => name === "PutLogEventsCommand").map(({ input }) => input.logEvents);
    expect(put).toEqual([[{ timestamp: 1_000_012, message: "r1 ann" }]]);
    expect(known.of("r1")).toBeUndefined();
  },
);

test("a name that every object has is none of the log's", () => {
  expect(accessLogLine("$context.constructor $context.toString", exchange("r1"))).toBe("- -");
});

test("the records that tests send for a line of the log have its fields and no other", () => {
  const line = JSON.parse(accessLogLine(ACCESS_LOG_FORMAT, exchange("r1"))) as object;
  expect(Object.keys(line)).toEqual(expect.arrayContaining(Object.keys(accessRecord("200"))));
});
