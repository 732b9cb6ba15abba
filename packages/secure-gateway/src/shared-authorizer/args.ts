import type { FunctionRef } from "@palisade/core";

/** What a `SharedAuthorizer` takes. */
export interface SharedAuthorizerArgs {
  /** The authorizer's function, which this account owns. It is told of the same APIs in its variable `KNOWN_APIS`. */
  function: FunctionRef;

  /**
   * The REST APIs of other accounts or regions that may ask the function, each as its ARN without a stage
   * (`arn:aws:execute-api:<region>:<account>:<id>`), at most 40. All must have the contract that the function knows. It must be a literal
   * list, because it decides which permissions exist. An API of the function's own account and region needs none: its own `SecureGateway`
   * makes the permission.
   *
   * @example `{ apiArns: ["arn:aws:execute-api:eu-central-1:444455556666:a1b2c3d4e5"] }`
   */
  apiArns: string[];
}
