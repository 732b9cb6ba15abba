import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-method-throttling",
  description: "Method settings must throttle: a rate and a burst",
  severity: "high",
  references: [owaspApi("API4"), owaspServerless("SAS-6"), paper("III.1.B")],
  remediation: "Set settings.throttlingRateLimit and settings.throttlingBurstLimit to what the backend can take",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
  appliesTo: ["aws:apigateway/methodSettings:MethodSettings"],
  check: ({ props }, verdicts) => {
    verdicts.each(["throttlingRateLimit", "throttlingBurstLimit"], (limit) => {
      // -1 is the provider's word for no limit.
      const given = props.at("settings").at(limit).number() ?? -1;
      if (given < 0)
        verdicts.violation(`settings.${limit} is not set, so the account's whole quota is; set it`, { key: limit });
    });
  },
});
