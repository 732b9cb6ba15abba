import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { PolicyResource } from "@palisade/policy-pack";
import { UNKNOWN } from "@palisade/policy-pack";
import * as pulumi from "@pulumi/pulumi";
// Not part of Pulumi's documented surface; see program.ts.
import * as pulumiState from "@pulumi/pulumi/runtime/state.js";
import { firstOfProgram, type SourceLine } from "./preview-source.ts";
import type { Program } from "./program.ts";

/** Signatures of special values on Pulumi's wire (sdk/nodejs/runtime/rpc.ts), which its types leave out. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const { unknownValue } = pulumi.runtime as unknown as { unknownValue: string };

/**
 * Pulumi reads `at name (place)` out of a stack trace and leaves out what has no name: a program's top level, an arrow function
 * (sdk/nodejs/resource.ts, `framePositionRegExp`). This reads both forms.
 */
(pulumi.Resource as unknown as { framePositionRegExp: RegExp }).framePositionRegExp =
  /^\s*at (?:.* \(|async )?(?<file>[^()]+):(?<line>[0-9]+):(?<column>[0-9]+)\)?$/;

/** Runs whose resources' places nobody asks for, by Pulumi's store of each: a stack trace of every resource is dear. */
const untraced = new WeakSet<object>();
type StackTrace = (skip: number) => unknown[];
const { stackTrace } = pulumi.Resource as unknown as { stackTrace: StackTrace };
(pulumi.Resource as unknown as { stackTrace: StackTrace }).stackTrace = (skip) =>
  untraced.has(getStore()) ? [] : stackTrace(skip + 1);

interface Frame {
  getPc(): { getUri(): string; getLine(): number; getColumn(): number } | undefined;
}

interface Request {
  getType(): string;
  getName(): string;
  getStacktrace(): { getFramesList(): Frame[] } | undefined;
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

/** What a program registered. */
export interface Recorded {
  /** As policy rules read them. Components are not among them. */
  resources: PolicyResource[];
  /** Where each resource and component was made, by URN. */
  sources: Map<string, SourceLine>;
  /** The inputs as they may be kept on the disk, by URN: secrets and what only AWS knows are left out. */
  inputs: Map<string, Record<string, unknown>>;
}

/**
 * A program that also records what it registers.
 *
 * @param traced Whether the places are recorded where resources are made. Default: true.
 */
export function recording<O>(program: Program<O>, traced = true): { program: Program<O>; recorded: Recorded } {
  const recorded: Recorded = { resources: [], sources: new Map(), inputs: new Map() };
  const recordingProgram = async () => {
    if (!traced) untraced.add(getStore());
    const { monitor } = getStore().settings;
    const register = monitor.registerResource;
    monitor.registerResource = (request, callback) =>
      register(request, (error, response) => {
        if (response !== undefined) record(recorded, request, response);
        callback(error, response);
      });
    return program();
  };
  return { program: recordingProgram, recorded };
}

function record(recorded: Recorded, request: Request, response: { getUrn(): string; getId(): string }): void {
  const urn = response.getUrn();
  const source = sourceOf(request);
  if (source !== undefined) recorded.sources.set(urn, source);
  if (!request.getCustom() && !request.getType().startsWith("awsx:")) return;
  recorded.resources.push(policyResource(request, response));
  recorded.inputs.set(urn, keepable(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>);
}

/** Pulumi sends the stack trace of each registration (sdk/nodejs/resource.ts, `stackTrace`); its first line of the program's own. */
function sourceOf(request: Request): SourceLine | undefined {
  const frames = request.getStacktrace()?.getFramesList() ?? [];
  const positions = frames.flatMap((frame) => {
    const at = frame.getPc();
    return at === undefined ? [] : [{ uri: at.getUri(), line: at.getLine(), column: at.getColumn() }];
  });
  return firstOfProgram(positions);
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
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** A value of the wire as it may lie on the disk: no secret, and in the place of a file the hash of what is in it. */
function keepable(value: unknown): unknown {
  if (value === unknownValue) return "(known after deployment)";
  if (Array.isArray(value)) return value.map(keepable);
  if (value === null || typeof value !== "object") return value;
  const { [SIGNATURE]: kind, ...rest } = value as Record<string, unknown>;
  if (kind === SECRET) return "(secret)";
  if (kind === OUTPUT)
    return rest.secret === true ? "(secret)" : "value" in rest ? keepable(rest.value) : keepable(unknownValue);
  if ((kind === ASSET || kind === ARCHIVE) && typeof rest.path === "string") return contentHash(rest.path);
  return Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, keepable(item)]));
}

/** The hash of a file; of a folder its name, since what is in it is not read. */
function contentHash(path: string): string {
  if (!existsSync(path) || !statSync(path).isFile()) return `(${basename(path)})`;
  return `sha256:${createHash("sha256").update(readFileSync(path)).digest("hex")}`;
}
