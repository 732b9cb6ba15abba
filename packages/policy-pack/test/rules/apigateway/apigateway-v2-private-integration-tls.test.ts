import rule from "../../../src/rules/apigateway/apigateway-v2-private-integration-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "no TLS",
    { connectionType: "VPC_LINK" },
    ["the private integration does not use TLS; set tlsConfig.serverNameToVerify"],
  ],
  ["passes", "TLS", { connectionType: "VPC_LINK", tlsConfig: { serverNameToVerify: UNKNOWN } }],
  ["not applicable", "public", { connectionType: "INTERNET" }, ["the integration is not private"]],
  ["not evaluated", "unknown", { connectionType: UNKNOWN }, ["connectionType: is not known before deployment"]],
]);
