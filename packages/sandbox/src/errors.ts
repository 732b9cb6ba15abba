/** An error for the person at the terminal: one sentence of what is wrong and one of what to do about it. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";

  /**
   * @param problem What is wrong, with the received value, as a sentence.
   * @param remedy What to do, as a sentence.
   */
  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem} ${remedy}`, options);
  }
}
