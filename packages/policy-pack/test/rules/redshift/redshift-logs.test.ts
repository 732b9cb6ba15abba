import rule from "../../../src/rules/redshift/redshift-logs.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const logging = (clusterIdentifier: string) => ({
  others: [resource("aws:redshift/logging:Logging", "logging", { clusterIdentifier })],
});
const sentence = "who did what in it is not recorded; add aws.redshift.Logging";

ruleCases(rule, [
  ["violates", "boundary: none", {}, [sentence]],
  ["violates", "another's", { clusterIdentifier: "sales" }, [sentence], logging("costs")],
  ["passes", "its own, by its id", {}, [], logging("subject")],
  ["passes", "its own, by its name", { clusterIdentifier: "sales" }, [], logging("sales")],
  ["not evaluated", "unknown", { clusterIdentifier: UNKNOWN }, ["clusterIdentifier: is not known before deployment"]],
]);
