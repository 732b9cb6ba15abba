import { resolved } from "@palisade/testing";
import { expect, test } from "vitest";
import { denyPlainHttp, keyOfAccount } from "../src/index.ts";

test("everybody is denied what is not sent over TLS", () => {
  expect(denyPlainHttp("s3:*", ["arn:b", "arn:b/*"])).toEqual({
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:b", "arn:b/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
});

test("a key is left to the IAM policies of its own account, in its own partition", async () => {
  expect(await resolved(keyOfAccount("Account", { partition: "aws-cn", accountId: "111122223333" }))).toEqual({
    Sid: "Account",
    Effect: "Allow",
    Principal: { AWS: "arn:aws-cn:iam::111122223333:root" },
    Action: "kms:*",
    Resource: "*",
  });
});
