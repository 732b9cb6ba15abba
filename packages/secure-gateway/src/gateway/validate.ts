import {
  type FunctionRef,
  invalid,
  isPlainObject,
  LOG_RETENTION_DAYS,
  type LoweredFloor,
  oneOf,
  validatedInput,
  wholeNumber,
} from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import type { DocumentOwner } from "../openapi/document.ts";
import { type ApiContract, readContract } from "../openapi/operations.ts";
import { ExecutionLogLevel, QuotaPeriod, type SecureGatewayArgs, type ThrottlingArgs } from "./args.ts";
import { DEFAULTS } from "./defaults.ts";

/** The arguments, checked, with the defaults filled in. */
export interface GatewaySettings {
  contract: ApiContract;
  functions: Map<string, FunctionRef>;
  authorizer: FunctionRef;
  resultTtlSeconds: number;
  stageName: string;
  integrationTimeoutMilliseconds: number;
  binaryMediaTypes: string[];
  throttling: ThrottlingArgs;
  operationThrottling: Map<string, ThrottlingArgs>;
  executionLogLevel: ExecutionLogLevel;
  logRetentionDays: pulumi.Input<number>;
  quotaPeriod: QuotaPeriod;
  /** Floors that the document lowers, each with a reason. */
  lowered: LoweredFloor[];
}

/** What stands in an error beside the gateway's name. */
interface Fault {
  property: string;
  received?: unknown;
  receivedText?: string;
  allowed: string;
  fix: string;
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
  check.plain("authorizer", args.authorizer, "{ function, resultTtlSeconds }");
  check.functionRef("authorizer.function", args.authorizer.function);
  if (args.firewall !== undefined) check.plain("firewall", args.firewall, "{ webAclArn }");
  if (args.existingAccessLogGroup !== undefined) {
    check.plain("existingAccessLogGroup", args.existingAccessLogGroup, "{ logGroupArn, logGroupName }");
  }
  check.usagePlan(args);
  const throttling = args.throttling ?? DEFAULTS.throttling;
  check.throttling("throttling", throttling);
  return {
    contract,
    functions,
    authorizer: args.authorizer.function,
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
    operationThrottling: check.operationThrottling(args.operationThrottling ?? {}, contract),
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
    lowered: loweredFloors(contract),
  };
}

/** How errors name the document of a gateway. */
export function documentOwner(name: string): DocumentOwner {
  return { component: "SecureGateway", name, prefix: "apiDocument." };
}

/** The floors that a contract lowers: an operation that anybody may call, a body that no model describes. */
function loweredFloors(contract: ApiContract): LoweredFloor[] {
  return contract.operations.flatMap(({ operationId, authentication, body }) => {
    const floors: LoweredFloor[] = [];
    if (authentication.openReason !== undefined) {
      floors.push({ floor: `unauthenticated-route-${operationId}`, reason: authentication.openReason });
    }
    if (body !== undefined && body.unmodelled.length > 0) {
      const reason = `API Gateway models describe JSON only, not ${body.unmodelled.join(", ")}`;
      floors.push({ floor: `unmodelled-body-${operationId}`, reason });
    }
    return floors;
  });
}

