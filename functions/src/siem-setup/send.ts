import { createHash } from "node:crypto";
import { AwsClient } from "aws4fetch";
import type { AwsEnvironment } from "../shared/env.ts";
import { timeFor } from "../shared/invocation.ts";
import type { Send, SetupRequest } from "./core.ts";

const TIMEOUT_MILLISECONDS = 20_000;

/**
 * Sends requests to an OpenSearch, signed with the role's credentials.
 *
 * @throws Error when the endpoint is neither of https nor on this machine: the signature of a request could be used again
 */
export function createSend(
  environment: AwsEnvironment,
  { engine, endpoint }: Pick<SetupRequest, "engine" | "endpoint">,
): Send {
  if (!/^(https:\/\/[\w.-]+|http:\/\/127\.0\.0\.1:\d+)$/.test(endpoint)) {
    throw new Error("endpoint: allowed: a URL of https without a path");
  }
  const service = engine === "serverless" ? "aoss" : "es";
  const client = new AwsClient({ ...environment, service, retries: 0 });
  return async ({ method, path, body, headers }) => {
    // A collection takes a request only with the hash of its body among its headers.
    const sum = createHash("sha256")
      .update(body ?? "")
      .digest("hex");
    const request = await client.sign(`${endpoint}${path}`, {
      method,
      body,
      headers: { ...headers, "x-amz-content-sha256": sum },
      signal: AbortSignal.timeout(timeFor(TIMEOUT_MILLISECONDS)),
    });
    const response = await fetch(request);
    return { status: response.status, text: await response.text() };
  };
}
