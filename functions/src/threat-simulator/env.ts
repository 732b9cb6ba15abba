import { type Environment, readEnvironment } from "../shared/env.ts";
import type { Place } from "./core.ts";

/** What the simulator is set up with. */
export interface SimulatorEnvironment {
  /** The address that is on the threat list: the only one that is ever called. */
  listed: Place;
  /** Where its connection goes: to the address itself on AWS, and to a sink of the sandbox's on this machine. */
  route: Place;
  /** The function's own name, by which its calls say who makes them. */
  functionName: string;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const SINK = /^(-|127\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d{1,5})$/;

/**
 * Reads the simulator's environment.
 *
 * @throws Error when something is missing or has another form, when a sink is set on AWS, and when none is set in the sandbox: from a machine
 *   of ours nothing is called but the sink.
 */
export function readSimulatorEnvironment(environment: Environment): SimulatorEnvironment {
  const values = readEnvironment("threat-simulator", environment, {
    LISTED_ADDRESS: { pattern: IPV4, form: "an IPv4 address" },
    LISTED_PORT: { pattern: /^[1-9]\d{0,4}$/, form: "a port", fallback: "443" },
    THREAT_SINK: { pattern: SINK, form: "an address of 127.0.0.0/8 and a port", fallback: "-" },
    AWS_ENDPOINT_URL: { form: "a URL", fallback: "-" },
    AWS_LAMBDA_FUNCTION_NAME: { form: "the function's name", fallback: "threat-simulator" },
  });
  const listed = { host: values.LISTED_ADDRESS, port: Number(values.LISTED_PORT) };
  const inSandbox = values.AWS_ENDPOINT_URL !== "-";
  const hasSink = values.THREAT_SINK !== "-";
  if (hasSink && !inSandbox) {
    throw new Error("threat-simulator: environment: THREAT_SINK is set on AWS; only the sandbox sets it: unset it");
  }
  if (inSandbox && !hasSink) {
    throw new Error(
      "threat-simulator: environment: THREAT_SINK is not set, and AWS_ENDPOINT_URL says that this is no function of AWS's: nothing is called from here",
    );
  }
  return {
    listed,
    route: hasSink ? placeOf(values.THREAT_SINK) : listed,
    functionName: values.AWS_LAMBDA_FUNCTION_NAME,
  };
}

function placeOf(text: string): Place {
  const [host, port] = text.split(":") as [string, string];
  return { host, port: Number(port) };
}
