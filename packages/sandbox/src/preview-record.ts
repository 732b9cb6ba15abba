import type { PolicyResource } from "@palisade/policy-pack";
import { UNKNOWN } from "@palisade/policy-pack";
import * as pulumi from "@pulumi/pulumi";
// Not part of Pulumi's documented surface; see program.ts.
import * as pulumiState from "@pulumi/pulumi/runtime/state.js";
import type { Program } from "./program.ts";

/** Signatures of special values on Pulumi's wire (sdk/nodejs/runtime/rpc.ts), which its types leave out. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const { unknownValue } = pulumi.runtime as unknown as { unknownValue: string };

interface Request {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getPropertydependenciesMap(): { forEach(look: (value: { getUrnsList(): string[] }, key: string) => void): void };
}

type Register = (
  request: Request,
  callback: (error: unknown, response?: { getUrn(): string; getId(): string }) => void,
) => Promise<void>;

const { getStore } = pulumiState as unknown as {
  getStore(): { settings: { monitor: { registerResource: Register } } };
};

/** A program that also records what it registers, as policy rules read it. Components are not recorded. */
export function recording<O>(program: Program<O>): { program: Program<O>; resources: PolicyResource[] } {
  const resources: PolicyResource[] = [];
  const recorded = async () => {
    const { monitor } = getStore().settings;
    const register = monitor.registerResource;
    monitor.registerResource = (request, callback) =>
      register(request, (error, response) => {
        if (response !== undefined && (request.getCustom() || request.getType().startsWith("awsx:"))) {
          resources.push(policyResource(request, response));
        }
        callback(error, response);
      });
    return program();
  };
  return { program: recorded, resources };
}

function policyResource(request: Request, response: { getUrn(): string; getId(): string }): PolicyResource {
  const dependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((urns, property) => {
    if (urns.getUrnsList().length > 0) dependencies[property] = urns.getUrnsList();
  });
  const id = response.getId();
  return {
    type: request.getType(),
    name: request.getName(),
    urn: response.getUrn(),
    props: known(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
    dependencies,
    ...(id === "" ? {} : { id }),
  };
}

/** A value of the wire as rules read it: secrets opened, `UNKNOWN` for what only AWS knows. */
export function known(value: unknown): unknown {
  if (value === unknownValue) return UNKNOWN;
  if (Array.isArray(value)) return value.map(known);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  // A secret, or an Output with its value; an Output without one is unknown.
  const kind = (value as Record<string, unknown>)[SIGNATURE];
  if (kind === SECRET || kind === OUTPUT) return "value" in value ? known(value.value) : UNKNOWN;
  return Object.fromEntries(entries.map(([key, item]) => [key, known(item)]));
}

const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
