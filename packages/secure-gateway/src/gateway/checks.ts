import { type FunctionRef, invalid, isPlainObject, oneOf, requireReason, wholeNumber } from "@palisade/core";
import type { ApiContract } from "../openapi/operations.ts";
import type { ThrottlingArgs } from "./args.ts";

/** What stands in an error beside the gateway's name. */
export interface Fault {
  property: string;
  received?: unknown;
  receivedText?: string;
  allowed: string;
  fix: string;
}

/** The checks of one gateway. */
export type Checks = ReturnType<typeof checksOf>;

/** The checks of one gateway's arguments; each throws a PalisadeError that names the gateway and the property. */
export function checksOf(name: string) {
  const fail = (details: Fault): never => {
    throw invalid({ component: "SecureGateway", name, ...details });
  };
  const check = {
    fail,

    /** What decides which resources exist must be there when the program runs. */
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

    /** A literal record by `operationId`, of operations that the document has. */
    byOperation<T>(property: string, value: Record<string, T>, what: string, contract: ApiContract): Map<string, T> {
      check.plain(property, value, `record of ${what} by operationId`);
      const known = contract.operations.map(({ operationId }) => operationId);
      for (const key of Object.keys(value)) if (!known.includes(key)) fail(unknownOperation(property, key, known));
      return new Map(Object.entries(value));
    },

    operationThrottling(
      property: string,
      value: Record<string, ThrottlingArgs>,
      contract: ApiContract,
    ): Map<string, ThrottlingArgs> {
      const throttlings = check.byOperation(property, value, "throttlings", contract);
      for (const [key, throttling] of throttlings) check.throttling(`${property}.${key}`, throttling);
      return throttlings;
    },

    /** A written reason, where one is given. */
    reason(property: string, reason: string | undefined): string | undefined {
      if (reason === undefined) return undefined;
      return requireReason({ component: "SecureGateway", name, property, reason });
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
