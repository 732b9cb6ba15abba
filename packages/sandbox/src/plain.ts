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

/**
 * Inputs with the id in the place of each resource that a program handed over as a whole, as in `{ role }`; a component has its URN.
 * In a preview the id is not known, and the input is absent.
 */
export async function withIds(value: unknown): Promise<unknown> {
  if (pulumi.Resource.isInstance(value)) {
    const output = pulumi.CustomResource.isInstance(value) ? value.id : value.urn;
    return (output as unknown as { promise(): Promise<unknown> }).promise();
  }
  if (Array.isArray(value)) return Promise.all(value.map(withIds));
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await withIds(item)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
