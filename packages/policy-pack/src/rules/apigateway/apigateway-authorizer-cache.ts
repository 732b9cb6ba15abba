import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

/** AWS's own default; a token that is revoked is accepted for as long. */
const MOST_SECONDS = 300;

export default rule({
  name: "apigateway-authorizer-cache",
  description: "A Lambda authorizer must say how long its answer is kept, and at most 300 seconds",
  severity: "medium",
  references: [owaspApi("API2"), owaspServerless("SAS-2"), paper("III.1.D")],
  remediation:
    "Set authorizerResultTtlInSeconds to 0, or to at most 300 with a policy that lists everything the caller may call",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html",
  appliesTo: ["aws:apigateway/restApi:RestApi", "aws:apigateway/authorizer:Authorizer"],
  check: ({ resource, props }, verdicts) => {
    const look = (seconds: number | undefined, what: string, key: string) => {
      if (seconds === undefined) verdicts.violation(`${what} keeps answers for AWS's default time; set it`, { key });
      else if (seconds > MOST_SECONDS) {
        verdicts.violation(
          `${what} keeps answers for ${seconds} s; at most ${MOST_SECONDS} s, or a revoked token goes on`,
          { key },
        );
      }
    };
    if (resource.type === "aws:apigateway/authorizer:Authorizer") {
      if (props.at("type").text() === "COGNITO_USER_POOLS")
        return verdicts.notApplicable("Cognito's authorizer keeps no answer");
      return look(props.at("authorizerResultTtlInSeconds").number(), "it", "");
    }
    if (!props.at("body").present) return verdicts.notApplicable("it has no OpenAPI body; its methods are resources");
    const document = props.at("body").json();
    const schemes = [document.get("components.securitySchemes"), document.at("securityDefinitions")];
    verdicts.each(
      schemes.flatMap((each) => each.entries()),
      ([name, scheme]) => {
        const authorizer = scheme.at("x-amazon-apigateway-authorizer");
        if (!["token", "request"].includes(authorizer.at("type").text() ?? "")) return;
        look(authorizer.at("authorizerResultTtlInSeconds").number(), `the authorizer ${name}`, name);
      },
    );
  },
});
