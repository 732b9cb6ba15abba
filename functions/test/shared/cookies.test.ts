import { expect, test } from "vitest";
import { COOKIES, cookieOf } from "../../src/shared/cookies.ts";

const of = (Cookie?: string) => cookieOf({ headers: Cookie === undefined ? null : { Cookie } }, COOKIES.session);

test.each([
  [undefined, undefined],
  ["", undefined],
  ["a=b", undefined],
  ["__Host-session=", undefined],
  ["__Host-session=x", "x"],
  ["a=b;  __Host-session=x=y ; c=d", "x=y"],
  ["__Host-session=x; __Host-session=x", "x"],
  ["__Host-session=x; __Host-session=y", undefined],
  ["x__Host-session=x", undefined],
])("of %j is %j", (cookie, value) => {
  expect(of(cookie)).toBe(value);
});
