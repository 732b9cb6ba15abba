import { describe, expect, test } from "vitest";
import { identityOf } from "../../src/authorizer/identity.ts";

describe("identityOf", () => {
  test("reads the user, the company and the groups", () => {
    expect(identityOf({ sub: "u", "cognito:groups": ["partner", "company:acme"] })).toEqual({
      userId: "u",
      companyId: "acme",
      groups: ["partner", "company:acme"],
    });
    expect(identityOf({ sub: "u" })).toEqual({ userId: "u", companyId: "", groups: [] });
  });

  test("a group's name cannot become two groups", () => {
    expect(identityOf({ sub: "u", "cognito:groups": ["x,admin", "partner"] }).groups).toEqual(["partner"]);
  });

  test("refuses two companies", () => {
    const claims = { sub: "u", "cognito:groups": ["company:acme", "company:globex"] };
    expect(() => identityOf(claims)).toThrow(new Error("the token names more than one company"));
  });
});
