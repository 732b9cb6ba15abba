import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

/** What OpenSearch.8 takes for the latest policy, and the FIPS one of the next year. */
const POLICIES = ["Policy-Min-TLS-1-2-PFS-2023-10", "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08"];

export default rule({
  name: "opensearch-tls",
  description: "A search domain must refuse plain HTTP and old TLS",
  severity: "high",
  references: [fsbp("OpenSearch.8"), owaspServerless("SAS-3")],
  remediation: "Set domainEndpointOptions.enforceHttps and a tlsSecurityPolicy of the list",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    const endpoint = props.at("domainEndpointOptions");
    const policy = endpoint.at("tlsSecurityPolicy").text();
    if (endpoint.at("enforceHttps").flag() !== true)
      verdicts.violation("it answers plain HTTP; set domainEndpointOptions.enforceHttps");
    else if (!POLICIES.includes(policy ?? "")) {
      verdicts.violation(
        `its TLS policy is ${policy ?? "AWS's default, which takes TLS 1.0"}; set domainEndpointOptions.tlsSecurityPolicy to ${POLICIES.join(" or ")}`,
      );
    }
  },
});
