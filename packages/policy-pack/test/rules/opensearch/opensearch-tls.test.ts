import rule from "../../../src/rules/opensearch/opensearch-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it answers plain HTTP; set domainEndpointOptions.enforceHttps"]],
  [
    "violates",
    "HTTPS with the default policy",
    { domainEndpointOptions: { enforceHttps: true } },
    [
      "its TLS policy is AWS's default, which takes TLS 1.0; set domainEndpointOptions.tlsSecurityPolicy to Policy-Min-TLS-1-2-PFS-2023-10 or Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
    ],
  ],
  [
    "violates",
    "boundary: TLS 1.2 without forward secrecy",
    { domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" } },
    [
      "its TLS policy is Policy-Min-TLS-1-2-2019-07; set domainEndpointOptions.tlsSecurityPolicy to Policy-Min-TLS-1-2-PFS-2023-10 or Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
    ],
  ],
  [
    "passes",
    "the current one",
    { domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" } },
  ],
  [
    "not evaluated",
    "unknown",
    { domainEndpointOptions: { enforceHttps: UNKNOWN } },
    ["domainEndpointOptions.enforceHttps: is not known before deployment"],
  ],
]);
