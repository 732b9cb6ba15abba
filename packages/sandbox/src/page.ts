import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import {
  type CloudFrontClient,
  type DistributionConfig,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
} from "@aws-sdk/client-cloudfront";

export interface PageOptions {
  client: CloudFrontClient;
  /** Base URL of the emulator, which serves a distribution by its host name. */
  emulatorUrl: string;
  distributionId: string;
  /** What a client on the internet would call the API by: it takes the place of the API's host, which nobody resolves here. */
  edgeUrl: string;
  /** Port of 127.0.0.1 that the page is served on. */
  port: number;
}

/** A page that is served. */
export interface Page {
  /** Base URL without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves a distribution on a port of 127.0.0.1, as it is deployed: the emulator picks the behavior, reads the bucket as the distribution, calls
 * the origin and sets the headers. Here a viewer counts as come by HTTPS, and API Gateway's host is the stage's edge. What CloudFront does besides
 * (a cache, TLS, its web ACL, its log) is not done.
 */
export async function startPage({ client, emulatorUrl, distributionId, edgeUrl, port }: PageOptions): Promise<Page> {
  await callEdge(client, distributionId, new URL(edgeUrl));
  const { Distribution } = await client.send(new GetDistributionCommand({ Id: distributionId }));
  const host = Distribution?.DomainName as string;
  const server = createServer((request, response) => pass(new URL(emulatorUrl), host, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  // The page alone keeps no process alive that has nothing else to do.
  server.unref();
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Has the origin that is no bucket, the API, be the stage's edge. */
async function callEdge(client: CloudFrontClient, Id: string, edge: URL): Promise<void> {
  const { ETag, DistributionConfig } = await client.send(new GetDistributionConfigCommand({ Id }));
  const config = DistributionConfig as DistributionConfig;
  const Items = config.Origins?.Items?.map((origin) =>
    origin.CustomOriginConfig
      ? {
          ...origin,
          DomainName: edge.hostname,
          OriginPath: "",
          CustomOriginConfig: {
            ...origin.CustomOriginConfig,
            HTTPPort: Number(edge.port),
            OriginProtocolPolicy: "http-only" as const,
          },
        }
      : origin,
  );
  const changed = { ...config, Origins: { Quantity: Items?.length ?? 0, Items: Items ?? [] } };
  await client.send(new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig: changed }));
}

/** Hands a request to the emulator as one for the distribution's host. A header of the connection stays with it (RFC 9110, 7.6.1). */
function pass(emulator: URL, host: string, request: IncomingMessage, response: ServerResponse): void {
  const { connection: _, "transfer-encoding": __, ...headers } = request.headers;
  const upstream = httpRequest(
    {
      host: emulator.hostname,
      port: emulator.port,
      method: request.method,
      path: request.url,
      headers: { ...headers, host, "x-forwarded-proto": "https" },
    },
    (answer) => {
      const { connection: ___, "transfer-encoding": ____, ...own } = answer.headers;
      response.writeHead(answer.statusCode as number, own);
      answer.pipe(response);
    },
  );
  upstream.on("error", () => {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  request.pipe(upstream);
}
