import { describe, expect, test } from "vitest";
import { readPrincipal } from "../../../src/shared/defences/principal.ts";
import { apiEvent } from "../../support/events.ts";
import { refusalOf } from "../../support/refusals.ts";

const eventOf = (authorizer: Record<string, unknown> | null | undefined) =>
  apiEvent("GET", "/orders", { requestContext: { requestId: "r", authorizer } });

describe("readPrincipal", () => {
  test("reads the authorizer's context", () => {
    expect(readPrincipal(eventOf({ userId: "u", companyId: "acme", groups: "partner,company:acme" }))).toEqual({
      userId: "u",
      companyId: "acme",
      groups: ["partner", "company:acme"],
    });
  });

  test("a caller without company or groups has none", () => {
    expect(readPrincipal(eventOf({ userId: "u" }))).toEqual({ userId: "u", companyId: "", groups: [] });
  });

  test.each([
    ["no context", undefined],
    ["a context of null", null],
    ["an empty context", {}],
    ["an empty user", { userId: "", groups: "admin" }],
    ["a user that is no text", { userId: ["u"], groups: "admin" }],
  ])("refuses a request with %s", (_what, context) => {
    expect(refusalOf(() => readPrincipal(eventOf(context)))).toEqual({
      defence: "principal",
      status: 401,
      detail: "Sign in first.",
    });
  });
});
