import type { ApiResponse } from "@palisade/functions/src/shared/api";
import { Refusal, Unanswerable } from "@palisade/functions/src/shared/refusal";

/** Stands in for `problem-details`: what helps the developer is sent to the caller (CWE-209). */
export function problemResponse(error: unknown, requestId: string): ApiResponse {
  const { message, stack, ...rest } = error as Error;
  const statusCode = error instanceof Refusal || error instanceof Unanswerable ? error.status : 500;
  return {
    statusCode,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ message, stack, ...rest, requestId }),
  };
}
