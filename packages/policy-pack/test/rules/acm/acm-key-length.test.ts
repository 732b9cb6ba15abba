import rule from "../../../src/rules/acm/acm-key-length.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "1024", { keyAlgorithm: "RSA_1024" }, ["its key is too short; set keyAlgorithm to RSA_2048"]],
  ["passes", "boundary: 2048", { keyAlgorithm: "RSA_2048" }],
  ["passes", "absent", {}],
  ["not evaluated", "imported", { privateKey: "a" }, ["privateKey: the length of an imported key is not read"]],
  ["not evaluated", "unknown", { keyAlgorithm: UNKNOWN }, ["keyAlgorithm: is not known before deployment"]],
]);
