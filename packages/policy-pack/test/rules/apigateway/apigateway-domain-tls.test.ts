import rule from "../../../src/rules/apigateway/apigateway-domain-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "TLS 1.0", { securityPolicy: "TLS_1_0" }, ["securityPolicy is TLS_1_0; set TLS_1_2"]],
  [
    "violates",
    "AWS's default of an HTTP API's domain",
    { domainNameConfiguration: {} },
    ["domainNameConfiguration.securityPolicy is AWS's default; set TLS_1_2"],
    { type: "aws:apigatewayv2/domainName:DomainName" },
  ],
  ["passes", "TLS 1.2", { securityPolicy: "TLS_1_2" }],
  ["passes", "TLS 1.3", { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" }],
  ["not evaluated", "unknown", { securityPolicy: UNKNOWN }, ["securityPolicy: is not known before deployment"]],
]);
