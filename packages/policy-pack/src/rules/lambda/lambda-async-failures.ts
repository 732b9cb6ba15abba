import type { PolicyResource } from "../../model.ts";
import { Reader } from "../../reader.ts";
import { awsControl, owaspServerless, rule } from "../../rule.ts";
import type { Stack } from "../../stack.ts";

/** Services that leave an event with Lambda and do not wait: docs.aws.amazon.com/lambda/latest/dg/invocation-async.html. */
const ASYNCHRONOUS =
  /^(?:events|scheduler|s3|sns|ses|config|codecommit|iot|logs)(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/;

/** The services that may call the function and do not wait. */
function callers(stack: Stack, resource: PolicyResource): string[] {
  return stack
    .referring("aws:lambda/permission:Permission", "function", resource)
    .map(({ props }) => new Reader(props.principal, "principal of its permission").text() ?? "")
    .filter((principal) => ASYNCHRONOUS.test(principal));
}

function keepsFailures(stack: Stack, resource: PolicyResource): boolean {
  // Who names an alias as well takes the function's name from it.
  const named = [resource, ...stack.referring("aws:lambda/alias:Alias", "functionName", resource)];
  return named
    .flatMap((each) =>
      stack.referring("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "functionName", each),
    )
    .some(({ props }) => new Reader(props).get("destinationConfig.onFailure.destination").present);
}

export default rule({
  name: "lambda-async-failures",
  description: "A function that is called by events must keep those that fail",
  severity: "medium",
  references: [awsControl("Lambda asynchronous invocation"), owaspServerless("SAS-10")],
  remediation: "Set deadLetterConfig, or add aws.lambda.FunctionEventInvokeConfig with destinationConfig.onFailure",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
  appliesTo: ["aws:lambda/function:Function"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    const [caller] = callers(stack, resource);
    if (caller === undefined) return verdicts.notApplicable("no service leaves events with it");
    if (props.get("deadLetterConfig.targetArn").present || keepsFailures(stack, resource)) return;
    verdicts.violation(
      `an event of ${caller} that it fails at three times is dropped; set deadLetterConfig or an onFailure destination`,
    );
  },
});
