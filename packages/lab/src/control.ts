import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { LabError, messageOf } from "./errors.ts";
import type { StageResult } from "./report/json.ts";

/** What `pnpm lab up` tells `pnpm lab attack` while it attacks, one JSON line each. */
type Message =
  | { readonly type: "progress"; readonly line: string }
  | { readonly type: "result"; readonly result: StageResult }
  | { readonly type: "error"; readonly message: string };

/** Attacks the running stage; the ids are those of `--only`. */
export type AttackJob = (only: readonly string[], onProgress: (line: string) => void) => Promise<StageResult>;

/** Where a running stage takes orders, and the word that it asks for: other programs of the machine do not know it. */
export interface ControlAddress {
  readonly url: string;
  readonly token: string;
}

/** A server on 127.0.0.1. */
export interface ControlServer extends ControlAddress {
  close(): Promise<void>;
}

/**
 * Lets another process attack the stage that this one runs. The process that started a stage holds its database's password,
 * its records and its emulator; it attacks, and the other one only asks.
 */
export async function startControl(token: string, attack: AttackJob): Promise<ControlServer> {
  let busy = false;
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    if (request.method !== "POST" || request.headers["x-lab-token"] !== token) {
      response.writeHead(403).end();
      return;
    }
    if (busy) {
      response.writeHead(409).end();
      return;
    }
    busy = true;
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    const say = (message: Message): void => {
      response.write(`${JSON.stringify(message)}\n`);
    };
    try {
      const { only } = JSON.parse(body) as { only: string[] };
      say({ type: "result", result: await attack(only, (line) => say({ type: "progress", line })) });
    } catch (error) {
      say({ type: "error", message: messageOf(error) });
    } finally {
      busy = false;
      response.end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/attack`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Asks a running stage to be attacked.
 *
 * @throws LabError when it does not answer, is busy, or its attack failed
 */
export async function askForAttack(
  address: ControlAddress,
  only: readonly string[],
  onProgress: (line: string) => void,
): Promise<StageResult> {
  const answer = await post(address, JSON.stringify({ only }));
  if (answer.statusCode === 409) {
    answer.resume();
    throw new LabError("lab: the stage is being attacked by another command; wait until it is done.");
  }
  for await (const line of createInterface({ input: answer })) {
    const message = JSON.parse(line) as Message;
    if (message.type === "progress") onProgress(message.line);
    else if (message.type === "result") return message.result;
    else throw new LabError(`lab: ${message.message}`);
  }
  throw new LabError(
    `lab: the stage ended before its attack was done (status ${answer.statusCode}); start it again with lab up.`,
  );
}

function post({ url, token }: ControlAddress, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method: "POST", headers: { "x-lab-token": token } }, resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
