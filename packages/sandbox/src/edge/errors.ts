/**
 * A web ACL asks for something that the edge does not evaluate. The web ACL is refused as a whole: a rule that is passed over would
 * look like one that never matches.
 */
export class EdgeError extends Error {
  override readonly name = "EdgeError";
}
