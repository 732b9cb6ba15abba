import rule from "../../../src/rules/redshift/redshift-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["connections without TLS are let in; set the parameter require_ssl to true"]],
  [
    "violates",
    "boundary: false",
    { parameters: [{ name: "require_ssl", value: "false" }] },
    ["connections without TLS are let in; set the parameter require_ssl to true"],
  ],
  ["passes", "boundary: true", { parameters: [{ name: "require_ssl", value: "true" }] }],
  [
    "violates",
    "a cluster without a group",
    {},
    ["it has the default parameter group, which lets in what is not encrypted; set clusterParameterGroupName"],
    { type: "aws:redshift/cluster:Cluster" },
  ],
  [
    "passes",
    "a cluster with one",
    { clusterParameterGroupName: UNKNOWN },
    [],
    { type: "aws:redshift/cluster:Cluster" },
  ],
  [
    "not evaluated",
    "unknown",
    { parameters: [{ name: "require_ssl", value: UNKNOWN }] },
    ["parameters[0].value: is not known before deployment"],
  ],
]);
