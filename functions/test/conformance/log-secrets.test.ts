import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApiEvent } from "../../src/shared/api.ts";
import { createApiHandler, type Operation } from "../../src/shared/function.ts";
import { createLogger } from "../../src/shared/log.ts";
import { DependencyFault, Refusal, Unanswerable } from "../../src/shared/refusal.ts";

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 10_000) };
const TIMEOUT = Math.max(60_000, runs.numRuns * 10);

// A secret that is marked, so that it can be found again however it was cut: in the forms that secrets and personal data have.
const MARK = "s3cr3t";
const secret = fc.oneof(
  fc.constantFrom(`${MARK}-value`, `${MARK}@acme.example`, `Bearer eyJhbGciOi${MARK}.eyJzdWIi.c2ln`, `+49 30 ${MARK}`),
  fc.string({ unit: "binary" }).map((text) => `${text}${MARK}${text}`),
);

/** What an operation may end in; each with the secret wherever a library could have put it. */
const endings: Record<string, (secret: string) => unknown> = {
  "an answer": (text) => ({ status: 200, json: { text }, headers: { "X-Text": "x" }, rows: 1 }),
  "a refusal": () => new Refusal({ defence: "company-check", status: 403, detail: "No." }),
  "no answer": () => new Unanswerable(404, "There is no such order."),
  "a fault": (text) => new DependencyFault("database", Object.assign(new Error(text), { sql: text, code: text })),
  "an error": (text) => Object.assign(new Error(text), { code: text, name: text, cause: new Error(text) }),
  "an error whose stack is made": (text) =>
    Object.assign(new Error(text), { stack: `Error: ${text}\n    at ${text} (${text}:1:1)\n    at (/x/${text}:2:2)` }),
  "a text that is thrown": (text) => text,
  "an error of many": (text) => new AggregateError([new Error(text)], text),
};

function operation(ending: unknown): Operation {
  return {
    operationId: "any",
    method: "POST",
    path: "/any",
    groups: ["partner"],
    run: async () => {
      if (typeof ending === "object" && ending !== null && "status" in ending && "headers" in ending)
        return ending as never;
      throw ending;
    },
  };
}

describe("no log record and no problem contains a marked secret", () => {
  test.each(Object.entries(endings))(
    "wherever a request that ends in %s has it",
    { timeout: TIMEOUT },
    async (_what, end) => {
      await fc.assert(
        fc.asyncProperty(secret, async (text) => {
          const event: ApiEvent = {
            httpMethod: "POST",
            resource: "/any",
            headers: { authorization: text, cookie: `__Host-session=${text}`, [text]: text },
            pathParameters: { id: text },
            queryStringParameters: { q: text, [text]: text },
            body: text,
            requestContext: {
              requestId: "request-1",
              authorizer: { userId: text, companyId: text, groups: `partner,${text}`, [text]: text },
            },
          };
          const lines: string[] = [];
          const log = createLogger("any", (line) => lines.push(line));
          const response = await createApiHandler("any", [operation(end(text))], log)(event);
          expect(lines).toHaveLength(1);
          expect(lines.join()).not.toContain(MARK);
          if (response.statusCode >= 400) expect(JSON.stringify(response)).not.toContain(MARK);
        }),
        { numRuns: Math.ceil(runs.numRuns / Object.keys(endings).length) },
      );
    },
  );
});
