import type { PolicyResource } from "./model.ts";
import { UNKNOWN } from "./unknown.ts";

/** Every resource of a stack, and how they refer to each other. */
export class Stack {
  readonly #byType = new Map<string, PolicyResource[]>();

  constructor(readonly resources: readonly PolicyResource[]) {
    for (const resource of resources) {
      this.#byType.set(resource.type, [...(this.#byType.get(resource.type) ?? []), resource]);
    }
  }

  ofType(type: string): readonly PolicyResource[] {
    return this.#byType.get(type) ?? [];
  }

  /**
   * The resources of a type that refer to `target` by a property: the property comes from the target (which is known before any id
   * is), or it is the target's id, or a literal that both have (a bucket's name).
   */
  referring(type: string, property: string, target: PolicyResource): PolicyResource[] {
    return this.ofType(type).filter((resource) => refersTo(resource, property, target));
  }

  /** The resource of one of the types that a property refers to. */
  referred(resource: PolicyResource, property: string, types: readonly string[]): PolicyResource | undefined {
    return types.flatMap((type) => this.ofType(type)).find((target) => refersTo(resource, property, target));
  }
}

/** Inputs that are a resource's physical name, by which others refer to it. */
const NAMES = ["bucket", "name", "clusterIdentifier", "stageName"];

function refersTo(resource: PolicyResource, property: string, target: PolicyResource): boolean {
  if (resource.dependencies?.[property]?.includes(target.urn)) return true;
  const value = resource.props[property];
  if (typeof value !== "string" || value === "") return false;
  if (value === target.id || (target.id !== undefined && value.endsWith(`/${target.id}`))) return true;
  return NAMES.some((name) => target.props[name] !== UNKNOWN && target.props[name] === value);
}
