import type { AccountOutputs } from "../outputs.ts";
import { accountConfig } from "./config.ts";
import { createDetection } from "./detection.ts";
import { createGatewayLogRole } from "./gateway-logs.ts";

/** What exists once per account and region, deployed once, before the other stages. No stage creates it or takes it over. */
export async function account(): Promise<AccountOutputs> {
  const gatewayLogRoleArn = createGatewayLogRole();
  const { topicArn, trailBucketName, trailKeyArn, findingLogGroupName, threatCallerName, siemDashboardsUrl } =
    await createDetection(accountConfig());
  return {
    stage: "account",
    gatewayLogRoleArn,
    findingTopicArn: topicArn,
    trailBucketName,
    trailKeyArn,
    findingLogGroupName,
    ...(threatCallerName !== undefined && { threatCallerName }),
    ...(siemDashboardsUrl !== undefined && { siemDashboardsUrl }),
  };
}
