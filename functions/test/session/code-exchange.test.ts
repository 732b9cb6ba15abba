import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCodeExchange } from "../../src/session/code-exchange.ts";
import { sessionEdges } from "../../src/session/edges.ts";
import { DependencyFault } from "../../src/shared/refusal.ts";
import { sessionAws } from "../support/session-aws.ts";

const TOKENS = { access_token: "a.b.c", expires_in: 900, refresh_token: "r", id_token: "i", token_type: "Bearer" };
let server: Server;
let url: string;
let asked: { path?: string; type?: string; form: Record<string, string> }[];
let answer: { status: number; body: string; headers?: Record<string, string> };

beforeEach(async () => {
  asked = [];
  answer = { status: 200, body: JSON.stringify(TOKENS) };
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    asked.push({
      path: request.url,
      type: request.headers["content-type"],
      form: Object.fromEntries(new URLSearchParams(body)),
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const exchange = () => createCodeExchange("client", { url, redirectUri: "https://shop.example.com/" });

describe("the exchange", () => {
  test("hands the code, its verifier and our own redirect to the token endpoint", async () => {
    expect(await exchange()("code-1", "verifier-1")).toEqual({
      accessToken: "a.b.c",
      accessSeconds: 900,
      refreshToken: "r",
    });
    expect(asked).toEqual([
      {
        path: "/oauth2/token",
        type: "application/x-www-form-urlencoded",
        form: {
          grant_type: "authorization_code",
          client_id: "client",
          redirect_uri: "https://shop.example.com/",
          code: "code-1",
          code_verifier: "verifier-1",
        },
      },
    ]);
  });

  test("is the one of the session where the environment names a page to sign in at, and else there is none", async () => {
    const environment = { userPoolId: "p", clientId: "client", revocationTable: "t", refreshSeconds: 1 };
    const { call } = sessionAws();
    const { exchange: made } = sessionEdges(call, { ...environment, login: { url, redirectUri: "https://x/" } });
    expect(await made?.("c", "v")).toMatchObject({ accessToken: "a.b.c" });
    expect(sessionEdges(call, environment)).not.toHaveProperty("exchange");
    expect(Math.abs(sessionEdges(call, environment).now() - Date.now() / 1000)).toBeLessThan(2);
  });

  test("finds a code that Cognito refuses refused", async () => {
    answer = { status: 400, body: '{"error":"invalid_grant"}' };
    expect(await exchange()("code-1", "verifier-1")).toBeUndefined();
  });

  test.each([
    { status: 500, body: "" },
    { status: 200, body: "<html>" },
    { status: 200, body: JSON.stringify({ ...TOKENS, refresh_token: undefined }) },
    { status: 200, body: JSON.stringify({ ...TOKENS, access_token: undefined }) },
    { status: 200, body: JSON.stringify({ ...TOKENS, access_token: 1 }) },
    { status: 200, body: JSON.stringify({ ...TOKENS, expires_in: "900" }) },
    { status: 302, body: "", headers: { Location: "http://127.0.0.1:1/" } },
  ])("takes no other answer: %j", async (other) => {
    answer = other;
    await expect(exchange()("code-1", "verifier-1")).rejects.toThrow(DependencyFault);
    await expect(exchange()("code-1", "verifier-1")).rejects.toMatchObject({ dependency: "cognito-login" });
  });

  test("says which status the answer had, and nothing of it", async () => {
    answer = { status: 503, body: "secret" };
    await expect(exchange()("code-1", "verifier-1")).rejects.toMatchObject({
      cause: new Error("the token endpoint's answer has status 503"),
    });
  });
});
