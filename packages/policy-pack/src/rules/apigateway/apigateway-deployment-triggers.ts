import { owaspApi, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-deployment-triggers",
  description: "A deployment must be replaced when the API changes",
  severity: "medium",
  references: [owaspApi("API9"), paper("III.1.D")],
  remediation: "Set triggers to a hash of everything that the deployment publishes",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html",
  appliesTo: ["aws:apigateway/deployment:Deployment"],
  check: ({ props }, verdicts) => {
    const triggers = props.at("triggers");
    if (!triggers.present) return verdicts.violation("a change of the API does not reach its stage; set triggers");
    if (triggers.entries().length === 0) verdicts.violation("triggers is empty; hash what the deployment publishes");
  },
});
