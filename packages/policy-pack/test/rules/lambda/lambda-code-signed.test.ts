import rule from "../../../src/rules/lambda/lambda-code-signed.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const others = [resource("aws:lambda/codeSigningConfig:CodeSigningConfig", "signing", {})];
const sentence = "it takes code that nobody signed, beside functions that do not; set codeSigningConfigArn";

ruleCases(rule, [
  ["violates", "boundary: none", {}, [sentence], { others }],
  ["violates", "a zip", { packageType: "Zip" }, [sentence], { others }],
  [
    "passes",
    "one",
    { codeSigningConfigArn: "arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-1" },
    [],
    { others },
  ],
  ["passes", "one whose ARN is not known", { codeSigningConfigArn: UNKNOWN }, [], { others }],
  ["not applicable", "an image", { packageType: "Image" }, ["an image cannot be signed for Lambda"], { others }],
  ["not applicable", "a stack that signs nothing", {}, ["the stack signs no code"]],
  ["not evaluated", "unknown", { packageType: UNKNOWN }, ["packageType: is not known before deployment"], { others }],
]);
