import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { SecureVersion, TLSSocket } from "node:tls";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createServerCertificate } from "../database/certificate.ts";
import { SandboxError } from "../errors.ts";
import type { Domain } from "./deployed.ts";
import type { Arrival } from "./gateway.ts";

/** A custom domain that is served over TLS on a port of its own. */
export interface ServedDomain {
  name: string;
  /** `https://127.0.0.1:<port>`; clients ask for the domain's name in the handshake and in `Host`. */
  url: string;
  /** The authority that signed the domain's certificate, which no other sandbox has. */
  caPem: string;
  close(): Promise<void>;
}

export type Handle = (request: IncomingMessage, response: ServerResponse, tls: NonNullable<Arrival["tls"]>) => void;

/**
 * Serves a custom domain over TLS as its security policy says: the oldest version of TLS, and with mutual TLS the client's certificate
 * against the truststore in S3. A client without one, or with another's, is let through the handshake and refused by the gateway with
 * 403, as AWS does.
 *
 * @throws SandboxError when the truststore cannot be read
 */
export async function serveDomain(domain: Domain, s3: S3Client, handle: Handle): Promise<ServedDomain> {
  const { caPem, certificatePem, keyPem } = await createServerCertificate([domain.name]);
  const truststore = domain.truststoreUri === undefined ? undefined : await readTruststore(domain, s3);
  const server = createServer(
    {
      key: keyPem,
      cert: certificatePem,
      minVersion: oldestVersion(domain.securityPolicy),
      requestCert: truststore !== undefined,
      rejectUnauthorized: false,
      ca: truststore,
    },
    (request, response) => {
      // Node has the name of the handshake on a server's sockets too; its types do not.
      const socket = request.socket as TLSSocket & { servername?: string | false };
      const servername = typeof socket.servername === "string" ? socket.servername : "";
      handle(request, response, { servername, certified: truststore !== undefined && socket.authorized });
    },
  );
  // A client that breaks the handshake off.
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  const { port } = server.address() as { port: number };
  return { name: domain.name, url: `https://127.0.0.1:${port}`, caPem, close: () => closeServer(server) };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html */
export function oldestVersion(securityPolicy: string): SecureVersion {
  if (/^SecurityPolicy_TLS13_1_3_/.test(securityPolicy)) return "TLSv1.3";
  return securityPolicy === "TLS_1_0" ? "TLSv1" : "TLSv1.2";
}

async function readTruststore({ name, truststoreUri, truststoreVersion }: Domain, s3: S3Client): Promise<string> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(truststoreUri ?? "") ?? [];
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId: truststoreVersion }));
    return (await Body?.transformToString()) ?? "";
  } catch (error) {
    throw new SandboxError(
      `The truststore ${truststoreUri} of the custom domain ${name} cannot be read: ${(error as Error).message}`,
      "Put the authorities' certificates there, as PEM, before the stage is made.",
      { cause: error },
    );
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
