import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-private",
  description: "A search domain must be in a network, not on the internet",
  severity: "critical",
  references: [fsbp("OpenSearch.2"), owaspServerless("SAS-6")],
  remediation: "Set vpcOptions with subnets and security groups",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    if (props.at("vpcOptions").list().length === 0)
      verdicts.violation("it has an endpoint on the internet; set vpcOptions", {
        floor: /^(?:[a-z-]+-)?public-endpoint$/,
      });
  },
});
