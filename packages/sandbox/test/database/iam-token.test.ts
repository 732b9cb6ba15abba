import { describe, expect, it } from "vitest";
import { checkToken } from "../../src/database/iam-token.ts";
import { signToken, type TokenClaims } from "./token.ts";

const now = Date.UTC(2026, 0, 31, 12, 0, 0);
const target = { host: "127.0.0.1", port: 3307, user: "catalog", region: "eu-west-1" };

function token(changes: Partial<TokenClaims> = {}): string {
  return signToken({
    accessKeyId: "ASIAEXAMPLE",
    secretAccessKey: "secret",
    sessionToken: "session/token+=",
    host: "127.0.0.1:3307",
    user: "catalog",
    region: "eu-west-1",
    signedAt: new Date(now),
    ...changes,
  });
}
const seconds = (count: number) => new Date(now + count * 1000);

describe("checkToken", () => {
  it("gives what the emulator needs to judge the signature", () => {
    const text = token();
    expect(checkToken(text, target, now)).toEqual({
      token: { accessKeyId: "ASIAEXAMPLE", host: "127.0.0.1:3307", query: text.slice(text.indexOf("?") + 1) },
    });
  });

  it("takes a token without a session, another case of the host, and no slash", () => {
    const text = token({ sessionToken: undefined, host: "LocalHost:3307" }).replace("/?", "?");
    expect(checkToken(text, { ...target, host: "localhost" }, now)).toHaveProperty("token.host", "LocalHost:3307");
  });

  it.each([
    ["at its last second", { signedAt: seconds(-899) }],
    ["from a clock five minutes ahead", { signedAt: seconds(300) }],
  ])("takes a token %s", (_title, changes) => {
    expect(checkToken(token(changes), target, now)).toHaveProperty("token");
  });

  it("takes a token of any age where age is not judged, and still minds the rest of its time", () => {
    expect(checkToken(token({ signedAt: seconds(-86_400) }), target, now, false)).toHaveProperty("token");
    const reasons = [{ signedAt: seconds(301) }, { expires: 901 }].map((changes) =>
      checkToken(token(changes), target, now, false),
    );
    expect(reasons).toEqual([
      { reason: "the token was signed in the future" },
      { reason: "the token's lifetime is not between 1 and 900 seconds" },
    ]);
  });

  const malformed = "the password is not an IAM token: it has characters that a presigned request never has";
  it.each<[string, string, string]>([
    ["a space", `${token()} `, malformed],
    ["a NUL", token().replace("connect", "con\0nect"), malformed],
    ["a fragment", `${token()}#x`, malformed],
    ["a broken escape", `${token()}%zz`, malformed],
    ["70,000 characters", `${token()}${"a".repeat(70_000)}`, malformed],
    ["no query", "127.0.0.1:3307/", "the password is not an IAM token: expected host:port/?Action=connect&DBUser=…"],
    ["no signature", token().replace(/&X-Amz-Signature=.*/, ""), "the token has no X-Amz-Signature"],
    ["a parameter twice", `${token()}&DBUser=catalog`, "the token names a parameter twice"],
    ["a foreign parameter", token({ extra: { Other: "1" } }), "the token has a parameter that RDS does not know"],
    ["another host", token({ host: "10.0.0.1:3307" }), "the token is for another server than 127.0.0.1:3307"],
    ["another port", token({ host: "127.0.0.1:3306" }), "the token is for another server than 127.0.0.1:3307"],
    ["another action", token({ extra: { Action: "disconnect" } }), "the token is not for the action connect"],
    ["another user", token({ user: "orders" }), "the token is for another database user than catalog"],
    ["another algorithm", token().replace("HMAC-SHA256", "HMAC-SHA1"), "the token is not signed with AWS4-HMAC-SHA256"],
    ["other headers", token({ extra: { "X-Amz-SignedHeaders": "host;x" } }), "the token signs other headers than host"],
    ["half a signature", token().slice(0, -32), "the token's signature is malformed"],
    ["another service", token({ service: "rds" }), "the token's credential is not scoped to rds-db"],
    [
      "another day",
      token().replace("%2F20260131%2F", "%2F20260130%2F"),
      "the token's credential is not scoped to rds-db",
    ],
    ["no access key", token({ accessKeyId: "" }), "the token's credential is not scoped to rds-db"],
    [
      "a longer scope",
      token().replace("aws4_request", "aws4_request%2Fx"),
      "the token's credential is not scoped to rds-db",
    ],
    ["another region", token({ region: "us-east-1" }), "the token is for another region than eu-west-1"],
    ["half a date", token().replace("T120000Z", "T12Z"), "the token's date is malformed"],
    ["no lifetime", token({ expires: 0 }), "the token's lifetime is not between 1 and 900 seconds"],
    ["a long lifetime", token({ expires: 901 }), "the token's lifetime is not between 1 and 900 seconds"],
    ["its time over", token({ signedAt: seconds(-900) }), "the token has expired"],
    ["its time to come", token({ signedAt: seconds(301) }), "the token was signed in the future"],
  ])("refuses a token with %s", (_title, text, reason) => {
    expect(checkToken(text, target, now)).toEqual({ reason });
  });
});
