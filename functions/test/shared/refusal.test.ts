import { expect, test } from "vitest";
import { DependencyFault, Refusal, Unanswerable } from "../../src/shared/refusal.ts";

// A log and a stack name an error by its class, and a bundler shortens the names of classes.
test("each tells its kind and what it is about", () => {
  const refusal = new Refusal({ defence: "group-check", status: 403, detail: "No." });
  expect([refusal.name, refusal.message, refusal.layer]).toEqual(["Refusal", "group-check: No.", "function"]);
  const unanswerable = new Unanswerable(404, "There is none.");
  expect([unanswerable.name, unanswerable.message]).toEqual(["Unanswerable", "There is none."]);
  const cause = new Error("lost");
  const fault = new DependencyFault("database", cause);
  expect([fault.name, fault.message, fault.cause]).toEqual(["DependencyFault", "database: no answer", cause]);
});
