import rule from "../../../src/rules/glue/glue-catalog-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["the catalog is not encrypted; set encryptionAtRest.catalogEncryptionMode to SSE-KMS"]],
  [
    "violates",
    "boundary: DISABLED",
    { dataCatalogEncryptionSettings: { encryptionAtRest: { catalogEncryptionMode: "DISABLED" } } },
    ["the catalog is not encrypted; set encryptionAtRest.catalogEncryptionMode to SSE-KMS"],
  ],
  ["passes", "a key", { dataCatalogEncryptionSettings: { encryptionAtRest: { catalogEncryptionMode: "SSE-KMS" } } }],
  [
    "not evaluated",
    "unknown",
    { dataCatalogEncryptionSettings: UNKNOWN },
    ["dataCatalogEncryptionSettings: is not known before deployment"],
  ],
]);
