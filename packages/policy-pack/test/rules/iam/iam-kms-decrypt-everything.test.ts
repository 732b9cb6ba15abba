import rule from "../../../src/rules/iam/iam-kms-decrypt-everything.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "every key",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "kms:*", Resource: "*" }] }) },
    ["statement 0 decrypts with every key; name the keys"],
  ],
  [
    "violates",
    "every key of an account",
    {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "arn:aws:kms:x:1:key/*" }],
      }),
    },
    ["statement 0 decrypts with every key; name the keys"],
  ],
  [
    "passes",
    "one key",
    {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "arn:aws:kms:x:1:key/abc" }],
      }),
    },
  ],
  [
    "passes",
    "encryption only",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "kms:Encrypt", Resource: "*" }] }) },
  ],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
]);
