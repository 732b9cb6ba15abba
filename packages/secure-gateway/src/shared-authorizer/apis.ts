import { invalid, show } from "@palisade/core";

/** An API of another account or region. */
export interface ForeignApi {
  arn: string;
  region: string;
  accountId: string;
  restApiId: string;
}

const API = /^arn:aws(?:-[a-z]+)*:execute-api:([a-z0-9-]+):(\d{12}):([a-z0-9]+)$/;
/** A function's policy has 20 KB, and a statement about 400 bytes (Lambda Developer Guide, "Lambda quotas"). */
const MOST = 40;

/**
 * The APIs of a list of ARNs.
 *
 * @throws PalisadeError for the first that is not allowed.
 */
export function foreignApis(name: string, apiArns: string[]): ForeignApi[] {
  const component = "SharedAuthorizer";
  if (!Array.isArray(apiArns) || apiArns.length === 0 || apiArns.length > MOST) {
    throw invalid({
      component,
      name,
      property: "apiArns",
      receivedText: Array.isArray(apiArns) ? `a list of ${apiArns.length}` : show(apiArns),
      allowed: `a literal list of 1 to ${MOST} ARNs: a function's policy holds no more`,
      fix: "name the APIs, and deploy a second function for more of them",
    });
  }
  return apiArns.map((arn, index) => {
    const [, region, accountId, restApiId] = (typeof arn === "string" && API.exec(arn)) || [];
    if (region === undefined || accountId === undefined || restApiId === undefined || apiArns.indexOf(arn) < index) {
      throw invalid({
        component,
        name,
        property: `apiArns[${index}]`,
        received: arn,
        allowed: "arn:aws:execute-api:<region>:<account>:<id> of one API, without a stage or a wildcard, once",
        fix: "name the API: a wildcard would let every API of the account learn whose token it was sent",
      });
    }
    return { arn, region, accountId, restApiId };
  });
}

/**
 * The value of the authorizer's variable `KNOWN_APIS`: it refuses every API of another account or region that is not on it.
 *
 * @param apiArns As in `SharedAuthorizerArgs`.
 * @throws PalisadeError for the first that is not allowed.
 */
export function knownApis(apiArns: string[]): string {
  return foreignApis("knownApis", apiArns)
    .map(({ arn }) => arn)
    .join(",");
}
