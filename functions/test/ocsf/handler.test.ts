/** Both functions of the SIEM, wired from their environment, against a server in the place of AWS. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call, logBatch } from "./records.ts";

let server: Server;
let endpoint: string;
let asked: { method?: string; url?: string; target?: string; body: string }[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      asked.push({ method: request.method, url: request.url, target: request.headers["x-amz-target"] as string, body });
      response.end('{"FailedPutCount":0}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.resetModules();
  const environment = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIA",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL: endpoint,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  vi.unstubAllEnvs();
});

test("ocsf puts the events of a batch back into the stream that asks", async () => {
  const { handler } = await import("../../src/ocsf/handler.ts");
  const data = logBatch([call("kms", "DisableKey")]);
  const deliveryStreamArn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/siem";
  expect(await handler({ deliveryStreamArn, records: [{ recordId: "r", data }] })).toEqual({
    records: [{ recordId: "r", result: "Dropped", data }],
  });
  expect(asked.map(({ target }) => target)).toEqual(["Firehose_20150804.PutRecordBatch"]);
  expect(JSON.parse(asked[0]?.body as string)).toMatchObject({ DeliveryStreamName: "siem", Records: [{}] });
});

test("siem-setup sets up what its event names", async () => {
  const { handler } = await import("../../src/siem-setup/handler.ts");
  const template = { index_patterns: ["x*"], template: { mappings: {} } };
  const request = {
    engine: "serverless",
    endpoint,
    template,
    retentionDays: 1,
    writerRoleArn: "w",
    readerRoleArns: [],
    savedObjects: "{}",
  };
  expect(await handler(request as never)).toEqual({ requests: 2, dashboards: "imported" });
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "PUT /_index_template/palisade-ocsf",
    "POST /_dashboards/api/saved_objects/_import?overwrite=true",
  ]);
});
