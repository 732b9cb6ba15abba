/**
 * The paper's function that calls a malicious address, in a form that is safe: it calls one address, which is on a threat list of our own, sends it
 * nothing but who calls, and reads nothing of the answer.
 */
import { connect } from "node:net";

/** An address and a port. */
export interface Place {
  host: string;
  port: number;
}

/** What came of a call. */
export interface Simulated {
  address: string;
  port: number;
  /** Whether a connection came about. The attempt alone is what GuardDuty looks at. */
  reached: boolean;
  /** Why none did, in Node's code, e.g. `ETIMEDOUT`. */
  error?: string;
  milliseconds: number;
}

export interface SimulatorParts {
  listed: Place;
  route: Place;
  functionName: string;
  /** Milliseconds that a connection may take. */
  patience: number;
}

/** @returns the simulator; its argument may name the address, and names no other. */
export function createSimulator({ listed, route, functionName, patience }: SimulatorParts) {
  return async (event: { address?: unknown } = {}): Promise<Simulated> => {
    const asked = event.address ?? listed.host;
    if (asked !== listed.host) {
      throw new Error(`threat-simulator: refuses to call any address but the listed one, ${listed.host}`);
    }
    const started = Date.now();
    const request = `GET / HTTP/1.1\r\nHost: ${listed.host}:${listed.port}\r\nUser-Agent: ${functionName}\r\nConnection: close\r\n\r\n`;
    const error = await reach(route, request, patience);
    return {
      address: listed.host,
      port: listed.port,
      reached: error === undefined,
      error,
      milliseconds: Date.now() - started,
    };
  };
}

/** Connects, says the request and ends at the first answer. @returns the code of what went wrong */
function reach({ host, port }: Place, request: string, patience: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let connected = false;
    const socket = connect({ host, port });
    const end = (error?: string): void => {
      socket.destroy();
      resolve(connected ? undefined : error);
    };
    socket.setTimeout(patience, () => end("ETIMEDOUT"));
    socket.once("connect", () => {
      connected = true;
      socket.write(request);
    });
    socket.once("data", () => end());
    socket.once("end", () => end());
    socket.once("error", ({ code }: NodeJS.ErrnoException) => end(code ?? "ECONNREFUSED"));
  });
}
