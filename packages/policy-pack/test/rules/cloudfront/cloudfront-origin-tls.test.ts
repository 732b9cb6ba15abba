import rule from "../../../src/rules/cloudfront/cloudfront-origin-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "SSL 3",
    { origins: [{ originId: "api", customOriginConfig: { originSslProtocols: ["SSLv3", "TLSv1.2"] } }] },
    ["it may talk SSLv3 to the origin api; leave TLSv1.2 alone in originSslProtocols"],
  ],
  [
    "violates",
    "boundary: TLS 1.1",
    { origins: [{ originId: "api", customOriginConfig: { originSslProtocols: ["TLSv1.1"] } }] },
    ["it may talk TLSv1.1 to the origin api; leave TLSv1.2 alone in originSslProtocols"],
  ],
  ["passes", "TLS 1.2", { origins: [{ originId: "api", customOriginConfig: { originSslProtocols: ["TLSv1.2"] } }] }],
  [
    "not evaluated",
    "unknown",
    { origins: [{ customOriginConfig: UNKNOWN }] },
    ["origins[0].customOriginConfig: is not known before deployment"],
  ],
]);
