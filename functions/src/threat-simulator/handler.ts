import { createSimulator, type Simulated } from "./core.ts";
import { readSimulatorEnvironment } from "./env.ts";

const simulate = createSimulator({ ...readSimulatorEnvironment(process.env), patience: 3000 });

/** Is invoked by hand: `{}`, or `{ "address": "<the listed address>" }`. */
export function handler(event?: { address?: unknown }): Promise<Simulated> {
  return simulate(event ?? {});
}
