import rule from "../../../src/rules/opensearch/opensearch-private.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it has an endpoint on the internet; set vpcOptions"]],
  ["passes", "in subnets", { vpcOptions: { subnetIds: UNKNOWN } }],
  ["not evaluated", "unknown", { vpcOptions: UNKNOWN }, ["vpcOptions: is not known before deployment"]],
  [
    "passes",
    "the floor is lowered by its tag",
    { tags: { "palisade:lowered:siem-public-endpoint": "analysts come by single sign-on" } },
  ],
]);
