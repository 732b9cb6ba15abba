import type { AwsClients } from "../clients.ts";
import type { startDatabaseServer } from "../database/index.ts";

/** A resource's inputs or outputs as plain values: Outputs resolved, secrets unwrapped, assets kept as Pulumi's assets. */
export type Properties = Record<string, unknown>;

/** What a handler may use. One context is made for each resource operation. */
export interface HandlerContext {
  /** AWS SDK clients with the emulator's administrator credentials. */
  clients: AwsClients;
  /** Base URL of the emulator, without a trailing slash. */
  emulatorUrl: string;
  region: string;
  accountId: string;
  partition: string;
  /** The stage that is provisioned (`weak`, `dev`, `prod`): the Pulumi stack's name. */
  stage: string;
  /** The resource's logical name. */
  name: string;
  /** Type token, as `aws:lambda/function:Function`. */
  type: string;
  /** Folder that a handler may write to; it is removed with the sandbox. */
  directory: string;
  /** Starts the database server behind an `aws.rds.Cluster`. */
  startDatabase: typeof startDatabaseServer;
  /**
   * The physical name of a resource whose program gives none: the logical name and a random suffix, as Pulumi's
   * auto-naming does.
   *
   * @param maximumLength In characters; the logical name is cut, never the suffix. Default: 64.
   */
  physicalName(maximumLength?: number): string;
}

/** The result of a creation, an update or a reading. */
export interface ResourceState {
  /** The provider's id of the resource, as the AWS provider documents it in its "import" section. */
  id: string;
  /** What the resource outputs beside its inputs; merged over the inputs. */
  outputs: Properties;
}

/**
 * How one resource type of `@pulumi/aws` is made on the emulator. The same objects are used by the in-process monitor
 * (`monitor.ts`) and by the provider for the real engine (`engine/`), so a handler keeps nothing between calls: what an
 * update or a deletion needs must be in the id or in the outputs.
 *
 * A handler calls AWS's API for each of its inputs that the emulator has an API for. An error of the API is thrown as it
 * is; nothing is caught to make a resource look created.
 */
export interface ResourceHandler<I = Properties> {
  /** Creates the resource. */
  create(inputs: I, ctx: HandlerContext): Promise<ResourceState>;
  /** Changes the resource in place. Absent: every change replaces it. */
  update?(id: string, olds: Properties, news: I, ctx: HandlerContext): Promise<ResourceState>;
  /** Deletes the resource; a resource that is already gone is no error. Absent: there is nothing to delete. */
  delete?(id: string, olds: Properties, ctx: HandlerContext): Promise<void>;
  /** Reads the resource as it is now; undefined when it is gone. Absent: the stored state is believed. */
  read?(id: string, olds: Properties, ctx: HandlerContext): Promise<ResourceState | undefined>;
  /**
   * Inputs whose change replaces the resource: those that the provider's schema marks `willReplaceOnChanges`
   * (github.com/pulumi/pulumi-aws, provider/cmd/pulumi-resource-aws/schema.json, v7.48.0), and those that AWS would change
   * in place but `update` does not apply, so that no change is passed over. Nested paths are written with dots. Absent: none.
   */
  replaceOnChanges?: readonly string[];
}

/** The handlers of one AWS service: type token to handler. */
export interface ServiceHandlers {
  types: Readonly<Record<string, ResourceHandler>>;
}

/**
 * Types the inputs of a handler. Pulumi hands every handler plain values whose shape the program's own types have
 * checked, so the narrower type is a claim, not a check.
 */
export function handler<I>(definition: ResourceHandler<I>): ResourceHandler {
  return definition as unknown as ResourceHandler;
}
