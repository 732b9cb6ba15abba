/** Stands in the place of a value that only AWS can tell: an id, an ARN, an endpoint. Reading it stops the rule. */
export const UNKNOWN: unique symbol = Symbol("palisade.unknown");

/**
 * A rule could not look at what it must look at: the value is not known before deployment, or has a type that the rule does not
 * understand. It is reported as *not evaluated*, never as a pass.
 */
export class NotEvaluatedError extends Error {
  override readonly name = "NotEvaluatedError";

  /**
   * @param path The property's path, `environment.variables.KEY`.
   * @param reason Why it was not looked at.
   */
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path}: ${reason}`);
  }
}
