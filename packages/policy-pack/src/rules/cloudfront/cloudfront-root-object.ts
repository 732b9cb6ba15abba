import { isBucketOrigin } from "../../cloudfront.ts";
import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-root-object",
  description: "A distribution with a bucket behind it must have a default root object",
  severity: "medium",
  references: [fsbp("CloudFront.1")],
  remediation: "Set defaultRootObject, for example to index.html",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    if (!props.at("origins").list().some(isBucketOrigin)) return verdicts.notApplicable("no bucket is behind it");
    if ((props.at("defaultRootObject").text() ?? "") === "")
      verdicts.violation("a request for / may list the bucket; set defaultRootObject");
  },
});
