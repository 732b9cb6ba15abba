import type * as pulumi from "@pulumi/pulumi";

/** The options of a ThreatSimulator. */
export interface ThreatSimulatorArgs {
  /**
   * The id of the account's GuardDuty detector in this region, which the list is given to: `ThreatDetection`'s `detectorId`.
   *
   * @example
   * { detectorId: detection.detectorId, allowSimulation: "a drill of the on-call team, until Friday" }
   */
  detectorId: pulumi.Input<string>;
  /**
   * Why a function may call a listed address outside of the stage `weak`, as a sentence: everybody who is told of findings is told of these, and the
   * account has a threat list of its own. Becomes the tag `palisade:lowered:threat-simulation`. Must be a literal. Default: none, and outside of
   * `weak` the component is refused.
   *
   * @default - only the stage `weak`
   * @example
   * { detectorId, allowSimulation: "a drill of the on-call team, until Friday" }
   */
  allowSimulation?: string;
  /**
   * The address that is listed and called: an IPv4 address. Default: one of the documentation's range, 198.51.100.0/24 (RFC 5737), where nobody
   * is. It must be public or of a documentation range: GuardDuty passes private addresses over. Give the address of a server of yours where the
   * connection is to come about. Must be a literal.
   *
   * @default 198.51.100.66
   * @example
   * { detectorId, allowSimulation: reason, address: "203.0.113.7" }
   */
  address?: string;
  /**
   * The TCP port that is called. Default: 443.
   *
   * @default 443
   * @example
   * { detectorId, allowSimulation: reason, port: 8080 }
   */
  port?: number;
  /**
   * Further tags of every resource. Those of Palisade's own win. Default: none.
   *
   * @default - none
   * @example
   * { detectorId, allowSimulation: reason, teamTags: { team: "security" } }
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}
