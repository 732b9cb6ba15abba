import { Refusal } from "../../shared/refusal.ts";

/** Refuses a request of an API that the function does not serve. */
export type ApiCheck = (methodArn: string, functionArn: string | undefined) => void;

const FUNCTION = /^arn:([a-z-]+):lambda:([a-z0-9-]+):(\d{12}):function:/;

/**
 * A check of the API that asks: the APIs of the function's own account and region, which its permissions name one by one, and those of
 * other accounts and regions that are listed. Without it, whoever is let to invoke the function can wire it to an API of their own, and
 * be told of each token that somebody sends there whose it is.
 *
 * @param apis ARNs without a stage, e.g. `arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5`
 * @returns a function that throws a Refusal of `authorizer:known-api`
 */
export function createApiCheck(apis: readonly string[]): ApiCheck {
  const known = new Set(apis);
  // Lambda names the same function each time; reading its ARN again is a hundredth of the whole decision.
  let last: { functionArn: string; own: string | undefined } | undefined;
  return (methodArn, functionArn = "") => {
    const api = methodArn.slice(0, methodArn.indexOf("/"));
    if (known.has(api)) return;
    if (last?.functionArn !== functionArn) last = { functionArn, own: ownApis(functionArn) };
    if (last.own !== undefined && api.startsWith(last.own)) return;
    throw new Refusal({
      layer: "authorizer",
      defence: "known-api",
      status: 401,
      detail: "The API is not one that this authorizer serves.",
    });
  };
}

// How the ARNs of the APIs of a function's account and region begin.
function ownApis(functionArn: string): string | undefined {
  const own = FUNCTION.exec(functionArn);
  return own === null ? undefined : `arn:${own[1]}:execute-api:${own[2]}:${own[3]}:`;
}
