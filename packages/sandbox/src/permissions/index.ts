import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { operations } from "./api.ts";
import { ApiError } from "./errors.ts";
import type { PolicyStore } from "./store.ts";
import { createTokenReader } from "./token.ts";

/** What goes wrong on purpose with each question (not with the management of stores): the faults that a caller must deny on. */
export type PermissionsFault = "throttled" | "slow" | "error" | "malformed" | "other-answer";

export interface PermissionsOptions {
  /** The emulator's URL, once it is known: it judges signatures and IAM policies, and has the pools' keys. Default: nobody is asked who calls. */
  emulatorUrl?: () => string | undefined;
  accountId: string;
  partition: string;
  /** Where the keys of a user pool are. Default: on the emulator. */
  jwksUrl?: (userPoolId: string) => string;
}

/** Verified Permissions on 127.0.0.1. */
export interface Permissions {
  url: string;
  /** Lets every question from now on go wrong in one way; `undefined` ends it. */
  fail(fault: PermissionsFault | undefined): void;
  /** How many questions were asked so far. */
  asked(): number;
  close(): Promise<void>;
}

const TARGET = "VerifiedPermissions.";
/** AWS refuses larger requests (user guide, "Quotas": 1 MB). */
const MAX_BYTES = 1024 * 1024;
/** Longer than any caller waits. */
const SLOW_MILLISECONDS = 10_000;

/**
 * Starts Amazon Verified Permissions' API: AWS JSON 1.0, its shapes and its errors, decided by the real Cedar engine. Before anything else
 * the emulator is asked, with the very request, whether its signature is good and the caller's policies let it pass.
 */
export async function startPermissions(options: PermissionsOptions): Promise<Permissions> {
  const { accountId, partition } = options;
  const emulatorUrl = options.emulatorUrl ?? (() => undefined);
  const stores = new Map<string, PolicyStore>();
  const jwksUrl = options.jwksUrl ?? ((id: string) => `${emulatorUrl()}/${id}/.well-known/jwks.json`);
  const ground = {
    stores,
    tokens: createTokenReader(jwksUrl),
    arnOf: (id: string) => `arn:${partition}:verifiedpermissions::${accountId}:policy-store/${id}`,
  };
  let fault: PermissionsFault | undefined;
  let questions = 0;

  const answer = async (incoming: IncomingMessage, body: Buffer): Promise<Reply> => {
    const target = String(incoming.headers["x-amz-target"] ?? "");
    const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : "";
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw new ApiError("UnknownOperationException", "");
    const refused = await askEmulator(emulatorUrl(), incoming, body);
    if (refused !== undefined) return refused;
    if (name.includes("IsAuthorized")) {
      questions += 1;
      const faulty = await faultyReply(fault);
      if (faulty !== undefined) return faulty;
    }
    let input: unknown;
    try {
      input = JSON.parse(body.toString());
    } catch {
      throw new ApiError("SerializationException", "");
    }
    return { status: 200, body: JSON.stringify(await operation(ground, input as Record<string, unknown>)) };
  };

  const server = createServer((incoming, outgoing) => {
    read(incoming)
      .then((body) => answer(incoming, body))
      .catch(replyOf)
      .then((reply) => send(outgoing, reply));
  });
  server.listen({ host: "127.0.0.1", port: 0, exclusive: true });
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (next) => {
      fault = next;
    },
    asked: () => questions,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Reply {
  status: number;
  body: string;
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += (chunk as Buffer).length;
    if (length > MAX_BYTES) throw new ApiError("ValidationException", "The request is too large.");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/**
 * Sends the request to the emulator as it was signed (`emulator/launch.py` has it know the service): its answer is an empty success, or the
 * error that AWS's own front would answer.
 */
async function askEmulator(
  emulatorUrl: string | undefined,
  incoming: IncomingMessage,
  body: Buffer,
): Promise<Reply | undefined> {
  if (emulatorUrl === undefined) return undefined;
  const { hostname, port } = new URL(emulatorUrl);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: hostname,
      port,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, "content-length": body.length, connection: "close" },
    });
    outgoing.setTimeout(10_000, () => outgoing.destroy(new Error("no answer within 10 seconds")));
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      read(response).then((text) => {
        const status = response.statusCode ?? 500;
        resolve(status === 200 ? undefined : { status, body: text.toString() });
      }, reject);
    });
    outgoing.end(body);
  });
}

async function faultyReply(fault: PermissionsFault | undefined): Promise<Reply | undefined> {
  switch (fault) {
    case undefined:
      return undefined;
    case "throttled":
      return replyOf(new ApiError("ThrottlingException", "Rate exceeded", { serviceCode: "verifiedpermissions" }));
    case "slow":
      await sleep(SLOW_MILLISECONDS, undefined, { ref: false });
      return undefined;
    case "error":
      return replyOf(new Error("on purpose"));
    case "malformed":
      return { status: 200, body: '{"decision":"ALLOW","results":[{"decision":"ALL' };
    case "other-answer":
      return { status: 200, body: '{"decision":"MAYBE","results":[]}' };
  }
}

function replyOf(error: unknown): Reply {
  const known = error instanceof ApiError ? error : new ApiError("InternalServerException", "Internal error", {}, 500);
  const type = `com.amazonaws.verifiedpermissions#${known.name}`;
  return { status: known.status, body: JSON.stringify({ __type: type, message: known.message, ...known.members }) };
}

function send(outgoing: ServerResponse, { status, body }: Reply): void {
  outgoing.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
  outgoing.end(body);
}
