import * as pulumi from "@pulumi/pulumi";
import type { Properties } from "./resources/handler.ts";

/** Pulumi's runtime functions for secrets on the wire, which its types leave out. */
const { isRpcSecret, unwrapRpcSecret } = pulumi.runtime as unknown as {
  isRpcSecret(value: unknown): boolean;
  unwrapRpcSecret(value: unknown): unknown;
};

/** Values as a handler wants them: secrets unwrapped at every depth, Pulumi's assets and archives kept. */
export function plain(value: unknown): unknown {
  const open = unwrapRpcSecret(value);
  if (Array.isArray(open)) return open.map(plain);
  if (open === null || typeof open !== "object") return open;
  if (pulumi.asset.Asset.isInstance(open) || pulumi.asset.Archive.isInstance(open)) return open;
  return Object.fromEntries(Object.entries(open).map(([key, item]) => [key, plain(item)]));
}

/** Whether a value is or holds a secret. */
function holdsSecret(value: unknown): boolean {
  if (isRpcSecret(value)) return true;
  return value !== null && typeof value === "object" && Object.values(value).some(holdsSecret);
}

/** Marks the properties of a state as secret that were secret among the inputs, as the engine does. */
export function keepSecrets(state: Properties, inputs: Properties): Properties {
  const secrets = Object.keys(inputs).filter((key) => key in state && holdsSecret(inputs[key]));
  return { ...state, ...Object.fromEntries(secrets.map((key) => [key, pulumi.secret(state[key])])) };
}
