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
  return new aws.apigateway.UsagePlan(
    childName(name, "usage-plan"),
    {
      apiStages: [{ apiId: stage.restApi, stage: stage.stageName }],
      quotaSettings: quotaLimit === undefined ? undefined : { limit: quotaLimit, period: settings.quotaPeriod },
      throttleSettings: throttling,
      tags,
    },
    child,
  );
}
