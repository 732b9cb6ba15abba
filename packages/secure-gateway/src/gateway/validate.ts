import { type FunctionRef, LOG_RETENTION_DAYS, type LoweredFloor, validatedInput } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import type { CorsPolicy } from "../openapi/cors.ts";
import type { DocumentOwner } from "../openapi/document.ts";
import { type ApiContract, readContract } from "../openapi/operations.ts";
import { ExecutionLogLevel, QuotaPeriod, type SecureGatewayArgs, type ThrottlingArgs } from "./args.ts";
import { checksOf } from "./checks.ts";
import { DEFAULTS } from "./defaults.ts";
import { type CacheSettings, cacheSettings } from "./validate-cache.ts";
import { corsSettings } from "./validate-cors.ts";
import { type AddressSettings, addressSettings } from "./validate-domain.ts";
import { type AccessSettings, accessSettings } from "./validate-private.ts";
import { usagePlanThrottling } from "./validate-usage-plan.ts";

/** The arguments, checked, with the defaults filled in. */
export interface GatewaySettings {
  contract: ApiContract;
  functions: Map<string, FunctionRef>;
  authorizer: FunctionRef;
  permittedElsewhere: boolean;
  resultTtlSeconds: number;
  stageName: string;
  integrationTimeoutMilliseconds: number;
  binaryMediaTypes: string[];
  throttling: ThrottlingArgs;
  operationThrottling: Map<string, ThrottlingArgs>;
  executionLogLevel: ExecutionLogLevel;
  logRetentionDays: pulumi.Input<number>;
  quotaPeriod: QuotaPeriod;
  /** Throttling of each key of the usage plan, by `operationId`. */
  usagePlanThrottling: Map<string, ThrottlingArgs>;
  access: AccessSettings;
  addresses: AddressSettings;
  /** Undefined where no page of another origin may call. */
  cors: CorsPolicy | undefined;
  /** Undefined where no answer is kept. */
  cache: CacheSettings | undefined;
  /** Whether an import with a warning is refused. */
  failOnWarnings: boolean;
  /** Floors that the document or an argument lowers, each with a reason. */
  lowered: LoweredFloor[];
}

/**
 * Checks every argument before a resource is created.
 *
 * @throws PalisadeError for the first that is not allowed.
 */
export function gatewaySettings(name: string, args: SecureGatewayArgs): GatewaySettings {
  const contract = readContract(args.apiDocument, documentOwner(name));
  const check = checksOf(name);
  const functions = check.functions(args.functions, contract);
  check.plain("authorizer", args.authorizer, "{ function, resultTtlSeconds, permittedElsewhere }");
  check.functionRef("authorizer.function", args.authorizer.function);
  if (args.firewall !== undefined) check.plain("firewall", args.firewall, "{ webAclArn }");
  if (args.existingAccessLogGroup !== undefined) {
    check.plain("existingAccessLogGroup", args.existingAccessLogGroup, "{ logGroupArn, logGroupName }");
  }
  const access = accessSettings(check, args);
  const addresses = addressSettings(check, args);
  const cache = cacheSettings(check, args, contract);
  const keyThrottling = usagePlanThrottling(check, args, contract);
  const importWarnings = check.reason("allowImportWarnings", args.allowImportWarnings);
  const throttling = args.throttling ?? DEFAULTS.throttling;
  check.throttling("throttling", throttling);
  return {
    contract,
    functions,
    authorizer: args.authorizer.function,
    permittedElsewhere: check.choice("authorizer.permittedElsewhere", args.authorizer.permittedElsewhere ?? false, [
      true,
      false,
    ]),
    resultTtlSeconds: check.whole(
      "authorizer.resultTtlSeconds",
      args.authorizer.resultTtlSeconds ?? DEFAULTS.resultTtlSeconds,
      [0, 3600],
    ),
    stageName: check.stageName(args.stageName ?? DEFAULTS.stageName),
    integrationTimeoutMilliseconds: check.whole(
      "integrationTimeoutMilliseconds",
      args.integrationTimeoutMilliseconds ?? DEFAULTS.integrationTimeoutMilliseconds,
      [50, 29_000],
    ),
    binaryMediaTypes: check.mediaTypes(args.binaryMediaTypes ?? []),
    throttling,
    operationThrottling: check.operationThrottling("operationThrottling", args.operationThrottling ?? {}, contract),
    executionLogLevel: check.choice(
      "executionLogLevel",
      args.executionLogLevel ?? DEFAULTS.executionLogLevel,
      Object.values(ExecutionLogLevel),
    ),
    logRetentionDays: validatedInput<number>(args.logRetentionDays ?? DEFAULTS.logRetentionDays, (days) => {
      check.choice("logRetentionDays", days, LOG_RETENTION_DAYS);
    }),
    quotaPeriod: check.choice(
      "usagePlan.quotaPeriod",
      args.usagePlan?.quotaPeriod ?? DEFAULTS.quotaPeriod,
      Object.values(QuotaPeriod),
    ),
    usagePlanThrottling: keyThrottling,
    access,
    addresses,
    cors: corsSettings(check, args, contract),
    cache,
    failOnWarnings: importWarnings === undefined,
    lowered: [
      ...loweredFloors(contract),
      ...addresses.lowered,
      ...(cache?.lowered ?? []),
      ...(importWarnings === undefined ? [] : [{ floor: "import-warnings", reason: importWarnings }]),
    ],
  };
}

/** How errors name the document of a gateway. */
export function documentOwner(name: string): DocumentOwner {
  return { component: "SecureGateway", name, prefix: "apiDocument." };
}

/** The floors that a contract lowers: an operation that anybody may call, a body that no model describes. */
function loweredFloors(contract: ApiContract): LoweredFloor[] {
  return contract.operations.flatMap(({ operationId, authentication, body, method }) => {
    const floors: LoweredFloor[] = [];
    if (authentication.openReason !== undefined) {
      floors.push({ floor: `unauthenticated-route-${operationId}`, reason: authentication.openReason });
    }
    if (body !== undefined && body.unmodelled.length > 0) {
      const reason = `API Gateway models describe JSON only, not ${body.unmodelled.join(", ")}`;
      floors.push({ floor: `unmodelled-body-${operationId}`, reason });
    }
    if (body === undefined && ["POST", "PUT", "PATCH"].includes(method.toUpperCase())) {
      // API Gateway hands on a body that the contract does not have, and there is no model of none.
      floors.push({
        floor: `unmodelled-body-${operationId}`,
        reason: "The contract has no body here and none is read",
      });
    }
    return floors;
  });
}
