import { type ApiResponse, commonHeaders } from "../api.ts";
import { DependencyFault, Refusal, Unanswerable } from "../refusal.ts";

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Forbidden",
  404: "Not found",
  409: "Conflict",
  413: "Content too large",
  415: "Unsupported media type",
  422: "Unprocessable content",
  500: "Internal error",
  503: "Unavailable",
};

/**
 * The answer to a request that failed, as problem details (RFC 9457). What the caller can mend is said in `detail`; of any other
 * error nothing is said but whether to try again, and the request's id, under which the log holds it.
 */
export function problemResponse(error: unknown, requestId: string): ApiResponse {
  const { status, detail } = problemOf(error);
  return {
    statusCode: status,
    headers: { ...commonHeaders, "Content-Type": "application/problem+json" },
    body: JSON.stringify({ type: "about:blank", title: TITLES[status] ?? "Error", status, detail, requestId }),
  };
}

function problemOf(error: unknown): { status: number; detail: string } {
  if (error instanceof Refusal || error instanceof Unanswerable) return error;
  if (error instanceof DependencyFault) {
    return { status: 503, detail: "A part of the service does not answer at the moment. Try again in a minute." };
  }
  return {
    status: 500,
    detail: "The request could not be carried out. Quote the request's id when you report it.",
  };
}
