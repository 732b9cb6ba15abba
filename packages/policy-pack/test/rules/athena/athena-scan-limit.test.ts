import rule from "../../../src/rules/athena/athena-scan-limit.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    ["one query may scan, and cost, whatever there is; set configuration.bytesScannedCutoffPerQuery"],
  ],
  [
    "violates",
    "boundary: zero",
    { configuration: { bytesScannedCutoffPerQuery: 0 } },
    ["one query may scan, and cost, whatever there is; set configuration.bytesScannedCutoffPerQuery"],
  ],
  ["passes", "boundary: AWS's least, 10 MB", { configuration: { bytesScannedCutoffPerQuery: 10_485_760 } }],
  [
    "not evaluated",
    "unknown",
    { configuration: { bytesScannedCutoffPerQuery: UNKNOWN } },
    ["configuration.bytesScannedCutoffPerQuery: is not known before deployment"],
  ],
]);
