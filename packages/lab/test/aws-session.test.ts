import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AwsSession, awsSession } from "../src/aws-session.ts";
import type { Exchange } from "../src/exchange.ts";

let server: Server;
let url: string;
let answer: [number, unknown];
let kept: Exchange[];
let last: IncomingMessage | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    last = request;
    response.writeHead(answer[0], { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer[1]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  kept = [];
});

async function using<T>(work: (session: AwsSession) => Promise<T>, emulatorUrl = url): Promise<T> {
  const credentials = { accessKeyId: "ASIAX", secretAccessKey: "s", sessionToken: "t" };
  const session = awsSession(credentials, {
    emulatorUrl,
    region: "us-east-1",
    purpose: "attack",
    keep: (exchange) => kept.push(exchange),
  });
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

describe("a call with stolen credentials", () => {
  it("is signed with them and kept as evidence", async () => {
    answer = [200, { SecretList: [{ Name: "a" }, {}] }];
    expect(await using((session) => session.listSecrets())).toEqual({ ok: true, value: ["a"] });
    expect(last?.headers.authorization).toContain("Credential=ASIAX/");
    expect(last?.headers["x-amz-security-token"]).toBe("t");
    expect(kept).toMatchObject([
      {
        via: "aws",
        purpose: "attack",
        request: { path: "/secretsmanager:ListSecrets" },
        response: { status: 200, body: '["a"]' },
      },
    ]);
  });

  it("proves that a secret was read without repeating it", async () => {
    answer = [200, { SecretString: "hunter2" }];
    expect(await using((session) => session.secretValue("db"))).toEqual({ ok: true, value: "hunter2" });
    expect(kept[0]?.request.path).toBe("/secretsmanager:GetSecretValue db");
    expect(kept[0]?.response.body).toBe("(a secret of 7 characters)");
  });

  it("may find nothing", async () => {
    answer = [200, {}];
    expect(await using((session) => session.listSecrets())).toEqual({ ok: true, value: [] });
    expect(await using((session) => session.secretValue("db"))).toEqual({ ok: true, value: "" });
  });

  it("keeps AWS's refusal", async () => {
    answer = [400, { __type: "AccessDeniedException", message: "User is not authorized" }];
    expect(await using((session) => session.listSecrets())).toEqual({ ok: false, code: "AccessDeniedException" });
    expect(kept[0]?.response).toEqual({
      status: 400,
      headers: { "x-amzn-errortype": "AccessDeniedException" },
      body: "User is not authorized",
    });
  });

  it("has no status where nobody answered", async () => {
    const result = await using((session) => session.listSecrets(), "http://127.0.0.1:1");
    expect(result.ok).toBe(false);
    expect(kept[0]?.response.status).toBe(0);
  });
});
