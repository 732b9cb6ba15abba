import rule from "../../../src/rules/athena/athena-results-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    ["what its queries find lies unencrypted; set configuration.resultConfiguration.encryptionConfiguration"],
  ],
  [
    "violates",
    "boundary: managed results switched off",
    { configuration: { managedQueryResultsConfiguration: { enabled: false } } },
    ["what its queries find lies unencrypted; set configuration.resultConfiguration.encryptionConfiguration"],
  ],
  ["passes", "AWS keeps them", { configuration: { managedQueryResultsConfiguration: { enabled: true } } }],
  [
    "passes",
    "encrypted",
    { configuration: { resultConfiguration: { encryptionConfiguration: { encryptionOption: "SSE_KMS" } } } },
  ],
  ["not evaluated", "unknown", { configuration: UNKNOWN }, ["configuration: is not known before deployment"]],
]);
