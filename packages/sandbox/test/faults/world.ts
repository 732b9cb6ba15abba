import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export const USER_POOL_ID = "eu-west-1_AbCdEf123";
export const ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`;
export const CLIENT_ID = "client1";
const SCOPE = "aws.cognito.signin.user.admin";

/** A server on loopback whose way to answer can be changed while it runs. */
export interface FaultyServer {
  url: string;
  answer: RequestListener;
  close(): Promise<void>;
}

export async function startServer(answer: RequestListener): Promise<FaultyServer> {
  const server = createServer((request, response) => started.answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const started: FaultyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return started;
}

/** An address that nothing listens at. */
export async function deadAddress(): Promise<string> {
  const server = await startServer(() => {});
  await server.close();
  return server.url;
}

/** Ways to answer that every kind of server can have. */
export const answers = {
  silent: (() => {}) as RequestListener,
  slowly: ((_request, response) => void response.write("{")) as RequestListener,
  reset: ((request) => void request.socket.destroy()) as RequestListener,
  status: (status: number, body = "") =>
    ((_request, response) => void response.writeHead(status).end(body)) as RequestListener,
  json:
    (value: unknown, status = 200): RequestListener =>
    (_request, response) =>
      void response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(value)),
};

/** A user pool with a key of its own. */
export async function createPool(kid = "key-1") {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
  return {
    keySet: { keys: [jwk] },
    async sign(claims: JWTPayload = {}, header: { kid?: string } = {}): Promise<string> {
      const now = Math.floor(Date.now() / 1000);
      const who = { sub: "alice", "cognito:groups": ["partner", "company:acme"], origin_jti: "alices-sign-in" };
      const what = { iss: ISSUER, client_id: CLIENT_ID, token_use: "access", scope: SCOPE };
      return new SignJWT({ ...who, ...what, iat: now, exp: now + 900, ...claims })
        .setProtectedHeader({ alg: "RS256", kid, ...header })
        .sign(privateKey);
    },
  };
}

export type Pool = Awaited<ReturnType<typeof createPool>>;

/** A row of a table. */
export type TableRow = Record<string, { S?: string; N?: string }>;

/** AWS refuses a signature whose time is more than five minutes off (IAM User Guide, "Elements of an AWS API request signature"). */
const MOST_SKEW_MILLISECONDS = 300_000;

/**
 * The reading side of DynamoDB: rows by their `id`, and AWS's refusal of a signature of another time.
 *
 * @param now milliseconds of AWS's clock, which no fault touches
 */
export function dynamoDb(rows: readonly TableRow[], now: () => number): RequestListener {
  return async (request, response) => {
    const { RequestItems } = JSON.parse(await textOf(request)) as {
      RequestItems: Record<string, { Keys: TableRow[] }>;
    };
    if (Math.abs(signedAt(request) - now()) > MOST_SKEW_MILLISECONDS) {
      return fail(response, "InvalidSignatureException");
    }
    const found = Object.entries(RequestItems).map(([table, { Keys }]) => [
      table,
      rows.filter(({ id }) => Keys.some((key) => key.id?.S === id?.S)),
    ]);
    answers.json({ Responses: Object.fromEntries(found), UnprocessedKeys: {} })(request, response);
  };
}

/** An error of AWS's JSON APIs. */
export function fail(response: ServerResponse, code: string, status = 400): void {
  response.writeHead(status).end(JSON.stringify({ __type: `com.amazonaws#${code}`, message: "" }));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function signedAt(request: IncomingMessage): number {
  const text = String(request.headers["x-amz-date"]);
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
