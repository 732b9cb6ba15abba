import { controlUrl, fsbp, owaspApi, paper, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-web-acl",
  description: "A distribution must have a web ACL",
  severity: "high",
  references: [fsbp("CloudFront.6"), owaspApi("API4"), paper("IV.1.C")],
  remediation: "Set webAclId to a web ACL of the scope CLOUDFRONT",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    const acl = props.at("webAclId");
    if (!acl.present || acl.value === "") {
      verdicts.violation("no web ACL stands in front of it; set webAclId", { floor: "firewall" });
    }
  },
});
