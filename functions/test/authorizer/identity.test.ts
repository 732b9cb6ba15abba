import { describe, expect, test } from "vitest";
import { identityOf, tokenOf } from "../../src/authorizer/identity.ts";

describe("tokenOf", () => {
  test.each([
    [{ Authorization: "Bearer a.b.c" }, "a.b.c"],
    [{ authorization: "bearer a.b.c" }, "a.b.c"],
    [{ Cookie: "__Host-session=a.b.c" }, "a.b.c"],
    [{ cookie: "theme=dark; __Host-session=a.b.c;x=y" }, "a.b.c"],
    [{ Authorization: "Bearer a.b.c", Cookie: "__Host-session=a.b.c" }, "a.b.c"],
    [{ Authorization: "Bearer a.b.c", Cookie: "theme=dark" }, "a.b.c"],
  ])("of %j", (headers, token) => {
    expect(tokenOf({ headers })).toBe(token);
  });

  test.each([
    ["none", {}],
    ["another scheme", { Authorization: "Basic a.b.c" }],
    ["no scheme", { Authorization: "a.b.c" }],
    ["another cookie", { Cookie: "session=a.b.c; x__Host-session=d.e.f" }],
    ["two that differ", { Authorization: "Bearer a.b.c", Cookie: "__Host-session=d.e.f" }],
    ["two cookies that differ", { Cookie: "__Host-session=a.b.c; __Host-session=d.e.f" }],
  ])("is none of %s", (_what, headers) => {
    expect(tokenOf({ headers })).toBeUndefined();
  });
});

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
