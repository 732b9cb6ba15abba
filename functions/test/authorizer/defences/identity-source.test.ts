import { describe, expect, test } from "vitest";
import { tokenOf } from "../../../src/authorizer/defences/identity-source.ts";

describe("tokenOf", () => {
  test.each([
    ["Authorization", { Authorization: "Bearer a.b.c" }],
    ["Authorization", { authorization: "bearer a.b.c" }],
    ["Authorization", { Authorization: "Bearer a.b.c", Cookie: "__Host-session=d.e.f" }],
    ["Cookie", { Cookie: "__Host-session=a.b.c" }],
    ["Cookie", { cookie: "theme=dark; __Host-session=a.b.c;x=y" }],
    ["Cookie", { Cookie: "__Host-session=a.b.c; __Host-session=a.b.c" }],
    ["Cookie", { Authorization: "Bearer d.e.f", Cookie: "__Host-session=a.b.c" }],
  ] as const)("of %s in %j", (source, headers) => {
    expect(tokenOf({ headers }, source)).toBe("a.b.c");
  });

  test.each([
    ["nothing", "Authorization", {}],
    ["nothing", "Cookie", null],
    ["another scheme", "Authorization", { Authorization: "Basic a.b.c" }],
    ["no scheme", "Authorization", { Authorization: "a.b.c" }],
    ["another cookie", "Cookie", { Cookie: "session=a.b.c; x__Host-session=d.e.f" }],
    ["two cookies that differ", "Cookie", { Cookie: "__Host-session=a.b.c; __Host-session=d.e.f" }],
    // API Gateway would keep the answer under the header without the token, for whoever sends it next.
    ["a cookie beside a header without one", "Authorization", { Authorization: "Session", Cookie: "__Host-session=a" }],
    ["a bearer header beside other cookies", "Cookie", { Authorization: "Bearer a.b.c", Cookie: "lang=en" }],
  ] as const)("is none of %s for %s", (_what, source, headers) => {
    expect(tokenOf({ headers }, source)).toBeUndefined();
  });

  test("is none of a header that comes twice", () => {
    const event = (count: number) => ({
      headers: { Authorization: "Bearer a.b.c" },
      multiValueHeaders: { authorization: Array.from({ length: count }, () => "Bearer a.b.c"), other: undefined },
    });
    expect(tokenOf(event(1), "Authorization")).toBe("a.b.c");
    expect(tokenOf(event(2), "Authorization")).toBeUndefined();
    const others = { authorization: ["Bearer a.b.c"], "x-forwarded-for": ["10.0.0.1", "10.0.0.2"] };
    expect(tokenOf({ ...event(1), multiValueHeaders: others }, "Authorization")).toBe("a.b.c");
    expect(tokenOf({ ...event(1), multiValueHeaders: { authorization: undefined } }, "Authorization")).toBe("a.b.c");
  });

  test("of the type TOKEN is its identity source, and no header", () => {
    const headers = { Authorization: "Bearer d.e.f" };
    expect(tokenOf({ type: "TOKEN", authorizationToken: "Bearer a.b.c", headers }, "Authorization")).toBe("a.b.c");
    expect(tokenOf({ type: "TOKEN", authorizationToken: "a.b.c", headers }, "Authorization")).toBeUndefined();
    expect(tokenOf({ type: "TOKEN", headers }, "Authorization")).toBeUndefined();
  });
});
