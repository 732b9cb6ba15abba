import { expect, test } from "vitest";
import { problemResponse } from "../../../src/shared/defences/problem-details.ts";
import { DependencyFault, Refusal, Unanswerable } from "../../../src/shared/refusal.ts";

const body = (error: unknown) => JSON.parse(problemResponse(error, "request-1").body) as Record<string, unknown>;

test("says what the caller can mend", () => {
  const response = problemResponse(new Refusal({ defence: "x", status: 403, detail: "No." }), "request-1");
  expect(response).toEqual({
    statusCode: 403,
    headers: {
      "Cache-Control": "no-store",
      "Content-Type": "application/problem+json",
      "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
      "X-Content-Type-Options": "nosniff",
    },
    body: '{"type":"about:blank","title":"Forbidden","status":403,"detail":"No.","requestId":"request-1"}',
  });
  expect(body(new Unanswerable(418, "Tea only."))).toEqual({
    type: "about:blank",
    title: "Error",
    status: 418,
    detail: "Tea only.",
    requestId: "request-1",
  });
});

test("says of what does not answer whether to try again, and not what it is", () => {
  expect(body(new DependencyFault("dynamodb", new Error("secret")))).toEqual({
    type: "about:blank",
    title: "Unavailable",
    status: 503,
    detail: "A part of the service does not answer at the moment. Try again in a minute.",
    requestId: "request-1",
  });
});

test.each([
  new Error("connect ECONNREFUSED mysql://orders:secret@db.internal:3306"),
  new SyntaxError('Unexpected end of JSON input at "{"'),
  "SELECT * FROM orders",
  undefined,
])("says nothing of an unexpected error: %s", (error) => {
  expect(problemResponse(error, "request-1").statusCode).toBe(500);
  expect(body(error)).toEqual({
    type: "about:blank",
    title: "Internal error",
    status: 500,
    detail: "The request could not be carried out. Quote the request's id when you report it.",
    requestId: "request-1",
  });
});
