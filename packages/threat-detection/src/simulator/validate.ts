import { isIPv4 } from "node:net";
import { invalid, type LoweredFloor, requireReason, wholeNumber } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import type { ThreatSimulatorArgs } from "./args.ts";
import { LISTED_ADDRESS, LISTED_PORT, SIMULATED_STAGE } from "./defaults.ts";

const COMPONENT = "ThreatSimulator";

/** The arguments, checked, with every default. */
export interface SimulatorSettings {
  address: string;
  port: number;
  lowered: LoweredFloor[];
}

/** Addresses that a packet to the internet never has: this network, private, carrier's, loopback, link-local, multicast and reserved. */
const NOT_PUBLIC =
  /^(0|10|127|22[4-9]|2[3-5]\d)\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\./;

/** @throws PalisadeError before any child is created, when an argument is not allowed, and outside of `weak` without a reason. */
export function simulatorSettings(name: string, args: ThreatSimulatorArgs): SimulatorSettings {
  const place = (property: string) => ({ component: COMPONENT, name, property });
  const stage = pulumi.getStack();
  const { address = LISTED_ADDRESS, allowSimulation } = args;
  if (allowSimulation === undefined && stage !== SIMULATED_STAGE) {
    throw invalid({
      ...place("allowSimulation"),
      receivedText: `no reason, in the stage ${stage}`,
      allowed: `a reason as a sentence, or the stage ${SIMULATED_STAGE}`,
      fix: "say why a function of this stage is to call an address on a threat list, or leave the simulator out",
    });
  }
  if (!isIPv4(address) || NOT_PUBLIC.test(address)) {
    throw invalid({
      ...place("address"),
      received: address,
      allowed: "an IPv4 address that is public or of a documentation range",
      fix: `leave it out for ${LISTED_ADDRESS}, or give the address of a server of yours`,
    });
  }
  const lowered =
    allowSimulation === undefined
      ? []
      : [
          {
            floor: "threat-simulation",
            reason: requireReason({ ...place("allowSimulation"), reason: allowSimulation }),
          },
        ];
  return { address, port: wholeNumber(place("port"), args.port ?? LISTED_PORT, [1, 65_535]), lowered };
}
