import rule from "../../../src/rules/dynamodb/dax-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it talks in plain text; set clusterEndpointEncryptionType to TLS"]],
  [
    "violates",
    "boundary: NONE",
    { clusterEndpointEncryptionType: "NONE" },
    ["it talks in plain text; set clusterEndpointEncryptionType to TLS"],
  ],
  ["passes", "TLS", { clusterEndpointEncryptionType: "TLS" }],
  [
    "not evaluated",
    "unknown",
    { clusterEndpointEncryptionType: UNKNOWN },
    ["clusterEndpointEncryptionType: is not known before deployment"],
  ],
]);
