import { expect, test } from "vitest";
import type { AwsClients } from "../../src/clients.ts";
import type { Exchange } from "../../src/front.ts";
import { accessLogLine, openAccessLog } from "../../src/gateway/access-log.ts";

const exchange = (requestId: string | undefined, more: Partial<Exchange> = {}): Exchange => ({
  requestId,
  method: "GET",
  path: "/products?q=a",
  status: 200,
  startedAt: 1_000_000,
  durationMs: 12,
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

const AT = { restApiId: "api1", stageName: "live" };
const SETTINGS = {
  destinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:access",
  format: "$context.requestId",
};

test("what is known is in the line, and a dash stands for the rest", () => {
  const format =
    '{"id":"$context.requestId","who":"$context.authorizer.principalId","path":"$context.path","m":"$context.httpMethod","s":$context.status}';
  expect(accessLogLine(format, exchange("r1", { path: '/a"b?q=secret', status: 403 }))).toBe(
    '{"id":"r1","who":"-","path":"/a\\"b","m":"GET","s":403}',
  );
  const rest =
    "$context.error.responseType $context.waf.status $context.wafResponseCode $context.responseLatency $context.requestTimeEpoch";
  expect(accessLogLine(rest, exchange("r1"))).toBe("- - - 12 1000000");
  const blocked = exchange("r1", { layer: "edge", status: 403, gatewayErrorType: "ForbiddenException" });
  expect(accessLogLine(rest, blocked)).toBe("ForbiddenException 403 WAF_BLOCK 12 1000000");
  expect(accessLogLine("$context.requestId", exchange(undefined))).toBe("-");
  expect(accessLogLine("$context.requestTime", exchange("r1"))).toBe("Thu, 01 Jan 1970 00:16:40 GMT");
});

test("each exchange is written once, to the group of the stage's settings", async () => {
  const { clients, sent } = gatewayWith(SETTINGS);
  const exchanges = [exchange("r1"), exchange(undefined), exchange("r2")];
  const log = openAccessLog(clients, AT, () => exchanges);
  expect(await log.write()).toBe("access");
  exchanges.push(exchange("r3"));
  await Promise.all([log.write(), log.write()]);
  const lines = sent.flatMap(({ name, input }) =>
    name === "PutLogEventsCommand" ? [(input.logEvents as { message: string }[]).map(({ message }) => message)] : [],
  );
  expect(lines).toEqual([["r1", "r2"], ["r3"]]);
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
    expect(await openAccessLog(clients, AT, () => [exchange("r1")]).write()).toBeUndefined();
    expect(sent.map(({ name }) => name)).toEqual(["GetStageCommand"]);
  },
);
