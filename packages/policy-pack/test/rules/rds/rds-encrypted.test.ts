import rule from "../../../src/rules/rds/rds-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "off", { storageEncrypted: false }, ["its storage is not encrypted; set storageEncrypted"]],
  [
    "violates",
    "an instance, absent",
    {},
    ["its storage is not encrypted; set storageEncrypted"],
    { type: "aws:rds/instance:Instance" },
  ],
  ["passes", "on", { storageEncrypted: true }],
  ["not evaluated", "a restored snapshot", { snapshotIdentifier: "s" }, ["storageEncrypted: is the snapshot's"]],
  ["not evaluated", "unknown", { storageEncrypted: UNKNOWN }, ["storageEncrypted: is not known before deployment"]],
]);
