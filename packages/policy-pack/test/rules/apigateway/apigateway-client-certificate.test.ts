import rule from "../../../src/rules/apigateway/apigateway-client-certificate.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "none",
    { restApi: "api" },
    ["its backends cannot tell it from another; set clientCertificateId"],
    {
      others: [
        resource("aws:apigateway/restApi:RestApi", "api", {}),
        resource("aws:apigateway/integration:Integration", "i", { restApi: "api", type: "HTTP_PROXY" }),
      ],
    },
  ],
  [
    "violates",
    "boundary: by the document",
    { restApi: "api" },
    ["its backends cannot tell it from another; set clientCertificateId"],
    {
      others: [
        resource("aws:apigateway/restApi:RestApi", "api", {
          body: { paths: { "/a": { get: { "x-amazon-apigateway-integration": { type: "http" } } } } },
        }),
      ],
    },
  ],
  [
    "passes",
    "one",
    { restApi: "api", clientCertificateId: UNKNOWN },
    [],
    {
      others: [
        resource("aws:apigateway/restApi:RestApi", "api", {}),
        resource("aws:apigateway/integration:Integration", "i", { restApi: "api", type: "HTTP_PROXY" }),
      ],
    },
  ],
  [
    "not applicable",
    "functions alone",
    { restApi: "api" },
    ["its API calls no HTTP backend"],
    {
      others: [
        resource("aws:apigateway/restApi:RestApi", "api", {}),
        resource("aws:apigateway/integration:Integration", "i", { restApi: "api", type: "AWS_PROXY" }),
      ],
    },
  ],
  [
    "not evaluated",
    "unknown",
    { restApi: "api" },
    ["body: is not known before deployment"],
    { others: [resource("aws:apigateway/restApi:RestApi", "api", { body: UNKNOWN })] },
  ],
]);
