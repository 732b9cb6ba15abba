import { expect, test } from "vitest";
import { claimsOf } from "../../src/session/claims.ts";
import { tokenWith } from "../support/session-aws.ts";

test("a token's sign-in is read", () => {
  expect(claimsOf(tokenWith({ sub: "alice", origin_jti: "first" }))).toEqual({ originJti: "first" });
});

test.each([
  tokenWith({ sub: "alice" }),
  tokenWith({ origin_jti: "" }),
  tokenWith({ origin_jti: 1 }),
  tokenWith({ origin_jti: ["first"] }),
  "",
  "no-token",
  "a.b.c",
  `e30.${Buffer.from("null").toString("base64url")}.sig`,
])("%s names none", (token) => {
  expect(claimsOf(token)).toEqual({});
});
