import type { ApiEvent } from "@palisade/functions/src/shared/api";

/** Stands in for `body-limits`: any size, any depth, any name, as `JSON.parse` takes them. */
export function readJsonBody(event: ApiEvent): unknown {
  const body = event.body ?? "";
  return JSON.parse(event.isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body);
}
