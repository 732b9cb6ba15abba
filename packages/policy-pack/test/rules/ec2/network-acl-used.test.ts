import rule from "../../../src/rules/ec2/network-acl-used.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const sentence = "no subnet has it, and who reads it takes it for a guard; set subnetIds, or take it out";
const association = (networkAclId: string) => ({
  others: [resource("aws:ec2/networkAclAssociation:NetworkAclAssociation", "association", { networkAclId })],
});

ruleCases(rule, [
  ["violates", "absent", {}, [sentence]],
  ["violates", "boundary: none", { subnetIds: [] }, [sentence]],
  ["violates", "another's association", {}, [sentence], association("other")],
  ["passes", "boundary: one", { subnetIds: ["subnet-1"] }],
  ["passes", "one that is not known", { subnetIds: [UNKNOWN] }],
  ["passes", "an association", {}, [], association("subject")],
  ["not evaluated", "unknown", { subnetIds: UNKNOWN }, ["subnetIds: is not known before deployment"]],
]);
