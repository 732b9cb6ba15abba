import type { SecureGatewayArgs } from "@palisade/secure-gateway";
import type { GatewayConfig } from "./gateway-config.ts";
import type { StageData } from "./stages/stage.ts";

/** What guesses passwords, codes or second factors is asked as seldom as signing in. */
const GUESSABLE = ["signIn", "answerChallenge", "exchangeCode"] as const;

/** How the gateway of a stage is reached, and how often. */
export function gatewayOptions(
  { gateway }: Pick<StageData, "gateway">,
  { domain, corsOrigin }: GatewayConfig,
): Pick<SecureGatewayArgs, "throttling" | "operationThrottling" | "customDomain" | "cors"> {
  const { throttling, signInThrottling } = gateway;
  return {
    throttling,
    operationThrottling: {
      ...Object.fromEntries(GUESSABLE.map((operationId) => [operationId, signInThrottling])),
      // A feed of many orders costs the work of many requests.
      importOrders: { rateLimit: throttling.rateLimit / 10, burstLimit: Math.ceil(throttling.burstLimit / 10) },
    },
    ...(domain !== undefined && { customDomain: domain }),
    ...(corsOrigin !== undefined && { cors: { origin: corsOrigin } }),
  };
}
