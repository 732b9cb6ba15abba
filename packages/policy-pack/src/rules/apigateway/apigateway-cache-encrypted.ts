import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-cache-encrypted",
  description: "The stage's response cache must be encrypted and not be emptied by anyone",
  severity: "medium",
  references: [fsbp("APIGateway.5"), owaspServerless("SAS-3")],
  remediation:
    "Set settings.cacheDataEncrypted and settings.requireAuthorizationForCacheControl to true, or cachingEnabled to false",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigateway/methodSettings:MethodSettings"],
  check: ({ props }, verdicts) => {
    const settings = props.at("settings");
    if (settings.at("cachingEnabled").flag() !== true) return verdicts.notApplicable("nothing is cached");
    if (settings.at("cacheDataEncrypted").flag() !== true) {
      verdicts.violation("cached responses are not encrypted; set settings.cacheDataEncrypted", { key: "encryption" });
    }
    // The provider's default is true.
    if (settings.at("requireAuthorizationForCacheControl").flag() === false) {
      verdicts.violation("any client may empty the cache; set settings.requireAuthorizationForCacheControl", {
        key: "control",
      });
    }
  },
});
