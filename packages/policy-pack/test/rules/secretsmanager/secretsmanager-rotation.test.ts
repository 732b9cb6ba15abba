import rule from "../../../src/rules/secretsmanager/secretsmanager-rotation.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const SECRET_URN = "urn:pulumi:stack::project::aws:secretsmanager/secret:Secret::subject";

ruleCases(rule, [
  ["violates", "none", {}, ["nobody rotates it; add aws.secretsmanager.SecretRotation"]],
  ["passes", "by id", {}, [], { others: [resource(ROTATION, "r", { secretId: "subject" })] }],
  [
    "passes",
    "by dependency",
    {},
    [],
    { others: [resource(ROTATION, "r", { secretId: UNKNOWN }, { dependencies: { secretId: [SECRET_URN] } })] },
  ],
  [
    "not evaluated",
    "of who knows which",
    {},
    ["secretId of a rotation: is not known before deployment"],
    { others: [resource(ROTATION, "r", { secretId: UNKNOWN })] },
  ],
]);
