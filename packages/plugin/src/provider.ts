import type * as pulumi from "@pulumi/pulumi";
import * as palisade from "./index.ts";
import schema from "./schema.golden.json" with { type: "json" };

/** The package's name, which is the first part of every component's type token. */
const PACKAGE = "palisade";

type Component = new (
  name: string,
  args: pulumi.Inputs,
  opts?: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/**
 * The provider that `pulumi package add` starts: it tells the schema of the components, and constructs them.
 *
 * Pulumi's own host would infer the schema anew in each process that constructs a component, from the sources and AWS's declarations, which
 * takes seconds and half a gigabyte. This one answers with what the same analyzer inferred when the package was made; a test holds them equal.
 */
export class PalisadeProvider implements pulumi.provider.Provider {
  readonly version: string;
  readonly #components: ReadonlyMap<string, { make: Component; outputs: string[] }>;

  /** @param version The package's version, which generated SDKs ask for. */
  constructor(version: string) {
    this.version = version;
    this.#components = new Map(
      Object.entries(schema.resources).map(([type, { properties }]) => [
        type,
        { make: componentOf(type), outputs: Object.keys(properties) },
      ]),
    );
  }

  async getSchema(): Promise<string> {
    return JSON.stringify({ ...schema, version: this.version });
  }

  /**
   * Makes one component with its children.
   *
   * @throws Error when there is no such component, and what the component throws.
   */
  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    const component = this.#components.get(type);
    if (component === undefined) {
      const known = [...this.#components.keys()].map((token) => token.replace(`${PACKAGE}:index:`, "")).sort();
      throw new Error(
        `${PACKAGE} ${this.version} has no component ${JSON.stringify(type)} ("${name}"); it has ${known.join(", ")}. ` +
          "Correct the type, or take a newer version of the package.",
      );
    }
    const made = new component.make(name, inputs, options);
    const state = Object.fromEntries(component.outputs.map((key) => [key, Reflect.get(made, key)]));
    return { urn: made.urn, state };
  }
}

function componentOf(type: string): Component {
  const [, , name = ""] = type.split(":");
  const made: unknown = Reflect.get(palisade, name);
  if (typeof made !== "function") throw new Error(`the schema has ${type}, which src/index.ts does not export`);
  return made as Component;
}
