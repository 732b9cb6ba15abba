import rule from "../../../src/rules/rds/rds-tls-required.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "MySQL, absent",
    { family: "aurora-mysql8.0" },
    ["connections without TLS are accepted; set require_secure_transport"],
  ],
  [
    "violates",
    "PostgreSQL, off",
    { family: "postgres16", parameters: [{ name: "rds.force_ssl", value: "0" }] },
    ["connections without TLS are accepted; set rds.force_ssl"],
  ],
  [
    "passes",
    "on",
    {
      family: "mariadb11.4",
      parameters: [
        { name: "a", value: "b" },
        { name: "require_secure_transport", value: "on" },
      ],
    },
  ],
  ["not applicable", "another engine", { family: "oracle-ee-19" }, ["no such parameter in oracle-ee-19"]],
  [
    "not evaluated",
    "unknown",
    { family: "mysql8.0", parameters: [{ name: "require_secure_transport", value: UNKNOWN }] },
    ["parameters[0].value: is not known before deployment"],
  ],
]);