function checksOf(name: string) {
  const fail = (details: Fault): never => {
    throw invalid({ component: "SecureGateway", name, ...details });
  };
  const check = {
    plain(property: string, value: unknown, shape: string): void {
      if (isPlainObject(value)) return;
      fail({
        property,
        received: value,
        allowed: `a literal ${shape}`,
        fix: "pass a literal: its presence decides what exists",
      });
    },

    whole(property: string, value: unknown, range: [number, number]): number {
      return wholeNumber({ component: "SecureGateway", name, property }, value, range);
    },

    choice<T>(property: string, value: T, allowed: readonly T[]): T {
      return oneOf({ component: "SecureGateway", name, property }, value, allowed);
    },

    functionRef(property: string, value: unknown): void {
      const missing = ["functionName", "functionArn", "invokeArn"].filter(
        (key) => typeof value !== "object" || value === null || (value as Record<string, unknown>)[key] === undefined,
      );
      if (missing.length === 0) return;
      fail({
        property,
        receivedText: `without ${missing.join(", ")}`,
        allowed: "a function: functionName, functionArn, invokeArn, and the qualifier where there is an alias",
        fix: "pass a HardenedFunction, or the three strings of a function that exists",
      });
    },

    functions(value: unknown, contract: ApiContract): Map<string, FunctionRef> {
      if (!isPlainObject(value)) {
        return fail({
          property: "functions",
          received: value,
          allowed: "a literal record of functions by operationId",
          fix: "pass a literal: its keys decide which permissions exist",
        });
      }
      const wanted = contract.operations.map(({ operationId }) => operationId);
      for (const operationId of wanted) {
        if (Object.hasOwn(value, operationId)) continue;
        fail({
          property: "functions",
          receivedText: `without a function for the operation ${operationId}`,
          allowed: `a function for each of ${wanted.join(", ")}`,
          fix: `add ${operationId}, or remove the operation from apiDocument`,
        });
      }
      for (const key of Object.keys(value)) {
        if (!wanted.includes(key)) fail(unknownOperation("functions", key, wanted));
        check.functionRef(`functions.${key}`, value[key]);
      }
      return new Map(wanted.map((operationId) => [operationId, value[operationId] as FunctionRef]));
    },

    throttling(property: string, value: ThrottlingArgs): void {
      check.plain(property, value, "{ rateLimit, burstLimit }");
      const { rateLimit, burstLimit } = value;
      if (typeof rateLimit !== "number" || !Number.isFinite(rateLimit) || rateLimit < 0) {
        fail({
          property: `${property}.rateLimit`,
          received: rateLimit,
          allowed: "a number of requests a second, at least 0",
          fix: "set both rateLimit and burstLimit: one alone leaves the other without a limit",
        });
      }
      if (!Number.isInteger(burstLimit) || burstLimit < 0) {
        fail({
          property: `${property}.burstLimit`,
          received: burstLimit,
          allowed: "a whole number of requests, at least 0",
          fix: "set both rateLimit and burstLimit: one alone leaves the other without a limit",
        });
      }
    },

    operationThrottling(value: Record<string, ThrottlingArgs>, contract: ApiContract): Map<string, ThrottlingArgs> {
      check.plain("operationThrottling", value, "record of throttlings by operationId");
      const known = contract.operations.map(({ operationId }) => operationId);
      for (const [key, throttling] of Object.entries(value)) {
        if (!known.includes(key)) fail(unknownOperation("operationThrottling", key, known));
        check.throttling(`operationThrottling.${key}`, throttling);
      }
      return new Map(Object.entries(value));
    },

    usagePlan({ usagePlan }: SecureGatewayArgs): void {
      if (usagePlan === undefined) return;
      check.plain("usagePlan", usagePlan, "{ quotaLimit, quotaPeriod, throttling }");
      if (usagePlan.quotaLimit !== undefined)
        check.whole("usagePlan.quotaLimit", usagePlan.quotaLimit, [1, 2 ** 31 - 1]);
      if (usagePlan.throttling !== undefined) check.throttling("usagePlan.throttling", usagePlan.throttling);
    },

    stageName(value: string): string {
      if (typeof value === "string" && /^[A-Za-z0-9_-]{1,128}$/.test(value)) return value;
      return fail({
        property: "stageName",
        received: value,
        allowed: "a literal of letters, digits, `-` and `_`, at most 128 characters",
        fix: "set stageName to one",
      });
    },

    mediaTypes(value: string[]): string[] {
      value.forEach((mediaType, index) => {
        if (typeof mediaType === "string" && /^[A-Za-z0-9.+-]+\/[A-Za-z0-9.+-]+$/.test(mediaType)) return;
        fail({
          property: `binaryMediaTypes[${index}]`,
          received: mediaType,
          allowed: "a media type `type/subtype` without wildcards",
          fix: "name each media type: with a wildcard JSON bodies reach no model",
        });
      });
      return value;
    },
  };
  return check;
}

function unknownOperation(property: string, key: string, known: string[]): Fault {
  return {
    property: `${property}[${JSON.stringify(key)}]`,
    receivedText: "for an operation that apiDocument does not have",
    allowed: known.join(", "),
    fix: "correct the operationId, or add the operation to apiDocument",
  };
}
