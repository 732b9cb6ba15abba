import { type ApiEvent, header } from "../api.ts";
import { bodyText } from "../body.ts";
import { type JsonLimits, JsonRefused, parseJson } from "../json.ts";
import { Refusal } from "../refusal.ts";

// The largest order of the contract (50 lines, a note of 500 characters) is under 8 KB.
const LIMITS: JsonLimits = { maxBytes: 64 * 1024, maxDepth: 8, maxMembers: 500 };

/**
 * Reads the request's JSON body. API Gateway checks a body against the route's model only when the request's content type is
 * the model's, so that a request of another type is refused here.
 *
 * @throws Refusal 415 for another content type, 413 for too many bytes, 400 for a text that is malformed or unsafe
 */
export function readJsonBody(event: ApiEvent): unknown {
  const type = (header(event, "content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw refuse(415, "The body's type must be application/json.");
  let text: string;
  try {
    text = bodyText(event);
  } catch {
    throw refuse(400, "The body is not UTF-8.");
  }
  try {
    return parseJson(text, LIMITS);
  } catch (error) {
    if (error instanceof JsonRefused) throw refuse(error.kind === "size" ? 413 : 400, error.message);
    throw error;
  }
}

function refuse(status: number, detail: string): Refusal {
  return new Refusal({ defence: "body-limits", status, detail });
}
