/** A request as AWS WAF gets it from the host service, before anything is cut. */
export interface EdgeRequest {
  method: string;
  /** Path as the client sent it, encoded as it was; without the query. */
  path: string;
  /** What follows `?`, encoded as it was; empty when there is none. */
  query: string;
  /** As `1.1`. */
  httpVersion: string;
  /** Name and value pairs in the client's order and spelling, one character a byte (`latin1`). */
  headers: readonly (readonly [string, string])[];
  /** The body's first bytes: at least one more than the inspection limit, where the body has as many. */
  body: Buffer;
  /** Address of the peer, IPv4 or IPv6. */
  clientIp: string;
  /** Identifies the request in the log. */
  requestId: string;
}
