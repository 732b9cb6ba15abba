import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { SecureGatewayArgs } from "./args.ts";
import type { PartOptions } from "./rest-api.ts";
import type { GatewaySettings } from "./validate.ts";

/** The usage plan that API keys are counted by, or nothing where metering is not asked for. */
export function createUsagePlan(
  name: string,
  args: SecureGatewayArgs,
  settings: GatewaySettings,
  stage: aws.apigateway.Stage,
  tags: Record<string, pulumi.Input<string>>,
  opts: PartOptions,
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
    opts,
  );
}
