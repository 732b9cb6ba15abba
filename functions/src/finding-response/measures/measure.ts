/** A measure that can be taken back. */
export interface Measure {
  /**
   * What there is before it is taken, as a text of its own: what `undo` puts back.
   *
   * @throws Declined when it must not be taken
   */
  look(target: string): Promise<string>;
  /**
   * Takes it. Taken twice with the same time it is as if taken once.
   *
   * @throws Declined when it must not be taken
   */
  apply(target: string, at: string): Promise<void>;
  /**
   * Takes it back.
   *
   * @param earlier what `look` said
   * @param at when it was taken
   * @returns false when somebody else has changed it since: it is left as they want it
   */
  undo(target: string, earlier: string, at: string): Promise<boolean>;
}

/** A measure that is not taken, for a reason that people are told. */
export class Declined extends Error {
  override readonly name = "DeclinedError";
}
