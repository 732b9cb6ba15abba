import rule from "../../../src/rules/networkfirewall/network-firewall-logging.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["what it drops leaves no trace; add aws.networkfirewall.LoggingConfiguration"]],
  [
    "violates",
    "boundary: no destination",
    {},
    ["what it drops leaves no trace; add aws.networkfirewall.LoggingConfiguration"],
    {
      others: [
        resource("aws:networkfirewall/loggingConfiguration:LoggingConfiguration", "logs", {
          firewallArn: "x/subject",
          loggingConfiguration: { logDestinationConfigs: [] },
        }),
      ],
    },
  ],
  [
    "passes",
    "a destination",
    {},
    [],
    {
      others: [
        resource("aws:networkfirewall/loggingConfiguration:LoggingConfiguration", "logs", {
          firewallArn: "x/subject",
          loggingConfiguration: { logDestinationConfigs: [{ logType: "ALERT" }] },
        }),
      ],
    },
  ],
  [
    "not evaluated",
    "unknown",
    {},
    ["loggingConfiguration: is not known before deployment"],
    {
      others: [
        resource("aws:networkfirewall/loggingConfiguration:LoggingConfiguration", "logs", {
          firewallArn: "x/subject",
          loggingConfiguration: UNKNOWN,
        }),
      ],
    },
  ],
]);
