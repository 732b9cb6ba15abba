import { awsControl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-serverless-private",
  description: "A search collection's network policy must not let the internet in",
  severity: "critical",
  references: [awsControl("OpenSearch.2"), owaspServerless("SAS-6")],
  remediation: "Set AllowFromPublic to false and name SourceVPCEs",
  url: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html",
  appliesTo: ["aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"],
  stack: true,
  check: ({ props, stack }, verdicts) => {
    if (props.at("type").text() !== "network") return verdicts.notApplicable("it is no network policy");
    verdicts.each(props.at("policy").json().list(), (entry) => {
      if (entry.at("AllowFromPublic").flag() !== true) return;
      // A policy has no tags: the collection that it is about has them.
      const named = entry
        .at("Rules")
        .list()
        .flatMap((each) => each.at("Resource").texts());
      const tagged = stack
        .ofType("aws:opensearch/serverlessCollection:ServerlessCollection")
        .find((each) => named.includes(`collection/${each.props.name}`));
      verdicts.violation("the internet reaches the collection; set AllowFromPublic to false", {
        floor: /^(?:[a-z-]+-)?public-endpoint$/,
        tagged,
      });
    });
  },
});
