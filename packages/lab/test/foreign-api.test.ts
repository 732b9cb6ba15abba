import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { Exchange } from "../src/exchange.ts";
import { FOREIGN_ACCOUNT, openForeignApi } from "../src/foreign-api.ts";
import { fakeStage } from "./fake-stage.ts";

let close = () => {};
afterEach(() => close());

/** An emulator that takes every part of an API, and answers the API itself with its path. */
async function emulator() {
  const made: { method: string; url: string; account: string; body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += String(chunk);
    });
    request.on("end", () => {
      const account = /Credential=(\d+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "nobody";
      made.push({ method: request.method ?? "", url: request.url ?? "", account, body: text ? JSON.parse(text) : {} });
      const isList = request.method === "GET" && request.url?.endsWith("/resources");
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify(isList ? { item: [{ id: "root", path: "/" }] } : { id: `id${made.length}`, at: request.url }),
      );
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  close = () => void server.close();
  return { made, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const aliases = ({ name, input }: { name: string; input: Record<string, unknown> }) =>
  name === "ListAliases"
    ? { Aliases: [{ AliasArn: `arn:aws:lambda:us-east-1:1:function:${input.FunctionName}:live` }] }
    : { FunctionArn: `arn:aws:lambda:us-east-1:1:function:${input.FunctionName}` };

it("makes an API in the attacker's own account that names the stage's functions, and takes it away", async () => {
  const { made, url } = await emulator();
  const stage = { ...fakeStage({ command: aliases }), emulatorUrl: url };
  const kept: Exchange[] = [];
  const api = await openForeignApi(stage, { operation: "getOrder", target: "orders" }, (one) => {
    kept.push(one);
    return one;
  });
  expect(new Set(made.map(({ account }) => account))).toEqual(new Set([FOREIGN_ACCOUNT]));
  const bodies = made.map(({ body }) => JSON.stringify(body)).join("\n");
  expect(bodies).toContain("function:auth-1:live/invocations");
  expect(bodies).toContain("function:orders-1:live/invocations");
  expect(bodies).toContain('"authorizationType":"CUSTOM"');
  expect(made.filter(({ body }) => "pathPart" in body).map(({ body }) => body.pathPart)).toEqual([
    "orders",
    "{orderId}",
  ]);

  await api.send({ client: "bob", method: "GET", path: "/orders/1" });
  expect(kept.map(({ request, purpose }) => [request.url, purpose])).toEqual([
    [`${url}/_aws/execute-api/${api.id}/live/orders/1`, "attack"],
  ]);
  await api.close();
  expect(made.at(-1)).toMatchObject({ method: "DELETE", url: `/restapis/${api.id}` });
});

it("asks nobody where the stage has no authorizer, and calls the function where it has no alias", async () => {
  const { made, url } = await emulator();
  const functions = { orders: { functionName: "orders-1", roleName: "r", logGroupName: "l" } };
  const command = ({ name }: { name: string }) =>
    name === "ListAliases" ? {} : { FunctionArn: "arn:aws:lambda:us-east-1:1:function:orders-1" };
  const stage = { ...fakeStage({ outputs: { functions }, command }), emulatorUrl: url };
  const api = await openForeignApi(stage, { operation: "getOrder", target: "orders" }, (one) => one);
  const bodies = made.map(({ body }) => JSON.stringify(body)).join("\n");
  expect(bodies).toContain('"authorizationType":"NONE"');
  expect(bodies).toContain("function:orders-1/invocations");
  await api.close();
});
