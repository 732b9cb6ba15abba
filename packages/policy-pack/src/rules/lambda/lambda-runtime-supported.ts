import { fsbp, owaspServerless, paper, rule } from "../../rule.ts";

/** What AWS's page of runtimes lists as supported in November 2026; a new runtime is a finding until it is added here. */
const SUPPORTED = [
  "nodejs24.x",
  "nodejs22.x",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
  "java25",
  "java21",
  "java17",
  "dotnet10",
  "ruby3.4",
  "provided.al2023",
];

export default rule({
  name: "lambda-runtime-supported",
  description: "A function must use a runtime that AWS still supports",
  severity: "medium",
  references: [fsbp("Lambda.2"), owaspServerless("SAS-9"), paper("III.2.D")],
  remediation: "Move to a supported runtime",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  appliesTo: ["aws:lambda/function:Function"],
  check: ({ props }, verdicts) => {
    if (props.at("packageType").text() === "Image") return verdicts.notApplicable("an image brings its own runtime");
    const runtime = props.at("runtime").text();
    if (runtime === undefined) verdicts.notEvaluated("runtime: is not set");
    else if (!SUPPORTED.includes(runtime)) {
      verdicts.violation(`the runtime ${runtime} is not supported; use ${SUPPORTED[0]}, or another supported one`);
    }
  },
});
