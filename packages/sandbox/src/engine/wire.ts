/**
 * Values as Pulumi's engine sends them to a provider: JSON, in which secrets, assets, resources and outputs are objects with a
 * signature, and an unknown is a text of its own (github.com/pulumi/pulumi, sdk/nodejs/runtime/rpc.ts).
 */
import * as pulumi from "@pulumi/pulumi";
import type { Properties } from "../resources/handler.ts";

/** The text that stands for a value that is known only after the deployment. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

function isRecord(value: unknown): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A wire value that only the bearer of the stack's passphrase reads in the state. */
export function secret(value: unknown): Properties {
  return { [SIGNATURE]: SECRET, value };
}

/**
 * A wire value as it is compared: secrets and outputs opened, resources by their id, assets by the hash of their content, and
 * properties without a value left out. Two values that mean the same to AWS compare equal.
 */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (!isRecord(value)) return value ?? undefined;
  switch (value[SIGNATURE]) {
    case SECRET:
      return comparable(value.value);
    case OUTPUT:
      return "value" in value ? comparable(value.value) : UNKNOWN;
    case RESOURCE:
      return value.id === "" ? UNKNOWN : (value.id ?? value.urn);
    case ASSET:
    case ARCHIVE:
      if (typeof value.hash === "string" && value.hash !== "") return `hash:${value.hash}`;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, comparable(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** A wire value as a handler wants it: plain, with Pulumi's own assets and archives. */
export function handlerValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(handlerValue);
  if (!isRecord(value)) return value;
  switch (value[SIGNATURE]) {
    case SECRET:
    case OUTPUT:
      return handlerValue(value.value);
    case RESOURCE:
      return value.id ?? value.urn;
    case ASSET:
      return asset(value);
    case ARCHIVE:
      return archive(value);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, handlerValue(item)]));
}

function asset({ path, text, uri }: Properties): pulumi.asset.Asset {
  if (typeof path === "string") return new pulumi.asset.FileAsset(path);
  if (typeof text === "string") return new pulumi.asset.StringAsset(text);
  return new pulumi.asset.RemoteAsset(String(uri));
}

function archive({ path, assets, uri }: Properties): pulumi.asset.Archive {
  if (typeof path === "string") return new pulumi.asset.FileArchive(path);
  if (isRecord(assets)) return new pulumi.asset.AssetArchive(handlerValue(assets) as pulumi.asset.AssetMap);
  return new pulumi.asset.RemoteArchive(String(uri));
}

/** The properties of a handler, from the engine. */
export function handlerProperties(wire: Properties): Properties {
  return handlerValue(wire) as Properties;
}

/**
 * The state of a resource for the engine: its inputs as they came, and what the handler adds or overrides. What was secret among the
 * inputs stays secret in the outputs.
 */
export function stateOnWire(inputs: Properties, outputs: Properties): Properties {
  const state: Properties = { ...inputs };
  for (const [key, value] of Object.entries(outputs)) {
    if (value === undefined) continue;
    // Once through JSON: dates become texts, and what has no place on the wire goes.
    const json: unknown = JSON.parse(JSON.stringify(value));
    state[key] = holdsSecret(inputs[key]) ? secret(json) : json;
  }
  return state;
}

/** Whether a wire value is or holds a secret. */
export function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isRecord(value)) return false;
  if (value[SIGNATURE] === SECRET || (value[SIGNATURE] === OUTPUT && value.secret === true)) return true;
  return Object.values(value).some(holdsSecret);
}
