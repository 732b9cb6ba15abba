/**
 * Who may do what, asked of Amazon Verified Permissions with the caller's own token. It checks the token itself (pool, client, expiry,
 * `token_use`, signature) and decides by the Cedar policies of `functions/policies`. Two questions: which operations may the caller call,
 * and may the caller's operation touch this order. Whatever does not answer, or answers something else than a decision, is no permission.
 *
 * https://docs.aws.amazon.com/verifiedpermissions/latest/apireference/API_IsAuthorizedWithToken.html
 */
import { type AwsCaller, AwsError, createAwsCaller } from "./aws.ts";
import { type Environment, readAwsEnvironment, readEnvironment } from "./env.ts";
import { DependencyFault, Refusal } from "./refusal.ts";

/** An order as the policies see it. */
export interface OrderResource {
  id: string;
  /** The company that the order belongs to, from the database and never from the request. */
  companyId: string;
  status: string;
}

/** Where the policies are. */
export interface PermissionsEnvironment {
  policyStoreId: string;
  /** The pool whose groups the policies name: Verified Permissions puts its id before the name of each. */
  userPoolId: string;
}

/**
 * The two questions. Both reject with a DependencyFault when Verified Permissions does not answer in 1.2 seconds (or in what is left of the
 * invocation), answers with an error, or with anything but decisions; and with a Refusal of the layer `permissions` when it does not take
 * the token. The caller denies.
 */
export interface Permissions {
  /**
   * Asks for many operations at once, in as many requests as AWS's limit of 30 decisions needs.
   *
   * @returns those of the operations that the token's holder may call, in the order given
   */
  batchIsAuthorizedWithToken(token: string, operationIds: readonly string[]): Promise<string[]>;
  /** Asks whether the token's holder may do an operation to an order. The answer holds for this order in this state, now: never keep it. */
  isAuthorized(token: string, operationId: string, order: OrderResource): Promise<boolean>;
}

/** One decision, as Verified Permissions writes it. */
interface Decision {
  decision?: unknown;
  errors?: unknown;
}

const SERVICE = "verifiedpermissions";
// Of the schema, which packages/secure-gateway makes from openapi.yaml.
const ACTION = "Palisade::Action";
const API = { entityType: "Palisade::Api", entityId: "api" };
// AWS's limit (API reference, BatchIsAuthorizedWithToken, `requests`).
const MAX_REQUESTS = 30;
// A refusal is due within two seconds, and what comes before and after the question takes its share.
const TIMEOUT_MILLISECONDS = 1200;

/**
 * Reads where the policies are.
 *
 * @returns undefined where `POLICY_STORE_ID` is not set
 */
export function readPermissionsEnvironment(
  functionName: string,
  environment: Environment,
): PermissionsEnvironment | undefined {
  if (!environment.POLICY_STORE_ID) return undefined;
  const values = readEnvironment(functionName, environment, {
    POLICY_STORE_ID: { pattern: /^[A-Za-z0-9-]{1,200}$/, form: "the id of a policy store" },
    USER_POOL_ID: { pattern: /^[a-z]{2,4}(-[a-z]+)+-\d_[A-Za-z0-9]+$/, form: "the id of a Cognito user pool" },
  });
  return { policyStoreId: values.POLICY_STORE_ID, userPoolId: values.USER_POOL_ID };
}

/**
 * The questions, asked with the function's role. `AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS` goes before `AWS_ENDPOINT_URL`, as in AWS's SDKs.
 *
 * @returns undefined where `POLICY_STORE_ID` is not set
 */
export function createPermissions(functionName: string, environment: Environment): Permissions | undefined {
  const store = readPermissionsEnvironment(functionName, environment);
  if (store === undefined) return undefined;
  const endpoint = environment.AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS || environment.AWS_ENDPOINT_URL;
  const aws = readAwsEnvironment(functionName, { ...environment, AWS_ENDPOINT_URL: endpoint });
  return permissionsOf(createAwsCaller(aws), store);
}

/** The questions, asked with a caller. */
export function permissionsOf(call: AwsCaller, { policyStoreId, userPoolId }: PermissionsEnvironment): Permissions {
  const ask = async <T>(operation: string, input: object, read: (answer: Record<string, unknown>) => T): Promise<T> => {
    try {
      const answer = await call({
        service: SERVICE,
        target: `VerifiedPermissions.${operation}`,
        version: "1.0",
        milliseconds: TIMEOUT_MILLISECONDS,
        input: { policyStoreId, ...input },
      });
      return read(answer);
    } catch (error) {
      throw faultOf(error);
    }
  };

  return {
    async batchIsAuthorizedWithToken(token, operationIds) {
      const batches: string[][] = [];
      for (let start = 0; start < operationIds.length; start += MAX_REQUESTS) {
        batches.push(operationIds.slice(start, start + MAX_REQUESTS));
      }
      const allowed = await Promise.all(
        batches.map((ids) => {
          const requests = ids.map((id) => ({ action: actionOf(id), resource: API }));
          return ask("BatchIsAuthorizedWithToken", { accessToken: token, requests }, (answer) =>
            allowedOf(answer, ids),
          );
        }),
      );
      return allowed.flat();
    },
    isAuthorized(token, operationId, order) {
      const input = {
        accessToken: token,
        action: actionOf(operationId),
        resource: { entityType: "Palisade::Order", entityId: order.id },
        entities: { entityList: entitiesOf(order, userPoolId) },
      };
      return ask("IsAuthorizedWithToken", input, isAllowed);
    },
  };
}

function actionOf(operationId: string) {
  return { actionType: ACTION, actionId: operationId };
}

// The company's people are those of its group in the token: whoever asks cannot say who belongs to whom.
function entitiesOf({ id, companyId, status }: OrderResource, userPoolId: string): object[] {
  const company = { entityType: "Palisade::Company", entityId: companyId };
  const members = { entityType: "Palisade::Role", entityId: `${userPoolId}|company:${companyId}` };
  return [
    {
      identifier: { entityType: "Palisade::Order", entityId: id },
      attributes: { company: { entityIdentifier: company }, status: { string: status } },
    },
    { identifier: company, attributes: { members: { entityIdentifier: members } } },
  ];
}

// AWS answers in the order of the requests and repeats each: an answer to another question is none.
function allowedOf({ results }: Record<string, unknown>, operationIds: readonly string[]): string[] {
  if (!Array.isArray(results) || results.length !== operationIds.length) throw new TypeError("not as many decisions");
  return operationIds.filter((id, index) => {
    const result = (results[index] ?? {}) as Decision & { request?: { action?: { actionId?: unknown } } };
    if (result.request?.action?.actionId !== id) throw new TypeError("the decision of another question");
    return isAllowed(result);
  });
}

// Cedar leaves out a policy that it could not evaluate, and the policy may have been a forbid.
function isAllowed({ decision, errors }: Decision): boolean {
  if (decision !== "ALLOW" && decision !== "DENY") throw new TypeError("no decision");
  return decision === "ALLOW" && (errors === undefined || (Array.isArray(errors) && errors.length === 0));
}

function faultOf(error: unknown): Error {
  if (error instanceof DependencyFault) return error;
  // What a token that is not valid is answered with; the rest of the input is ours, and a test holds it against the schema.
  if (error instanceof AwsError && error.code === "ValidationException") {
    return new Refusal({ layer: "permissions", defence: "verified-token", status: 401, detail: "Sign in again." });
  }
  return new DependencyFault(SERVICE, error);
}
