import { bundle } from "@palisade/functions/bundle";
import { HardenedFunction } from "@palisade/hardened-function";
import { ThreatSimulator } from "@palisade/threat-detection";
import * as pulumi from "@pulumi/pulumi";
import type { AccountConfig } from "./config.ts";

/**
 * The function that calls an address of a threat list of our own, to see that a person is told: only where `palisade:simulateThreats` says why.
 *
 * @returns the function's name; undefined where no reason is given
 */
export async function createSimulator(
  { simulateThreats, threatSink }: AccountConfig,
  detectorId: pulumi.Input<string>,
): Promise<pulumi.Output<string> | undefined> {
  if (simulateThreats === undefined) return undefined;
  const simulator = new ThreatSimulator("threat-simulator", { detectorId, allowSimulation: simulateThreats });
  const { functionName } = new HardenedFunction("threat-caller", {
    code: new pulumi.asset.FileArchive(await bundle("threat-simulator")),
    description: "Calls an address that is on a threat list of our own",
    environment: {
      ...simulator.functionEnvironment(),
      // Only the sandbox knows one: there every listed address is a sink on loopback.
      ...(threatSink !== undefined && { THREAT_SINK: threatSink }),
    },
    timeoutSeconds: 10,
  });
  return functionName;
}
