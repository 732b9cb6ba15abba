import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createDatabaseToken } from "../../src/shared/database-token.ts";

const environment = {
  region: "eu-west-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "se/ss+ion==",
  endpoint: "",
};
const place = { host: "db.cluster-x.eu-west-1.rds.amazonaws.com", port: 3306, user: "orders" };

test("is the presigned URL of the action connect, without its scheme", async () => {
  const token = await createDatabaseToken(environment, place, new Date("2026-01-02T03:04:05.678Z"));
  const [address, query] = token.split("/?") as [string, string];
  expect(address).toBe("db.cluster-x.eu-west-1.rds.amazonaws.com:3306");
  const { "X-Amz-Signature": signature, ...parameters } = Object.fromEntries(new URLSearchParams(query));
  expect(parameters).toEqual({
    Action: "connect",
    DBUser: "orders",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "AKIDEXAMPLE/20260102/eu-west-1/rds-db/aws4_request",
    "X-Amz-Date": "20260102T030405Z",
    "X-Amz-Expires": "900",
    "X-Amz-Security-Token": "se/ss+ion==",
    "X-Amz-SignedHeaders": "host",
  });
  expect(signature).toBe(sign(address, parameters));
});

test("has no session token where the credentials have none, and is signed now by default", async () => {
  const token = await createDatabaseToken({ ...environment, sessionToken: "" }, place);
  expect(token).not.toContain("Security-Token");
  expect(token).toMatch(new RegExp(`X-Amz-Date=${new Date().toISOString().slice(0, 4)}\\d{4}T\\d{6}Z`));
});

// Signature version 4 once more, from AWS's description of it ("Create a signed AWS API request").
function sign(host: string, parameters: Record<string, string>): string {
  const query = Object.entries(parameters)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const canonical = ["GET", "/", query, `host:${host}\n`, "host", sha256("")].join("\n");
  const scope = "20260102/eu-west-1/rds-db/aws4_request";
  const text = ["AWS4-HMAC-SHA256", "20260102T030405Z", scope, sha256(canonical)].join("\n");
  const key = ["20260102", "eu-west-1", "rds-db", "aws4_request"].reduce<string | Buffer>(hmac, "AWS4secret");
  return hmac(key, text).toString("hex");
}
