import type { Reader } from "../../reader.ts";
import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

/** Parts of a request of which the firewall looks at a beginning only. */
const OVERSIZED = ["body", "jsonBody", "headers", "cookies", "headerOrder"];

export default rule({
  name: "wafv2-oversize",
  description: "A rule over the body or the headers must say what happens to what is too long to look at",
  severity: "high",
  references: [owaspApi("API4"), owaspServerless("SAS-1"), paper("IV.1.C")],
  remediation: "Set oversizeHandling to MATCH in rules that block",
  url: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html",
  appliesTo: ["aws:wafv2/webAcl:WebAcl"],
  check: ({ props }, verdicts) => {
    verdicts.each(props.at("rules").list(), (each) => {
      const name = each.at("name").text() ?? "";
      const look = (part: Reader) => {
        if (part.value === UNKNOWN) return part.text();
        if (typeof part.value !== "object" || part.value === null) return;
        const items = Array.isArray(part.value)
          ? part.list().map((item): [string, Reader] => ["", item])
          : part.entries();
        for (const [key, item] of items) {
          if (OVERSIZED.includes(key) && part.path.endsWith("fieldToMatch") && item.present) {
            // The provider writes `headers` as a list of one.
            for (const one of item.list()) {
              if (one.at("oversizeHandling").text() === "MATCH") continue;
              verdicts.violation(`the rule ${name} lets what is too long of ${key} pass; set oversizeHandling`, {
                key: `${name}:${key}`,
              });
            }
          } else look(item);
        }
      };
      look(each.at("statement"));
    });
  },
});
