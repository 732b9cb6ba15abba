import type { Deployment, PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { sandboxConfig } from "../provision.ts";
import type { ResourceHandler } from "../resources/handler.ts";
import { EmulatorProvider } from "./provider.ts";
import { openStack, servePackages } from "./run.ts";

export interface UpgradeOptions {
  /** The stack's name. */
  stage: string;
  /** What `pulumi stack export` wrote of an earlier release. */
  state: Deployment;
  /** The program of today. */
  program: PulumiFn;
  /** Configuration by full key; `aws:region` is the region that is played. */
  config: Readonly<Record<string, string>>;
  handlers: Readonly<Record<string, ResourceHandler>>;
  /** Folder for all that the preview writes; the caller removes it. */
  directory: string;
}

/** What an upgrade would do; resources by type and logical name, sorted. */
export interface Upgrade {
  replaced: string[];
  /** Those of the replaced that are deleted before the new one is there: while they are gone, whatever needs them is down. */
  deletedFirst: string[];
  deleted: string[];
  created: number;
  updated: number;
  /** Those that stay as they are. */
  same: number;
}

/**
 * Asks Pulumi's own engine, whose CLI must be on PATH, what today's program would do to the state of an earlier release. Nothing is made, and
 * no emulator is started: which changes replace a resource is the handlers' to say.
 */
export async function previewUpgrade(options: UpgradeOptions): Promise<Upgrade> {
  const region = options.config["aws:region"] ?? "us-east-1";
  const provider = new EmulatorProvider({
    identity: { region, accountId: accountOf(options.state), partition: "aws" },
    handlers: options.handlers,
    lateValues: new Map(),
    context: (type, name) => {
      throw new Error(`a preview made ${type} "${name}"`);
    },
  });
  const { attached, close } = await servePackages(provider);
  try {
    const stack = await openStack(options, attached, { ...options.config, ...sandboxConfig(region, EMULATOR) });
    await stack.importStack(options.state);
    const done: { op: string; resource: string }[] = [];
    await stack.preview({
      onEvent: ({ resourcePreEvent }) => {
        if (resourcePreEvent === undefined) return;
        const { op, type, urn } = resourcePreEvent.metadata;
        if (!type.startsWith("pulumi:")) done.push({ op, resource: `${type} ${urn.split("::").at(-1)}` });
      },
    });
    const those = (op: string) => done.filter((each) => each.op === op).map(({ resource }) => resource);
    const made = new Set<string>();
    const deletedFirst = new Set<string>();
    for (const { op, resource } of done) {
      if (op === "create-replacement") made.add(resource);
      if (op === "delete-replaced" && !made.has(resource)) deletedFirst.add(resource);
    }
    return {
      replaced: those("replace").sort(),
      deletedFirst: [...deletedFirst].sort(),
      deleted: those("delete").sort(),
      created: those("create").length,
      updated: those("update").length,
      same: those("same").length,
    };
  } finally {
    close();
  }
}

/** Where the functions' environments say that AWS is. Nobody listens there. */
const EMULATOR = "http://127.0.0.1:9";

/** The account that the state's resources are in, by the first ARN that names one. */
function accountOf(state: Deployment): string {
  const account = /arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(JSON.stringify(state))?.[1];
  if (account === undefined) throw new Error("the state has no ARN of an account");
  return account;
}
