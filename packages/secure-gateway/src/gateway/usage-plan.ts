import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type { BuildContext } from "./context.ts";

/** The usage plan that API keys are counted by, or nothing where metering is not asked for. */
export function createUsagePlan(
  { name, args, settings, tags, child }: BuildContext,
  stage: aws.apigateway.Stage,
): aws.apigateway.UsagePlan | undefined {
  if (args.usagePlan === undefined) return undefined;
  const { quotaLimit, throttling } = args.usagePlan;
  const throttles = settings.contract.operations.flatMap(({ operationId, method, path }) => {
    const own = settings.usagePlanThrottling.get(operationId);
    // Not escaped, unlike in a stage's method settings.
    return own === undefined ? [] : [{ path: `${path}/${method}`, ...own }];
  });
  return new aws.apigateway.UsagePlan(
    childName(name, "usage-plan"),
    {
      apiStages: [
        {
          apiId: stage.restApi,
          stage: stage.stageName,
          throttles: throttles.length === 0 ? undefined : throttles,
        },
      ],
      quotaSettings: quotaLimit === undefined ? undefined : { limit: quotaLimit, period: settings.quotaPeriod },
      throttleSettings: throttling,
      tags,
    },
    child,
  );
}
