/** One resource as the program registered it. */
export interface RecordedResource {
  /** The type token, for example `aws:iam/role:Role`. */
  type: string;
  /** The logical name. */
  name: string;
  /** The URN, with the whole chain of parent types: `urn:pulumi:<stack>::<project>::<parent>$<type>::<name>`. */
  urn: string;
  /** The types of its parents, outermost first. */
  parentTypes: string[];
  /** The parent's URN; empty at the root. */
  parentUrn: string;
  /** False for a component. */
  custom: boolean;
  /** True for a component that a plugin makes, as awsx does: its children are the plugin's and are not recorded. */
  remote: boolean;
  /** The id that the mocks gave it; empty for a component. */
  id: string;
  /** Resolved inputs, secrets unwrapped, after transforms. */
  inputs: Record<string, unknown>;
  /** The inputs that hold a secret. */
  secretInputs: string[];
  /** The state after creation; for a component, what it gave to `registerOutputs`. */
  outputs: Record<string, unknown>;
  /** True for a component that called `registerOutputs` with at least one output; Pulumi itself calls it with none. */
  outputsRegistered: boolean;
  /** The resource options that change what happens to the resource. */
  options: RecordedOptions;
}

/** The resource options that a test may want to assert. */
export interface RecordedOptions {
  protect: boolean;
  retainOnDelete: boolean;
  deleteBeforeReplace: boolean;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  /** URNs of everything that it waits for, by `dependsOn` or through an input. */
  dependsOn: string[];
  /** The provider's reference (`<urn>::<id>`); empty for the default provider. */
  provider: string;
  /** Aliases by name, or by URN. */
  aliases: string[];
}

/** One call of a provider function. */
export interface RecordedInvoke {
  token: string;
  inputs: Record<string, unknown>;
}

/** What a program did. */
export class Recording<T> {
  /** What the program returned, as it returned it. */
  readonly result: T;
  /** Every resource, in the order of registration. */
  readonly resources: readonly RecordedResource[];
  /** Every call of a provider function, in order. */
  readonly invokes: readonly RecordedInvoke[];

  constructor(result: T, resources: readonly RecordedResource[], invokes: readonly RecordedInvoke[]) {
    this.result = result;
    this.resources = resources;
    this.invokes = invokes;
  }

  /** Everything below a component, of which `parent` is the logical name; every resource with a parent without it. */
  children(parent?: string): RecordedResource[] {
    if (parent === undefined) return this.resources.filter((resource) => resource.parentUrn !== "");
    const below = new Set(
      this.resources.filter((resource) => resource.name === parent).map((resource) => resource.urn),
    );
    const found: RecordedResource[] = [];
    // A child is registered after its parent, so one pass finds the grandchildren too.
    for (const resource of this.resources) {
      if (!below.has(resource.parentUrn)) continue;
      below.add(resource.urn);
      found.push(resource);
    }
    return found;
  }

  /** Every resource of a type. */
  all(type: string): RecordedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /**
   * The one resource of a type, and of a logical name if there are several.
   *
   * @throws Error when there is none, or more than one; it lists what there is.
   */
  one(type: string, name?: string): RecordedResource {
    const found = this.all(type).filter((resource) => name === undefined || resource.name === name);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      const wanted = name === undefined ? type : `${type} named "${name}"`;
      const known = this.resources.map((resource) => `${resource.type} "${resource.name}"`).join("\n  ");
      throw new Error(`${found.length} resources of ${wanted}; expected exactly 1. Registered:\n  ${known}`);
    }
    return first;
  }

  /** How many resources of a type there are. */
  count(type: string): number {
    return this.all(type).length;
  }

  /** How many resources there are of each type, types sorted: pins a component's whole shape in one assertion. */
  types(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type } of [...this.resources].sort((a, b) => (a.type < b.type ? -1 : 1))) {
      counts[type] = (counts[type] ?? 0) + 1;
    }
    return counts;
  }
}
