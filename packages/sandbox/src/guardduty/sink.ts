/**
 * What stands on loopback for every address on a threat list: a function of the lab that calls one is let through to here and to nowhere else, says
 * who it is, and gets an empty answer.
 */

import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A call that came. */
export interface SinkCall {
  /** The address that was meant. */
  address: string;
  /** The port that was meant. */
  port: number;
  /** The name of the function that called. */
  functionName: string;
  /** Milliseconds since 1970. */
  time: number;
  /** The port that it called from. */
  localPort: number;
}

/** The sink. */
export interface ThreatSink {
  /** `127.0.0.1:<port>`. */
  place: string;
  close(): Promise<void>;
}

/** Starts the sink on a free port of 127.0.0.1. @param onCall told of each call before it is answered */
export async function startSink(onCall: (call: SinkCall) => void): Promise<ThreatSink> {
  const server = createServer((request, response) => {
    const { host = "", "user-agent": functionName = "" } = request.headers;
    const [address = "", port] = host.split(":");
    onCall({
      address,
      port: Number(port ?? 443),
      functionName,
      time: Date.now(),
      localPort: (request.socket as Socket).remotePort ?? 0,
    });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    place: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
