import type { ApiContract } from "../openapi/operations.ts";
import type { SecureGatewayArgs, ThrottlingArgs } from "./args.ts";
import type { Checks } from "./checks.ts";

/** Checks the usage plan; the throttling of each key on single operations. */
export function usagePlanThrottling(
  check: Checks,
  { usagePlan }: SecureGatewayArgs,
  contract: ApiContract,
): Map<string, ThrottlingArgs> {
  if (usagePlan === undefined) return new Map();
  check.plain("usagePlan", usagePlan, "{ quotaLimit, quotaPeriod, throttling, operationThrottling }");
  const { quotaLimit, throttling, operationThrottling = {} } = usagePlan;
  if (quotaLimit !== undefined) check.whole("usagePlan.quotaLimit", quotaLimit, [1, 2 ** 31 - 1]);
  if (throttling !== undefined) check.throttling("usagePlan.throttling", throttling);
  const throttlings = check.operationThrottling("usagePlan.operationThrottling", operationThrottling, contract);
  for (const { operationId, authentication } of contract.operations) {
    if (authentication.scheme !== undefined || !throttlings.has(operationId)) continue;
    check.fail({
      property: `usagePlan.operationThrottling.${operationId}`,
      receivedText: "of an operation without an authorizer, which asks for no API key",
      allowed: "operations with an authorizer: a key only counts callers whom something else has identified",
      fix: "throttle it for all callers together, in operationThrottling",
    });
  }
  return throttlings;
}
