import { operationsOf } from "../../openapi-body.ts";
import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-operation-model",
  description: "An operation that takes a body must have a model for every media type of it",
  severity: "high",
  references: [owaspApi("API3"), owaspApi("API8"), owaspServerless("SAS-1"), paper("III.1.B")],
  remediation:
    "Give the operation's requestBody a schema; for media types that models cannot describe, check the body in the function and say so",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
  appliesTo: ["aws:apigateway/restApi:RestApi"],
  check: ({ props }, verdicts) => {
    if (!props.at("body").present) return verdicts.notApplicable("it has no OpenAPI body; its methods are resources");
    verdicts.each(operationsOf(props.at("body")), ({ label, method, path, definition }) => {
      if (!["POST", "PUT", "PATCH", "ANY"].includes(method)) return;
      const media = definition.get("requestBody.content").entries();
      const inBody = definition
        .at("parameters")
        .list()
        .filter((parameter) => parameter.at("in").text() === "body");
      const schemas = [...media.map(([, each]) => each), ...inBody].map((each) => each.at("schema"));
      if (schemas.length > 0 && schemas.every((schema) => schema.present)) return;
      verdicts.violation(`${label} (${method} ${path}) takes a body without a model; give its requestBody a schema`, {
        key: label,
        floor: `unmodelled-body-${label}`,
      });
    });
  },
});
