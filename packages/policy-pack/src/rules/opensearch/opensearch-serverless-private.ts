import { awsControl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-serverless-private",
  description: "A search collection's network policy must not let the internet in",
  severity: "critical",
  references: [awsControl("OpenSearch.2"), owaspServerless("SAS-6")],
  remediation: "Set AllowFromPublic to false and name SourceVPCEs",
  url: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html",
  appliesTo: ["aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"],
  check: ({ props }, verdicts) => {
    if (props.at("type").text() !== "network") return verdicts.notApplicable("it is no network policy");
    verdicts.each(props.at("policy").json().list(), (entry) => {
      if (entry.at("AllowFromPublic").flag() === true)
        verdicts.violation("the internet reaches the collection; set AllowFromPublic to false");
    });
  },
});
