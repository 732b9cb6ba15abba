import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-origin-tls",
  description: "A distribution must not talk old TLS to its origins",
  severity: "medium",
  references: [fsbp("CloudFront.10"), owaspServerless("SAS-3")],
  remediation: "Leave TLSv1.2 alone in originSslProtocols",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    verdicts.each(props.at("origins").list(), (origin) => {
      const protocols = origin.get("customOriginConfig.originSslProtocols").texts();
      const old = protocols.filter((protocol) => ["SSLv3", "TLSv1", "TLSv1.1"].includes(protocol));
      if (old.length === 0) return;
      const id = origin.at("originId").text() ?? "";
      verdicts.violation(
        `it may talk ${old.join(", ")} to the origin ${id}; leave TLSv1.2 alone in originSslProtocols`,
        { key: id },
      );
    });
  },
});
